//! Spoiling what is said.

use serde_json::{Map, Value};

use crate::{call::Call, reply::Reply, wire::Wire};

/// Edits the user of a 200.
pub(super) fn success(call: &Call, reply: &mut Reply, edit: impl FnOnce(&mut Map<String, Value>)) {
    if call.refusal.is_none()
        && let Some(user) = reply.object()
    {
        edit(user);
    }
}

/// Edits the user of a 200 where the user is pending.
pub(super) fn pending(call: &Call, reply: &mut Reply, edit: impl FnOnce(&mut Map<String, Value>)) {
    if call.was_pending() {
        success(call, reply, edit);
    }
}

/// Edits the user of a 200 where the user is active.
pub(super) fn active(call: &Call, reply: &mut Reply, edit: impl FnOnce(&mut Map<String, Value>)) {
    if call.was_active() {
        success(call, reply, edit);
    }
}

/// Edits the body of an error.
pub(super) fn error(call: &Call, reply: &mut Reply, edit: impl FnOnce(&mut Map<String, Value>)) {
    if call.refusal.is_some()
        && let Some(error) = reply.object()
    {
        edit(error);
    }
}

/// Sets a property.
pub(super) fn set(object: &mut Map<String, Value>, name: &str, value: impl Into<Value>) {
    object.insert(name.to_owned(), value.into());
}

/// Edits the roles of a user.
pub(super) fn roles(user: &mut Map<String, Value>, edit: impl FnOnce(&mut Vec<Value>)) {
    if let Some(roles) = user.get_mut("roles").and_then(Value::as_array_mut) {
        edit(roles);
    }
}

/// Edits a string property.
pub(super) fn respell(
    object: &mut Map<String, Value>,
    name: &str,
    respell: impl FnOnce(&str) -> String,
) {
    if let Some(Value::String(text)) = object.get_mut(name) {
        *text = respell(text);
    }
}

/// Leaves the role that was asked for out of the user, as if it were gone.
pub(super) fn claim_removal(call: &Call, reply: &mut Reply) {
    success(call, reply, |user| {
        roles(user, |roles| roles.retain(|role| role.as_str() != call.role()))
    });
}

/// Says something else than the refusal.
pub(super) fn restate(
    call: &Call,
    reply: &mut Reply,
    status: u16,
    applies: impl FnOnce(&crate::refusal::Refusal) -> bool,
) {
    if call.refusal.as_ref().is_some_and(applies) {
        reply.restate(status);
    }
}

/// Respells the body of a 200.
pub(super) fn success_text(call: &Call, wire: &mut Wire, edit: impl FnOnce(&str) -> String) {
    if call.refusal.is_none() {
        wire.body = edit(&String::from_utf8_lossy(&wire.body)).into();
    }
}

/// Respells the body of an error.
pub(super) fn error_text(call: &Call, wire: &mut Wire, edit: impl FnOnce(&str) -> String) {
    if call.refusal.is_some() {
        wire.body = edit(&String::from_utf8_lossy(&wire.body)).into();
    }
}
