//! Servers that don't answer, or not to the end.

use std::time::Duration;

use crate::hostility::{Hostility, after, before};
use crate::visit::{REFUSAL, REFUSAL_HEAD};

pub(crate) const ALL: [Hostility; 15] = [
    after("never answers", |visit| visit.hold()),
    before("never reads and never answers", |_| {
        std::thread::sleep(Duration::from_secs(20));
        Ok(())
    }),
    after("closes without an answer", |_| Ok(())),
    before("resets without an answer", |_| Ok(())),
    after("ends its half of the connection", |visit| {
        visit.say_no_more()?;
        visit.hold()
    }),
    after("closes in the status line", |visit| visit.say("HTTP/1.1 40")),
    before("resets in the status line", |visit| visit.say("HTTP/1.1 40")),
    after("closes in the head", |visit| visit.say(REFUSAL_HEAD)),
    after("closes in the body", |visit| {
        visit.say(format!("{REFUSAL_HEAD}Content-Length: 12\r\n\r\n0123456789"))
    }),
    before("resets in the body", |visit| {
        visit.say(format!("{REFUSAL_HEAD}Content-Length: 12\r\n\r\n0123456789"))
    }),
    after("stops in the head", |visit| {
        visit.say(REFUSAL_HEAD)?;
        visit.hold()
    }),
    after("stops in the body", |visit| {
        visit.say(format!("{REFUSAL_HEAD}Content-Length: 12\r\n\r\n0123456789"))?;
        visit.hold()
    }),
    after("sends the head a byte a second", |visit| visit.drip(REFUSAL_HEAD)),
    after("sends the body a byte a second", |visit| {
        visit.say(format!("{REFUSAL_HEAD}Content-Length: {}\r\n\r\n", REFUSAL.len()))?;
        visit.drip(REFUSAL)
    }),
    before("answers before it reads the body, and resets", |visit| visit.refuse_with(b"")),
];

/// What is done as soon as a connection is open.
pub(crate) const AT_ONCE: [Hostility; 3] = [
    after("speaks SSH", |visit| visit.say("SSH-2.0-OpenSSH_9.6\r\n")),
    after("sends zeros without end", |visit| visit.flood([0; 64])),
    after("speaks TLS where HTTP is asked for", |visit| visit.say(b"\x15\x03\x03\0\x02\x02\x28")),
];
