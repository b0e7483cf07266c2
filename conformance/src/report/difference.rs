//! The differences of two texts, in words or in lines.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// The most words or lines that are compared; a longer comparison is of no use to a reader.
const LIMIT: usize = 600;

/// A piece of a text, which the other text may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    pub text: &'a str,
    /// True if both texts have it at this place.
    pub shared: bool,
}

/// The words of both texts, marked where both have them.
pub fn words<'a>(left: &'a str, right: &'a str) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    compare(&split_words(left), &split_words(right))
}

/// The lines of both texts, marked where both have them.
pub fn lines<'a>(left: &'a str, right: &'a str) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    compare(
        &left.split_inclusive('\n').collect::<Vec<_>>(),
        &right.split_inclusive('\n').collect::<Vec<_>>(),
    )
}

/// Splits a text after its last `: `: the part that repeats, and the part that differs.
pub fn tail(text: &str) -> (&str, &str) {
    text.rfind(": ").map_or(("", text), |at| text.split_at(at + 2))
}

/// The text that a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Both,
    /// The left text only.
    Left,
    /// The right text only.
    Right,
}

/// Both texts as one, line by line; lines of the left text only come before those of the right.
pub fn merged<'a>(left: &'a str, right: &'a str) -> Vec<(From, &'a str)> {
    let (left, right) = lines(left, right);
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    let mut merged = Vec::new();
    loop {
        while let Some(piece) = left.next_if(|piece| !piece.shared) {
            merged.push((From::Left, piece.text));
        }
        while let Some(piece) = right.next_if(|piece| !piece.shared) {
            merged.push((From::Right, piece.text));
        }
        left.next();
        match right.next() {
            Some(piece) => merged.push((From::Both, piece.text)),
            None => return merged,
        }
    }
}

/// The runs of letters and digits, and the texts between them.
fn split_words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let is_word = c.is_alphanumeric() || c == '_';
        if before.is_some_and(|before| before != is_word) {
            words.push(&text[from..at]);
            from = at;
        }
        before = Some(is_word);
    }
    if from < text.len() {
        words.push(&text[from..]);
    }
    words
}

/// Marks the pieces that both have, in the same order.
fn compare<'a>(left: &[&'a str], right: &[&'a str]) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let is_long = left.len() > LIMIT || right.len() > LIMIT;
    let piece = |text: &&'a str| Piece { text, shared: is_long };
    let mut marked: (Vec<_>, Vec<_>) =
        (left.iter().map(piece).collect(), right.iter().map(piece).collect());
    if is_long {
        return marked;
    }
    let (left, right) = (bare(left), bare(right));
    for operation in capture_diff_slices(Algorithm::Myers, &left, &right) {
        if operation.tag() == DiffTag::Equal {
            let pieces = marked.0[operation.old_range()].iter_mut();
            for piece in pieces.chain(&mut marked.1[operation.new_range()]) {
                piece.shared = true;
            }
        }
    }
    marked
}

/// The pieces without a comma or a line break after them, which make no difference.
fn bare<'a>(pieces: &[&'a str]) -> Vec<&'a str> {
    pieces.iter().map(|text| text.trim_end_matches([',', ' ', '\n'])).collect()
}
