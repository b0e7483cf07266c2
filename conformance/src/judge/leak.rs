//! What no answer may give away.

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use regex::Regex;

static TRACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?m)Traceback \(most recent call last\)",
        r"|\bat [\w$.<>]+\([\w.]+\.(java|kt|scala):\d+\)",
        r"|\bat .{0,80}\(?[\w./\\-]+\.(js|ts|mjs|cjs):\d+:\d+",
        r"|\bFile .{1,120}, line \d+",
        r"|panicked at |goroutine \d+ \[|stack backtrace:",
        r"|[\w./-]+\.(rs|go|py|rb|php|java|cs):\d+\b",
    ))
    .expect("a valid pattern")
});

static SECRET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s@]+@",
        r#"|(?i)\b(password|passwd|secret|private[_-]?key|api[_-]?key|access[_-]?token)["']?\s*[=:]\s*["']?[^\s"',;}]{4,}"#,
        r"|-----BEGIN [A-Z ]*PRIVATE KEY-----",
        r"|\bmdb_sa_sk_\w+",
    ))
    .expect("a valid pattern")
});

static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(^|[\s"'(=:])/(home|usr|var|etc|opt|srv|root|tmp|app|proc|mnt|Users|private|lib)/[\w.-]+"#,
        r"|\b[A-Za-z]:\\{1,2}\w+",
    ))
    .expect("a valid pattern")
});

/// A stack trace, a file path or a secret in an error body, as it stands there.
pub fn given_away(body: &str) -> Option<String> {
    let patterns = [&TRACE, &PATH, &SECRET];
    let found = patterns.iter().find_map(|pattern| pattern.find(body))?;
    Some(found.as_str().trim().to_owned())
}

/// The ways in which a text may repeat a secret: as it is, in percent-encoding, or in base64, by
/// itself or amid other bytes. A short one may stand anywhere by chance and has none.
pub fn forms(secret: &str) -> Vec<String> {
    if secret.len() < 6 {
        return Vec::new();
    }
    let escaped = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let mut forms = vec![secret.to_owned(), escaped];
    forms.extend((0..3).map(|before| amid(secret, before)));
    forms.dedup();
    forms
}

/// Whether a text repeats a secret in any of these ways.
pub fn repeats(text: &str, secret: &str) -> bool {
    forms(secret).iter().any(|form| text.contains(form))
}

/// What base64 makes of a secret behind so many other bytes (modulo 3), without the digits at
/// either end that depend on its neighbours.
fn amid(secret: &str, before: usize) -> String {
    let mut bytes = vec![0; before];
    bytes.extend_from_slice(secret.as_bytes());
    let digits = BASE64_STANDARD_NO_PAD.encode(&bytes);
    let whole = bytes.len() * 8 / 6;
    digits[(before * 8).div_ceil(6)..whole].to_owned()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;

    use super::repeats;

    #[test]
    fn a_secret_is_found_in_base64_wherever_it_stands() {
        for before in ["", "x", "xy", "Bearer "] {
            let text = BASE64_STANDARD.encode(format!("{before}token-of-somebody;rest"));
            assert!(repeats(&text, "token-of-somebody"), "{before}");
            assert!(!repeats(&text, "token-of-nobody-at-all"), "{before}");
            // Not even where all but the end is the same.
            assert!(!repeats(&text, "token-of-somebxxx"), "{before}");
        }
    }
}
