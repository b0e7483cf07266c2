//! The envelope that `envelope=true` asks for: an object with the status and the payload.

use serde_json::{Number, Value};

/// Names of properties that a user or an error has and an envelope hasn't.
const PAYLOAD: [&str; 4] = ["id", "username", "error", "errorCode"];

/// The status and the payload of an envelope: an object that carries `status` and one object, and
/// is no user and no error itself, which may have such properties beside the documented ones.
pub fn unwrap(value: &Value) -> Option<(u16, &Value)> {
    let object = value.as_object()?;
    if PAYLOAD.iter().any(|name| object.contains_key(*name)) {
        return None;
    }
    let status = integer(object.get("status")?.as_number()?)?;
    let status = u16::try_from(status).ok()?;
    let mut payloads = object.values().filter(|value| value.is_object());
    match (payloads.next(), payloads.next()) {
        (Some(payload), None) => Some((status, payload)),
        _ => None,
    }
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
