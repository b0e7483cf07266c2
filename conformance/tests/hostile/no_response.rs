//! Servers that don't answer, or not to the end.

use std::time::Duration;

use crate::connection::{REFUSAL, REFUSAL_HEAD};
use crate::hostility::{Hostility, after, before};

pub(crate) const ALL: [Hostility; 15] = [
    after("never answers", |connection| connection.hold()),
    before("never reads and never answers", |_| {
        std::thread::sleep(Duration::from_secs(20));
        Ok(())
    }),
    after("closes without an answer", |_| Ok(())),
    before("resets without an answer", |_| Ok(())),
    after("ends its half of the connection", |connection| {
        connection.say_no_more()?;
        connection.hold()
    }),
    after("closes in the status line", |connection| connection.say("HTTP/1.1 40")),
    before("resets in the status line", |connection| connection.say("HTTP/1.1 40")),
    after("closes in the head", |connection| connection.say(REFUSAL_HEAD)),
    after("closes in the body", |connection| {
        connection.say(format!("{REFUSAL_HEAD}Content-Length: 12\r\n\r\n0123456789"))
    }),
    before("resets in the body", |connection| {
        connection.say(format!("{REFUSAL_HEAD}Content-Length: 12\r\n\r\n0123456789"))
    }),
    after("stops in the head", |connection| {
        connection.say(REFUSAL_HEAD)?;
        connection.hold()
    }),
    after("stops in the body", |connection| {
        connection.say(format!("{REFUSAL_HEAD}Content-Length: 12\r\n\r\n0123456789"))?;
        connection.hold()
    }),
    after("sends the head a byte a second", |connection| connection.drip(REFUSAL_HEAD)),
    after("sends the body a byte a second", |connection| {
        connection.say(format!("{REFUSAL_HEAD}Content-Length: {}\r\n\r\n", REFUSAL.len()))?;
        connection.drip(REFUSAL)
    }),
    before("answers before it reads the body, and resets", |connection| {
        connection.refuse_with(b"")
    }),
];

/// What is done as soon as a connection is open.
pub(crate) const AT_ONCE: [Hostility; 3] = [
    after("speaks SSH", |connection| connection.say("SSH-2.0-OpenSSH_9.6\r\n")),
    after("sends zeros without end", |connection| connection.flood([0; 64])),
    after("speaks TLS where HTTP is asked for", |connection| {
        connection.say(b"\x15\x03\x03\0\x02\x02\x28")
    }),
];
