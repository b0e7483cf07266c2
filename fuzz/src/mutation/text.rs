//! Mutations of texts made of lines and words: YAML, TOML, header fields, two documents in one input.

use fastrand::Rng;

use super::{Donors, ODD};

/// A few changes to an input.
pub fn mutate(input: &[u8], random: &mut Rng, donors: &Donors<'_>) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(input).into_owned();
    for _ in 0..=random.usize(..4) {
        text = match random.u8(..10) {
            0..4 => lines(&text, random, donors),
            4..8 => word(&text, random, donors),
            _ => characters(&text, random),
        };
    }
    let mut bytes = text.into_bytes();
    // What is no UTF-8 is refused early by most, so it is rare.
    if random.u8(..) < 4 && !bytes.is_empty() {
        let at = random.usize(..bytes.len());
        bytes[at] = random.u8(..);
    }
    bytes
}

/// Takes lines out, repeats, swaps, indents or puts in lines of another input.
fn lines(text: &str, random: &mut Rng, donors: &Donors<'_>) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let (from, to) = range(lines.len(), random);
    match random.u8(..6) {
        0 => drop(lines.drain(from..to)),
        1 => {
            let repeated = lines[from..to].to_vec();
            let at = random.usize(..=lines.len());
            lines.splice(at..at, repeated);
        }
        2 => {
            let other = random.usize(..lines.len());
            lines.swap(from, other);
        }
        3 => {
            for line in &mut lines[from..to] {
                *line = match line.strip_prefix("  ") {
                    Some(rest) if random.bool() => rest.to_owned(),
                    _ => format!("  {line}"),
                };
            }
        }
        _ => {
            let Some(other) = random.choice(donors.texts) else { return text.to_owned() };
            let other = String::from_utf8_lossy(other);
            let other: Vec<_> = other.split('\n').map(str::to_owned).collect();
            let (first, end) = range(other.len(), random);
            let until = if random.bool() { to } else { from };
            lines.splice(from..until, other[first..end].iter().cloned());
        }
    }
    lines.join("\n")
}

/// Puts another word in the place of one.
fn word(text: &str, random: &mut Rng, donors: &Donors<'_>) -> String {
    let words = words(text);
    let Some((from, to)) = random.choice(&words).copied() else { return odd(random).to_owned() };
    let other = match random.u8(..8) {
        0..3 => random.choice(donors.words).map_or("", |word| word).to_owned(),
        3..5 => {
            let (from, to) = random.choice(&words).copied().unwrap_or_default();
            text[from..to].to_owned()
        }
        5 => {
            let number = random.i64(..) >> random.u8(..64);
            number.to_string()
        }
        6 => odd(random).to_owned(),
        _ => format!("{}{}", &text[from..to], odd(random)),
    };
    format!("{}{other}{}", &text[..from], &text[to..])
}

/// Takes characters out, or puts one in.
fn characters(text: &str, random: &mut Rng) -> String {
    let at = boundary(text, random.usize(..=text.len()));
    match random.u8(..4) {
        0 => text[..at].to_owned(),
        1 => {
            let end = boundary(text, (at + random.usize(..24)).min(text.len()));
            format!("{}{}", &text[..at], &text[end.max(at)..])
        }
        2 => format!("{}{}{}", &text[..at], odd(random), &text[at..]),
        _ => {
            let sign = random.choice("{}[]():,-#&*!|>'\"%@`?=+./\\;~ \n\t".bytes());
            format!("{}{}{}", &text[..at], sign.map_or(' ', char::from), &text[at..])
        }
    }
}

/// Something out of the ordinary.
pub(super) fn odd(random: &mut Rng) -> &'static str {
    ODD[random.usize(..ODD.len())]
}

/// A range of one to eight, somewhere below a length that is not 0.
fn range(length: usize, random: &mut Rng) -> (usize, usize) {
    let from = random.usize(..length);
    (from, (from + 1 + random.usize(..8)).min(length))
}

/// Where the words of a text begin and end.
fn words(text: &str) -> Vec<(usize, usize)> {
    let part = |c: char| c.is_alphanumeric() || "_-./$+@".contains(c);
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (part(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| (from, text.len())));
    words
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
