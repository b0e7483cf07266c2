//! Token endpoints that give what is no token, or a token that makes trouble.

use std::io;

use crate::connection::Connection;
use crate::hostility::{Hostility, after};

/// A success with this body.
macro_rules! tokens {
    ($($name:literal => $body:expr;)*) => {
        [$(after($name, |connection| connection.succeed($body)),)*]
    };
}

pub(crate) const NO_TOKEN: [Hostility; 9] = tokens! {
    "a token with newlines" => r#"{"access_token":"abc\r\nX-Evil: 1","token_type":"Bearer"}"#;
    "a token of 1 MB" => format!("{{\"access_token\":\"{}\"}}", "t".repeat(1_000_000));
    "a token of 9 KB" => format!("{{\"access_token\":\"{}\"}}", "t".repeat(9_000));
    "an empty token" => r#"{"access_token":"","token_type":"Bearer","expires_in":3600}"#;
    "a token of type MAC" => r#"{"access_token":"abc","token_type":"MAC","expires_in":3600}"#;
    "a token that is a number" => r#"{"access_token":12345678,"token_type":"Bearer"}"#;
    "a token that is null" => r#"{"access_token":null}"#;
    "a token that is an emoji" => r#"{"access_token":"\ud83d\ude00"}"#;
    "a token that nobody knows" => r#"{"access_token":"nobody-knows-this","expires_in":3600}"#;
};

/// An honest token with another lifetime.
macro_rules! lifetimes {
    ($($name:literal => $lifetime:literal;)*) => {
        [$(after($name, |connection| living(connection, $lifetime)),)*]
    };
}

pub(crate) const LIFETIMES: [Hostility; 5] = lifetimes! {
    "a token that lives for 0 s" => "0";
    "a token that lives for -1 s" => "-1";
    "a token that lives for 1e400 s" => "1e400";
    "a token that lives for 2^64 - 1 s" => "18446744073709551615";
    "a token that lives \"soon\"" => "\"soon\"";
};

/// Endpoints that are right for the first request of each account alone.
pub(crate) const AT_FIRST: [Hostility; 3] = [
    after("tokens at first, then no answer", |connection| match connection.number {
        ..=2 => living(connection, "1"),
        _ => connection.hold(),
    }),
    after("tokens at first, then refusals", |connection| match connection.number {
        ..=2 => living(connection, "1"),
        _ => connection.refuse_with(b""),
    }),
    after("tokens at first, then resets", |connection| match connection.number {
        ..=2 => living(connection, "1"),
        _ => Ok(()),
    }),
];

fn living(connection: &mut Connection<'_>, lifetime: &str) -> io::Result<()> {
    let honest = String::from_utf8_lossy(&connection.honest()?).into_owned();
    let (_, body) = honest.split_once("\r\n\r\n").unwrap_or_default();
    let body = body.replace("\"expires_in\":3600", &format!("\"expires_in\":{lifetime}"));
    connection.succeed(body)
}
