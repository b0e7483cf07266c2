//! Servers that are right for a while, or answer something else than they were asked.

use std::sync::Mutex;
use std::time::Duration;

use crate::hostility::{Hostility, after};

/// Right, until then.
const UNTIL: usize = 500;

pub(crate) const EVERYWHERE: [Hostility; 4] = [
    after("right until request 50, then leaves every third unanswered", |connection| {
        match (connection.number, connection.number % 3) {
            (50.., 0) => connection.hold(),
            _ => connection.behave(),
        }
    }),
    after("right until request 500, then no answer", |connection| match connection.number {
        ..UNTIL => connection.behave(),
        _ => connection.hold(),
    }),
    after("right until request 500, then closes", |connection| match connection.number {
        ..UNTIL => connection.behave(),
        _ => Ok(()),
    }),
    after("right until request 500, then 503", |connection| match connection.number {
        ..UNTIL => connection.behave(),
        _ => connection.answer("503 Service Unavailable", "", ""),
    }),
];

/// The last honest answer to a removal.
static LAST: Mutex<Vec<u8>> = Mutex::new(Vec::new());

pub(crate) const OPERATION: [Hostility; 4] = [
    after("answers twice", |connection| {
        let answer = connection.honest()?;
        connection.say([answer.clone(), answer].concat())
    }),
    after("answers with a newline too much", |connection| {
        let answer = connection.honest()?;
        connection.say([answer.as_slice(), b"\n"].concat())
    }),
    after("answers the request before", |connection| {
        let honest = connection.honest()?;
        let mut last = LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let before = std::mem::replace(&mut *last, honest.clone());
        drop(last);
        connection.say(if before.is_empty() { honest } else { before })
    }),
    after("leaves every tenth request unanswered", |connection| match connection.number % 10 {
        0 => connection.hold(),
        _ => connection.behave(),
    }),
];

/// Nothing but slow.
pub(crate) const SLOW: Hostility = after("answers after 1.5 s, and is right", |connection| {
    std::thread::sleep(Duration::from_millis(1500));
    connection.behave()
});
