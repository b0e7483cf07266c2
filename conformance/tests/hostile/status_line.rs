//! First lines that are none of HTTP/1.1, statuses that are none, and interim answers.

use crate::hostility::{Hostility, after};
use crate::visit::REFUSAL;

pub(crate) const ALL: [Hostility; 18] = [
    after("status 000", |visit| visit.answer("000 Zero", "", "")),
    after("status 99", |visit| visit.answer("99 Short", "", "")),
    after("status 999", |visit| visit.answer("999 Devil", "", "")),
    after("status 1000", |visit| visit.answer("1000 Long", "", "")),
    after("status -200", |visit| visit.answer("-200 Below", "", "")),
    after("a status of letters", |visit| visit.answer("abc OK", "", "")),
    after("no status", |visit| visit.say("HTTP/1.1\r\nContent-Length: 0\r\n\r\n")),
    after("HTTP/0.9", |visit| visit.say("<html>hello</html>\n")),
    after("HTTP/2.0 as text", |visit| visit.say("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n")),
    after("ICY 200", |visit| visit.say("ICY 200 OK\r\n\r\n")),
    after("a status line of 10 MB", |visit| {
        visit.say("HTTP/1.1 200 ")?;
        visit.say("A".repeat(10_000_000))?;
        visit.say("\r\n\r\n")
    }),
    after("a status line that drives terminals", |visit| {
        visit.say("HTTP/1.1 2\x1b[2J\x1b]0;owned\x07 \u{202e}\r\n\r\n")
    }),
    after("100,000 times 100 Continue", |visit| {
        visit.say("HTTP/1.1 100 Continue\r\n\r\n".repeat(100_000))?;
        visit.answer("403 Forbidden", "Content-Type: application/json\r\n", REFUSAL)
    }),
    after("100 Continue without end", |visit| visit.flood("HTTP/1.1 100 Continue\r\n\r\n")),
    after("101 Switching Protocols", |visit| {
        visit
            .say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")?;
        visit.flood("x")
    }),
    after("204 with a body", |visit| visit.answer("204 No Content", "", REFUSAL)),
    after("304 with a body", |visit| visit.answer("304 Not Modified", "", REFUSAL)),
    after("205 with a body", |visit| visit.answer("205 Reset Content", "", REFUSAL)),
];
