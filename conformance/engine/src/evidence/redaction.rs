//! Text without secrets, and without characters that would drive what shows it.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::secret::Secret;
use crate::secret::encodings::encodings;

/// What stands where a secret was.
pub const REDACTED: &str = "<redacted>";

/// Shorter secrets are part of ordinary words: to take them out would destroy the text, and to
/// leave them gives nothing away.
const SHORTEST: usize = 4;

/// A secret of this length or more is recognized by each quarter of it: checks send tokens that
/// are altered in one place, and a target may repeat them.
const LONG: usize = 32;

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

/// The ways in which a secret may be written, and parts of a long one.
fn forms(secret: &str) -> BTreeSet<String> {
    let mut forms = encodings(secret);
    if secret.len() >= LONG && secret.is_ascii() {
        let quarter = secret.len() / 4;
        forms.extend((0..4).map(|at| secret[at * quarter..(at + 1) * quarter].to_owned()));
    }
    forms
}
