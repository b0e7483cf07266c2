//! The envelope of responses.

use super::Variant;
use crate::extension::Effect;

/// Gives the payload another name.
fn rename_payload(name: &'static str) -> Effect {
    Effect::envelope(move |call, response| {
        let Some(envelope) = response.object().filter(|_| call.flags.envelope) else { return };
        let renamed = std::mem::take(envelope).into_iter().map(|(key, value)| match key.as_str() {
            "status" => (key, value),
            _ => (name.to_owned(), value),
        });
        envelope.extend(renamed);
    })
}

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("enveloped-under-200")
            .summary(
                "With envelope=true the status line is 200, except where clients must act on it.",
            )
            .effect(Effect::envelope(|call, response| {
                // A challenge under 200 would be no challenge, and a limit no limit.
                if call.flags.envelope
                    && response.body.is_some()
                    && ![401, 429].contains(&response.status)
                {
                    response.status = 200;
                }
            })),
        Variant::new("payload-named-envelope")
            .summary("The payload of an envelope is called envelope.")
            .effect(rename_payload("envelope")),
        Variant::new("payload-named-data")
            .summary("The payload of an envelope is called data.")
            .effect(rename_payload("data")),
    ]
}
