//! The string formats of the contract.

use std::sync::LazyLock;

use jiff::civil::DateTime;
use regex::Regex;

static UTC_DATE_TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\A(?<read>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?)",
        r"(?<finer>[0-9]*)(?:[Zz]|[+-]00:00)\z",
    ))
    .expect("a valid pattern")
});

/// A local part as it is or quoted, and the name or the address of a host (RFC 5321, 4.1.2).
static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"\A(?:[^\s@"<>(),;:]+|"(?:[^"\\\r\n]|\\[ -~])*")"#,
        r#"@(?:[^\s@"<>(),;:\[\]]+|\[[0-9A-Za-z.:-]+\])\z"#,
    ))
    .expect("a valid pattern")
});

/// An ISO 8601 date-time in UTC: `Z` or an offset of zero, fractions allowed. It is read as the date
/// and time that it says, since the instants of a library end before the year 9999 does, which some
/// servers write for never; what is finer than a nanosecond is left out.
pub fn utc_date_time(text: &str) -> Option<DateTime> {
    let written = UTC_DATE_TIME.captures(text)?;
    let (read, finer) = (&written["read"], &written["finer"]);
    (read.contains('.') || finer.is_empty()).then(|| read.parse().ok()).flatten()
}

/// Whether the text has the form of an email address; addresses are not looked up.
pub fn is_email(text: &str) -> bool {
    EMAIL.is_match(text)
}

/// What a format asks for, and whether the text has it; unknown formats ask for nothing.
pub fn check(format: &str, text: &str) -> Result<(), &'static str> {
    let (holds, expected) = match format {
        "date-time" => (utc_date_time(text).is_some(), "an ISO 8601 date-time in UTC"),
        "email" => (is_email(text), "an email address"),
        _ => (true, ""),
    };
    if holds { Ok(()) } else { Err(expected) }
}
