//! Text without secrets, and without characters that would drive what shows it.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::secret::Secret;

/// What stands where a secret was.
pub const REDACTED: &str = "<redacted>";

/// Shorter secrets are part of ordinary words: to take them out would destroy the text, and to
/// leave them gives nothing away.
const SHORTEST: usize = 4;

/// Shorter pieces of base64 could be part of anything.
const SHORTEST_BASE64: usize = 6;

/// A secret of this length or more is recognized by each quarter of it: checks send tokens that
/// are altered in one place, and a target may repeat them.
const LONG: usize = 32;

/// What RFC 3986 calls unreserved stays as it is in most encoders.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Takes secrets out of text.
#[derive(Debug, Clone, Default)]
pub struct Redactor {
    forms: Option<AhoCorasick>,
    longest: usize,
}

impl Redactor {
    /// Takes these out: as they are, as base64, percent-encoding and JSON write them, and as part
    /// of a longer text in base64.
    pub fn new(secrets: &[Secret]) -> Self {
        let texts = secrets.iter().map(Secret::expose);
        let long_enough = texts.filter(|secret| secret.len() >= SHORTEST);
        let forms: BTreeSet<String> = long_enough.flat_map(forms).collect();
        let longest = forms.iter().map(String::len).max().unwrap_or(0);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            // Of long cookies a table of all states would take many megabytes.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            // Escapes are written with digits of either case.
            .ascii_case_insensitive(true)
            .build(&forms);
        // The automaton of a few dozen short texts is far from its limits.
        let forms = automaton.ok().filter(|_| longest > 0);
        Self { forms, longest }
    }

    /// The text without secrets and without characters that drive a terminal or a reader's eye:
    /// control characters, and those that reorder or hide text.
    pub fn clean(&self, text: &str) -> String {
        let replaced = match &self.forms {
            Some(forms) if forms.is_match(text) => {
                let mut kept = String::with_capacity(text.len());
                forms.replace_all_with(text, &mut kept, |_, _, kept| {
                    kept.push_str(REDACTED);
                    true
                });
                kept
            }
            _ => text.to_owned(),
        };
        if !replaced.chars().any(drives) {
            return replaced;
        }
        // A line may end as HTTP and Windows end it.
        let replaced = replaced.replace("\r\n", "\n");
        replaced.chars().map(|c| if drives(c) { '\u{fffd}' } else { c }).collect()
    }

    /// The length in bytes of the longest form of a secret.
    pub const fn longest(&self) -> usize {
        self.longest
    }
}

/// Whether a character does something rather than show something.
fn drives(c: char) -> bool {
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

/// The ways in which a secret may be written.
fn forms(secret: &str) -> Vec<String> {
    let json = serde_json::Value::from(secret).to_string();
    let mut forms = vec![
        secret.to_owned(),
        json.trim_matches('"').to_owned(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        utf8_percent_encode(secret, &RESERVED).to_string(),
        utf8_percent_encode(secret, &RESERVED).to_string().replace("%20", "+"),
    ];
    if secret.len() >= LONG && secret.is_ascii() {
        let quarter = secret.len() / 4;
        forms.extend((0..4).map(|at| secret[at * quarter..(at + 1) * quarter].to_owned()));
    }
    for before in 0..3 {
        forms.extend(within_base64(secret, before));
    }
    forms
}

/// The characters of base64 that depend on the secret alone, where it begins `before` bytes after
/// a multiple of three.
fn within_base64(secret: &str, before: usize) -> Vec<String> {
    let padded = [&[0; 3][..before], secret.as_bytes()].concat();
    // Each character is six bits; those that share bits with a neighbour are cut off.
    let from = (before * 8).div_ceil(6);
    let until = padded.len() * 8 / 6;
    [BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD]
        .iter()
        .map(|engine| engine.encode(&padded)[from..until].to_owned())
        .filter(|form| form.len() >= SHORTEST_BASE64)
        .collect()
}
