//! The envelope of responses.

use serde_json::Value;

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

/// Puts the status into the payload, which is all that the envelope holds then.
fn status_within() -> Effect {
    Effect::envelope(|call, response| {
        let Some(envelope) = response.object().filter(|_| call.flags.envelope) else { return };
        let Some(status) = envelope.remove("status") else { return };
        if let Some((_, Value::Object(mut payload))) = std::mem::take(envelope).into_iter().next() {
            payload.insert("status".to_owned(), status);
            envelope.insert("envelope".to_owned(), Value::Object(payload));
        }
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
        Variant::new("status-within-the-payload")
            .summary("With envelope=true the status stands within the payload, under envelope.")
            .effect(status_within()),
    ]
}
