//! The timing of responses.

use std::time::Duration;

use http::header::RETRY_AFTER;

use super::Variant;
use crate::{extension::Effect, refusal::Refusal};

/// Says that there are too many requests.
const LIMITED: Refusal = Refusal::Other(429, "RATE_LIMITED");

/// Turns away one request in so many.
fn limit(each: u64) -> Effect {
    Effect::gate(move |memory| match memory.count("rate").is_multiple_of(each) {
        true => Err(LIMITED),
        false => Ok(()),
    })
}

fn retry_after(seconds: &'static str) -> Effect {
    Effect::response(move |call, response| {
        if call.refused_for(&LIMITED) {
            response.set(RETRY_AFTER, seconds);
        }
    })
}

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("slow").summary("Each response takes 20 to 50 milliseconds.").effect(
            Effect::wire(|call, wire| {
                wire.delay = Duration::from_millis(20 + call.serial * 7 % 31);
            }),
        ),
        Variant::new("one-at-a-time")
            .summary("Requests are answered strictly one after the other.")
            .effect(Effect::settings(|settings| settings.one_at_a_time = true)),
        Variant::new("rate-limited")
            .summary("Each ninth request is answered with 429, to be repeated at once.")
            .effect(limit(9))
            .effect(retry_after("0")),
        Variant::new("rate-limited-for-a-second")
            .summary("Each sixtieth request is answered with 429, to be repeated after a second.")
            .effect(limit(60))
            .effect(retry_after("1")),
        Variant::new("rate-limited-without-a-word")
            .summary("Each fortieth request is answered with 429 without Retry-After.")
            .effect(limit(40)),
    ]
}
