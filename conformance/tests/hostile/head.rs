//! Heads that are too much, or no heads.

use crate::connection::REFUSAL_HEAD;
use crate::hostility::{Hostility, after};

pub(crate) const ALL: [Hostility; 16] = [
    after("a field of 1 MB", |connection| {
        connection.refuse_with(format!("X: {}\r\n", "x".repeat(1_000_000)).as_bytes())
    }),
    after("100,000 fields", |connection| {
        connection.refuse_with("X: y\r\n".repeat(100_000).as_bytes())
    }),
    after("257 fields", |connection| connection.refuse_with("X: y\r\n".repeat(257).as_bytes())),
    after("fields without end", |connection| {
        connection.say(REFUSAL_HEAD)?;
        connection.flood("X: y\r\n")
    }),
    after("200 cookies", |connection| {
        connection.refuse_with(
            format!("Set-Cookie: a={}; Path=/\r\n", "c".repeat(400)).repeat(200).as_bytes(),
        )
    }),
    after("a folded field", |connection| connection.refuse_with(b"X: a\r\n b\r\n")),
    after("bytes that are no UTF-8 in a field", |connection| {
        connection.refuse_with(b"X: \xff\xfe\x80\r\n")
    }),
    after("marks of direction in a field", |connection| {
        connection.refuse_with("X: \u{202e}\u{2066}\u{200b}evil\r\n".as_bytes())
    }),
    after("an escape sequence in a field", |connection| {
        connection.refuse_with(b"X: \x1b[31mred\r\n")
    }),
    after("a bare carriage return in a field", |connection| {
        connection.refuse_with(b"X: a\rY: b\r\n")
    }),
    after("a zero in a field", |connection| connection.refuse_with(b"X: a\0b\r\n")),
    after("a field without a colon", |connection| connection.refuse_with(b"no colon here\r\n")),
    after("a space before the colon", |connection| connection.refuse_with(b"X : y\r\n")),
    after("a field without a name", |connection| connection.refuse_with(b": y\r\n")),
    after("lines that end with a line feed alone", |connection| {
        connection
            .say("HTTP/1.1 403 Forbidden\nContent-Type: application/json\nContent-Length: 2\n\n{}")
    }),
    after("Content-Type three times", |connection| {
        connection.refuse_with(b"Content-Type: text/html\r\nContent-Type: \x80\r\n")
    }),
];
