//! Servers that are right for a while, or answer something else than they were asked.

use std::sync::Mutex;
use std::time::Duration;

use crate::hostility::{Hostility, after};

/// Right, until then.
const UNTIL: usize = 500;

pub(crate) const EVERYWHERE: [Hostility; 4] = [
    after("right until request 50, then leaves every third unanswered", |visit| {
        match (visit.number, visit.number % 3) {
            (50.., 0) => visit.hold(),
            _ => visit.behave(),
        }
    }),
    after("right until request 500, then no answer", |visit| match visit.number {
        ..UNTIL => visit.behave(),
        _ => visit.hold(),
    }),
    after("right until request 500, then closes", |visit| match visit.number {
        ..UNTIL => visit.behave(),
        _ => Ok(()),
    }),
    after("right until request 500, then 503", |visit| match visit.number {
        ..UNTIL => visit.behave(),
        _ => visit.answer("503 Service Unavailable", "", ""),
    }),
];

/// The last honest answer to a removal.
static LAST: Mutex<Vec<u8>> = Mutex::new(Vec::new());

pub(crate) const OPERATION: [Hostility; 4] = [
    after("answers twice", |visit| {
        let answer = visit.honest()?;
        visit.say([answer.clone(), answer].concat())
    }),
    after("answers with a newline too much", |visit| {
        let answer = visit.honest()?;
        visit.say([answer.as_slice(), b"\n"].concat())
    }),
    after("answers the request before", |visit| {
        let honest = visit.honest()?;
        let mut last = LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let before = std::mem::replace(&mut *last, honest.clone());
        drop(last);
        visit.say(if before.is_empty() { honest } else { before })
    }),
    after("leaves every tenth request unanswered", |visit| match visit.number % 10 {
        0 => visit.hold(),
        _ => visit.behave(),
    }),
];

/// Nothing but slow.
pub(crate) const SLOW: Hostility = after("answers after 1.5 s, and is right", |visit| {
    std::thread::sleep(Duration::from_millis(1500));
    visit.behave()
});
