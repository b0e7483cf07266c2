//! The envelope that `envelope=true` asks for: an object with the status and the payload.

use serde_json::{Number, Value};

/// Names of properties that a user or an error has and an envelope hasn't.
const PAYLOAD: [&str; 4] = ["id", "username", "error", "errorCode"];

/// The status and the payload of an envelope: an object that carries `status` and one object, and
/// is no user and no error itself, which may have such properties beside the documented ones. An
/// object that holds nothing but the payload may keep the status within it.
pub fn unwrap(value: &Value) -> Option<(u16, &Value)> {
    let object = value.as_object()?;
    if is_payload(value) {
        return None;
    }
    let mut payloads = object.values().filter(|value| value.is_object());
    let (Some(payload), None) = (payloads.next(), payloads.next()) else { return None };
    let around = object.get("status");
    let within = payload.get("status").filter(|_| object.len() == 1 && is_payload(payload));
    let status = integer(around.or(within)?.as_number()?)?;
    Some((u16::try_from(status).ok()?, payload))
}

/// Whether it is a user or an error as they are without an envelope.
pub fn is_payload(value: &Value) -> bool {
    PAYLOAD.iter().any(|name| value.get(name).is_some())
}

/// The status of a payload: an error says its own, whatever the envelope says.
pub fn stated(status: u16, payload: &Value) -> u16 {
    let error = payload.get("error").and_then(Value::as_number).and_then(integer);
    let error = error.and_then(|error| u16::try_from(error).ok()).filter(|error| *error >= 400);
    if status < 400 { error.unwrap_or(status) } else { status }
}

/// The number as an integer, where it is one: `1.0` is.
pub fn integer(number: &Number) -> Option<i128> {
    if let Some(whole) = number.as_i64() {
        return Some(i128::from(whole));
    }
    if let Some(whole) = number.as_u64() {
        return Some(i128::from(whole));
    }
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e15)?;
    format!("{float:.0}").parse().ok()
}
