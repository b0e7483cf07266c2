//! Removes secrets and control characters from text.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::secret::Secret;
use crate::secret::encodings::encodings;
use crate::secret::unescape::Unescaped;

/// The text that replaces a secret.
pub const REDACTED: &str = "<redacted>";

/// The minimum length of a secret that is removed. Shorter ones are parts of ordinary words: removing
/// them would destroy the text, and keeping them reveals nothing.
const SHORTEST: usize = 4;

/// A secret of this length or more is recognized by each quarter of it: checks send tokens that
/// are altered in one place, and a target may repeat them.
const LONG: usize = 32;

/// Removes secrets from text.
#[derive(Debug, Clone, Default)]
pub struct Redactor {
    forms: Option<AhoCorasick>,
    longest: usize,
}

impl Redactor {
    /// Removes these secrets: literal, in base64, percent-encoded, with any escape of JSON, and as
    /// part of a longer text in base64.
    pub fn new(secrets: &[Secret]) -> Self {
        let texts = secrets.iter().map(Secret::expose);
        let long_enough = texts.filter(|secret| secret.len() >= SHORTEST);
        let forms: BTreeSet<String> = long_enough.flat_map(forms).collect();
        // Each character may be an escape of six.
        let longest = 6 * forms.iter().map(String::len).max().unwrap_or(0);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            // A table of all states would take many megabytes for long cookies.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            // Escapes are written with digits of either case.
            .ascii_case_insensitive(true)
            .build(&forms);
        // The automaton of a few dozen short texts is far from its limits.
        let forms = automaton.ok().filter(|_| longest > 0);
        Self { forms, longest }
    }

    /// The text without secrets and without characters that control a terminal, or reorder or hide
    /// text.
    pub fn clean(&self, text: &str) -> String {
        let replaced = self.replace_secrets(text);
        if !replaced.chars().any(controls) {
            return replaced;
        }
        // HTTP and Windows end a line with both.
        let replaced = replaced.replace("\r\n", "\n");
        replaced.chars().map(|c| if controls(c) { '\u{fffd}' } else { c }).collect()
    }

    fn replace_secrets(&self, text: &str) -> String {
        let Some(forms) = self.forms.as_ref() else { return text.to_owned() };
        let literal = forms.find_iter(text).map(|found| found.range());
        let literal = replace(text, literal);
        let Some(unescaped) = Unescaped::of(&literal) else { return literal };
        let escaped = forms.find_iter(unescaped.text()).map(|it| unescaped.original(it.range()));
        replace(&literal, escaped)
    }

    /// The length in bytes of the longest form of a secret, each character escaped.
    pub const fn longest(&self) -> usize {
        self.longest
    }
}

/// The text with a mark in place of these parts of it.
fn replace(text: &str, parts: impl Iterator<Item = Range<usize>>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut end = 0;
    for part in parts {
        kept.push_str(&text[end..part.start]);
        kept.push_str(REDACTED);
        end = part.end;
    }
    kept.push_str(&text[end..]);
    kept
}

/// True if a character controls the output instead of showing something.
fn controls(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // Soft hyphen, Arabic letter mark, zero widths, marks, embeddings and isolates of
        // direction, separators of lines, invisible operators, byte order mark, tags.
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    }
}

/// The encodings of a secret, and parts of a long one.
fn forms(secret: &str) -> BTreeSet<String> {
    let mut forms = encodings(secret);
    if secret.len() >= LONG && secret.is_ascii() {
        let quarter = secret.len() / 4;
        forms.extend((0..4).map(|at| secret[at * quarter..(at + 1) * quarter].to_owned()));
    }
    forms
}
