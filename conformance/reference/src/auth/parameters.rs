//! The parameters of an Authorization field (RFC 9110, section 11.2).

use std::collections::BTreeMap;

/// Parses `name=value` pairs, where values are tokens or quoted strings.
///
/// Names are lower-cased. A name that comes twice, or anything that isn't a list of parameters,
/// makes the whole field invalid.
pub(super) fn parse(text: &str) -> Option<BTreeMap<String, String>> {
    let mut parameters = BTreeMap::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim();
        if name.is_empty() || !name.bytes().all(is_token_byte) {
            return None;
        }
        let (value, after) = read_value(after.trim_start())?;
        if parameters.insert(name.to_ascii_lowercase(), value).is_some() {
            return None;
        }
        rest = skip_comma(after.trim_start())?;
    }
    Some(parameters)
}

fn read_value(text: &str) -> Option<(String, &str)> {
    match text.strip_prefix('"') {
        Some(quoted) => read_quoted(quoted),
        None => {
            let end = text.bytes().position(|byte| !is_token_byte(byte)).unwrap_or(text.len());
            (end > 0).then(|| (text[..end].to_owned(), &text[end..]))
        }
    }
}

fn read_quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            _ => value.push(character),
        }
    }
    None
}

/// Empty elements of a list are allowed (RFC 9110, section 5.6.1).
fn skip_comma(text: &str) -> Option<&str> {
    match text.strip_prefix(',') {
        Some(after) => Some(after.trim_start_matches([',', ' ', '\t'])),
        None => text.is_empty().then_some(text),
    }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
