//! Explains a mistake in the file: where it is, what it is, and which key or value was meant.

use atlas_engine::suggest::suggest;

/// The place, the reason and the nearest valid name, without toml's copy of the line, which may
/// hold a secret.
pub(super) fn described(error: &toml::de::Error, text: &str) -> String {
    let place = error.span().map(|span| {
        let before = &text[..span.start.min(text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        format!("line {line}, column {column}: ")
    });
    format!("{}{}", place.unwrap_or_default(), reason(error.message()))
}

/// serde lists what it knows in backticks: ``unknown field `x`, expected one of `a`, `b` ``.
fn reason(message: &str) -> String {
    let noun = match message {
        text if text.starts_with("unknown field") => "key",
        text if text.starts_with("unknown variant") => "value",
        other => return other.to_owned(),
    };
    let mut names = message.split('`').skip(1).step_by(2);
    let got = names.next().unwrap_or_default();
    let known: Vec<&str> = names.collect();
    let hint = suggest(got, known.iter().copied()).map(|name| format!(", did you mean `{name}`?"));
    let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    format!("unknown {noun} `{got}`{}; known here: {}", hint.unwrap_or_default(), list.join(", "))
}
