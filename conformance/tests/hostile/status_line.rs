//! First lines that are none of HTTP/1.1, statuses that are none, and interim answers.

use crate::connection::REFUSAL;
use crate::hostility::{Hostility, after};

pub(crate) const ALL: [Hostility; 18] = [
    after("status 000", |connection| connection.answer("000 Zero", "", "")),
    after("status 99", |connection| connection.answer("99 Short", "", "")),
    after("status 999", |connection| connection.answer("999 Devil", "", "")),
    after("status 1000", |connection| connection.answer("1000 Long", "", "")),
    after("status -200", |connection| connection.answer("-200 Below", "", "")),
    after("a status of letters", |connection| connection.answer("abc OK", "", "")),
    after("no status", |connection| connection.say("HTTP/1.1\r\nContent-Length: 0\r\n\r\n")),
    after("HTTP/0.9", |connection| connection.say("<html>hello</html>\n")),
    after("HTTP/2.0 as text", |connection| {
        connection.say("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n")
    }),
    after("ICY 200", |connection| connection.say("ICY 200 OK\r\n\r\n")),
    after("a status line of 10 MB", |connection| {
        connection.say("HTTP/1.1 200 ")?;
        connection.say("A".repeat(10_000_000))?;
        connection.say("\r\n\r\n")
    }),
    after("a status line that drives terminals", |connection| {
        connection.say("HTTP/1.1 2\x1b[2J\x1b]0;owned\x07 \u{202e}\r\n\r\n")
    }),
    after("100,000 times 100 Continue", |connection| {
        connection.say("HTTP/1.1 100 Continue\r\n\r\n".repeat(100_000))?;
        connection.answer("403 Forbidden", "Content-Type: application/json\r\n", REFUSAL)
    }),
    after("100 Continue without end", |connection| {
        connection.flood("HTTP/1.1 100 Continue\r\n\r\n")
    }),
    after("101 Switching Protocols", |connection| {
        connection
            .say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")?;
        connection.flood("x")
    }),
    after("204 with a body", |connection| connection.answer("204 No Content", "", REFUSAL)),
    after("304 with a body", |connection| connection.answer("304 Not Modified", "", REFUSAL)),
    after("205 with a body", |connection| connection.answer("205 Reset Content", "", REFUSAL)),
];
