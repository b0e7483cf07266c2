//! What no response may give away.

use std::sync::LazyLock;

use regex::Regex;

static TRACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?m)Traceback \(most recent call last\)",
        r"|\bat [\w$.<>]+\([\w.]+\.(java|kt|scala):\d+\)",
        r"|\bat .{0,80}\(?[\w./\\-]+\.(js|ts|mjs|cjs):\d+:\d+",
        r#"|\bFile ".{1,120}", line \d+"#,
        r"|panicked at |goroutine \d+ \[|stack backtrace:",
        r"|\bat .{0,80}\((Native Method|Unknown Source)\)",
        r"|(?m)^#\d+ .{0,120}\.php\(\d+\)",
        r"|\.(cs|vb):line \d+",
        r"|[\w./-]+\.(rs|go|py|rb|php|java|kt|scala|cs|c|cc|cpp|ex|exs|hs|js|ts):\d+(?:[^/\w]|$)",
    ))
    .expect("a valid pattern")
});

static SECRET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s@]+@",
        r#"|(?i)\b(password|passwd|secret|private[_-]?key|api[_-]?key|access[_-]?token)["']?"#,
        // Behind a colon may stand a word about it, which has no digits.
        r#"(?:\s*=\s*["']?[^\s"',;}]{4,}|\s*:\s*["']?(?:[^\s"',;}]{3,}[0-9]|[^\s"',;}]*[0-9][^\s"',;}]{3,}))"#,
        r"|-----BEGIN [A-Z ]*PRIVATE KEY-----",
        r"|\bmdb_sa_sk_\w+",
    ))
    .expect("a valid pattern")
});

static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(^|[\s"'(=:])/(home|usr|var|etc|opt|srv|root|tmp|proc|mnt|Users)/[\w.-]+"#,
        // These may begin the path of a URL too.
        r#"|(^|[\s"'(=:])/(app|data|lib|private|src|workspace)/[\w./-]*\.[a-z]{1,6}\b"#,
        r"|\b[A-Za-z]:\\{1,2}\w+",
        r"|\\\\{1,2}[\w.-]+\\{1,2}[\w$.-]+\\",
    ))
    .expect("a valid pattern")
});

/// A stack trace, a file path or a secret in an error body, as it stands there.
pub fn find(body: &str) -> Option<String> {
    let patterns = [&TRACE, &PATH, &SECRET];
    let found = patterns.iter().find_map(|pattern| pattern.find(body))?;
    Some(found.as_str().trim().to_owned())
}
