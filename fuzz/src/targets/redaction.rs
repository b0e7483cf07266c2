//! Secrets in any text: none is left, however it is written.

use atlas_engine::evidence::{Redactor, shown_text};
use atlas_engine::secret::Secret;
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Target, part};

/// Secrets, a line each, and a text in which each `@` stands for the first of them.
pub static TARGET: Target = Target {
    name: "redaction",
    run,
    seeds,
    words: &[
        "@",
        "secret",
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL",
        "Bearer",
        "%40",
        "==",
    ],
    is_json: false,
};

fn seeds() -> Vec<String> {
    [
        "p.ss/w0rd+with \"everything\"\nother-secret\n=====\nBearer @\n{\"token\": \"@@\", \"a\": 1}",
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL\n=====\n\u{1b}[31m@\u{202e}\r\nx@y",
        "aaaa\naaab\n=====\naa@aa",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn run(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else { return };
    // What a mark of the redaction could make whole again is no secret to look for.
    let fits = |secret: &&str| {
        (6..200).contains(&secret.len()) && !secret.contains(['<', '>', '@', '\u{fffd}'])
    };
    let secrets: Vec<_> = part(input, 0).lines().filter(fits).take(4).map(str::to_owned).collect();
    let Some(first) = secrets.first() else { return };
    let kept: Vec<_> = secrets.iter().cloned().map(Secret::from).collect();
    let redactor = Redactor::new(&kept);
    let json = serde_json::Value::from(first.as_str()).to_string();
    let escaped = first.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
    let written = json[1..json.len() - 1].to_owned();
    for form in [first.clone(), written, first.to_ascii_uppercase(), escaped] {
        let cleaned = redactor.clean(&part(input, 1).replace('@', &form));
        for secret in secrets.iter().filter(|secret| !"<redacted>".contains(secret.as_str())) {
            assert!(!cleaned.contains(secret.as_str()), "{secret:?} is left: {cleaned:?}");
            let is_left = secret.len() >= 8 && repeats(&cleaned, secret);
            assert!(!is_left, "{secret:?} is left in another form: {cleaned:?}");
        }
        let drives = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!cleaned.contains(drives), "{cleaned:?}");
        assert!(shown_text(&cleaned, &redactor).chars().count() <= 2001);
    }
}

/// Whether a text holds a secret in percent-encoding or within base64, worked out apart from how
/// the redactor does it.
fn repeats(text: &str, secret: &str) -> bool {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let within_base64 = (0..3).any(|before| {
        let padded = format!("{}{secret}", &"xx"[..before]);
        let digits = BASE64_STANDARD_NO_PAD.encode(&padded);
        // A digit at either end shares bits with a neighbour.
        let shared = [0, 2, 3][before];
        let own = padded.len() * 4 / 3;
        text.contains(&digits[shared..own])
    });
    text.contains(&percent) || within_base64
}
