//! How answers are wrapped.

use super::variant::Variant;
use crate::{call::Call, hook::Hook, reply::Reply};

/// Calls the payload something else.
fn rename(call: &Call, reply: &mut Reply, name: &str) {
    if let (true, Some(envelope)) = (call.flags.envelope, reply.object()) {
        let renamed = std::mem::take(envelope).into_iter().map(|(key, value)| match key.as_str() {
            "status" => (key, value),
            _ => (name.to_owned(), value),
        });
        envelope.extend(renamed);
    }
}

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "enveloped-under-200",
        summary: "With envelope=true the status line is 200, but where clients must act on it.",
        hooks: &[Hook::Envelope(|call, reply| {
            // A challenge under 200 would be no challenge, and a limit no limit.
            if call.flags.envelope && reply.body.is_some() && ![401, 429].contains(&reply.status) {
                reply.status = 200;
            }
        })],
    },
    Variant {
        name: "payload-named-envelope",
        summary: "The payload of an envelope is called envelope.",
        hooks: &[Hook::Envelope(|call, reply| rename(call, reply, "envelope"))],
    },
    Variant {
        name: "payload-named-data",
        summary: "The payload of an envelope is called data.",
        hooks: &[Hook::Envelope(|call, reply| rename(call, reply, "data"))],
    },
];
