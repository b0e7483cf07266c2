//! The ways in which a text may write a secret.

use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Shorter pieces of base64 could be part of anything.
const SHORTEST_BASE64: usize = 6;

/// What RFC 3986 calls unreserved stays as it is in most encoders.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Shorter secrets, in bytes, are words that a response may contain of its own.
const SHORTEST_RECOGNIZABLE: usize = 6;

/// The encodings of a secret that is long enough to be recognized; none of a short one, which may
/// stand anywhere by chance.
pub fn recognizable(secret: &str) -> Vec<String> {
    match secret.len() < SHORTEST_RECOGNIZABLE {
        true => Vec::new(),
        false => encodings(secret).into_iter().collect(),
    }
}

/// The secret as it is, as JSON, percent-encoding and forms write it, and in base64, by itself or
/// amid other bytes.
pub fn encodings(secret: &str) -> BTreeSet<String> {
    let json = serde_json::Value::from(secret).to_string();
    let escaped = utf8_percent_encode(secret, &RESERVED).to_string();
    let mut encodings = BTreeSet::from([
        secret.to_owned(),
        json[1..json.len() - 1].to_owned(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        escaped.replace("%20", "+"),
        escaped,
    ]);
    encodings.extend((0..3).flat_map(|before| within_base64(secret, before)));
    encodings
}

/// The characters of base64 that depend on the secret alone, where it begins `before` bytes after
/// a multiple of three.
fn within_base64(secret: &str, before: usize) -> impl Iterator<Item = String> {
    let padded = [&[0; 3][..before], secret.as_bytes()].concat();
    // Each character is six bits; those that share bits with a neighbour are cut off.
    let from = (before * 8).div_ceil(6);
    let until = padded.len() * 8 / 6;
    [BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD]
        .into_iter()
        .map(move |engine| engine.encode(&padded)[from..until].to_owned())
        .filter(|digits| digits.len() >= SHORTEST_BASE64)
}
