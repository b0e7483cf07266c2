//! When answers come.

use std::time::Duration;

use http::header::RETRY_AFTER;

use super::variant::Variant;
use crate::{
    call::Call,
    hook::{Hook, Verdict},
    memory::Memory,
    refusal::Refusal,
    reply::Reply,
};

/// Says that there are too many requests.
const LIMITED: Refusal = Refusal::Other(429, "RATE_LIMITED");

/// Turns each so-manieth request away.
fn limit(memory: &Memory, each: u64) -> Verdict {
    match memory.count("rate").is_multiple_of(each) {
        true => Err(LIMITED),
        false => Ok(()),
    }
}

fn retry_after(call: &Call, reply: &mut Reply, seconds: &str) {
    if call.refused_for(&LIMITED) {
        reply.set(RETRY_AFTER, seconds);
    }
}

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "slow",
        summary: "Each answer takes 20 to 50 milliseconds.",
        hooks: &[Hook::Wire(|call, wire| {
            wire.delay = Duration::from_millis(20 + call.serial * 7 % 31);
        })],
    },
    Variant {
        name: "one-at-a-time",
        summary: "Requests are answered strictly one after the other.",
        hooks: &[Hook::Manner(|manner| manner.one_at_a_time = true)],
    },
    Variant {
        name: "rate-limited",
        summary: "Each ninth request is answered with 429, to be repeated at once.",
        hooks: &[
            Hook::Gate(|memory| limit(memory, 9)),
            Hook::Reply(|call, reply| retry_after(call, reply, "0")),
        ],
    },
    Variant {
        name: "rate-limited-for-a-second",
        summary: "Each sixtieth request is answered with 429, to be repeated after a second.",
        hooks: &[
            Hook::Gate(|memory| limit(memory, 60)),
            Hook::Reply(|call, reply| retry_after(call, reply, "1")),
        ],
    },
    Variant {
        name: "rate-limited-without-a-word",
        summary: "Each fortieth request is answered with 429 without Retry-After.",
        hooks: &[Hook::Gate(|memory| limit(memory, 40))],
    },
];
