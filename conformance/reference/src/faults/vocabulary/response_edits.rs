//! Effects that change what is said, or how it is sent.

use serde_json::{Map, Value};

use crate::{
    call::Call,
    extension::Effect,
    faults::vocabulary::conditions::{accepted, envelope, refused},
    http::Delivery,
};

pub(crate) type Object = Map<String, Value>;

// The user in a success.

/// Edits the user of a success.
pub(crate) fn edit_user(edit: impl Fn(&Call, &mut Object) + Send + Sync + 'static) -> Effect {
    edit_object(edit).when(accepted())
}

/// Sets a field of the user of a success.
pub(crate) fn set_in_user(name: &'static str, value: impl Into<Value>) -> Effect {
    let value = value.into();
    edit_user(move |_, user| set(user, name, value.clone()))
}

/// Removes a field of the user of a success.
pub(crate) fn remove_from_user(name: &'static str) -> Effect {
    edit_user(move |_, user| {
        user.remove(name);
    })
}

/// Edits a text field of the user of a success.
pub(crate) fn edit_text_in_user(
    name: &'static str,
    edit: impl Fn(&str) -> String + Send + Sync + 'static,
) -> Effect {
    edit_user(move |_, user| {
        if let Some(Value::String(text)) = user.get_mut(name) {
            *text = edit(text);
        }
    })
}

/// Copies a field of the user of a success to another.
pub(crate) fn copy_in_user(from: &'static str, to: &'static str) -> Effect {
    edit_user(move |_, user| {
        let value = user.get(from).cloned();
        set(user, to, value);
    })
}

/// Edits the roles of the user of a success.
pub(crate) fn edit_roles(edit: impl Fn(&Call, &mut Vec<Value>) + Send + Sync + 'static) -> Effect {
    edit_user(move |call, user| {
        if let Some(roles) = user.get_mut("roles").and_then(Value::as_array_mut) {
            edit(call, roles);
        }
    })
}

/// Leaves the role that was asked for out of the user of a success, as if it were removed.
pub(crate) fn claim_removal() -> Effect {
    edit_roles(|call, roles| roles.retain(|role| role.as_str() != call.role()))
}

/// Shows the roles that the user had before, in the user of a success.
pub(crate) fn show_stale_roles() -> Effect {
    edit_user(|call, user| set(user, "roles", call.had()))
}

// Errors.

/// Edits the body of an error.
pub(crate) fn edit_error(edit: impl Fn(&Call, &mut Object) + Send + Sync + 'static) -> Effect {
    edit_object(edit).when(refused())
}

/// Sets a field of an error.
pub(crate) fn set_in_error(name: &'static str, value: impl Into<Value>) -> Effect {
    let value = value.into();
    edit_error(move |_, error| set(error, name, value.clone()))
}

/// Removes a field of an error.
pub(crate) fn remove_from_error(name: &'static str) -> Effect {
    edit_error(move |_, error| {
        error.remove(name);
    })
}

// Status and media type.

/// Changes the status, in the body of an error as well.
pub(crate) fn restate(status: u16) -> Effect {
    Effect::response(move |_, response| response.restate(status))
}

/// Changes the status to 401 and asks for credentials.
pub(crate) fn restate_as_unauthorized() -> Effect {
    Effect::response(|call, response| {
        response.restate(401);
        response.challenge(call);
    })
}

/// Changes the status and nothing else.
pub(crate) fn set_status(status: u16) -> Effect {
    Effect::response(move |_, response| response.status = status)
}

/// Leaves the body out.
pub(crate) fn remove_body() -> Effect {
    Effect::response(|_, response| response.remove_body())
}

/// Replaces the body by a function of it.
pub(crate) fn edit_body(edit: fn(Value) -> Value) -> Effect {
    Effect::response(move |_, response| response.body = response.body.take().map(edit))
}

/// Changes the media type.
pub(crate) fn label(media_type: &'static str) -> Effect {
    Effect::response(move |_, response| response.media_type = Some(media_type.to_owned()))
}

/// Leaves the media type out.
pub(crate) fn unlabel() -> Effect {
    Effect::response(|_, response| response.media_type = None)
}

/// Sends the content of an envelope without it.
pub(crate) fn unwrap() -> Effect {
    let unwrap = Effect::envelope(|_, response| {
        if let Some(content) = response.object().and_then(|envelope| envelope.remove("content")) {
            response.body = Some(content);
        }
    });
    unwrap.when(envelope())
}

pub(crate) fn edit_envelope(edit: impl Fn(&Call, &mut Object) + Send + Sync + 'static) -> Effect {
    let edit = Effect::envelope(move |call, response| {
        if let Some(envelope) = response.object() {
            edit(call, envelope);
        }
    });
    edit.when(envelope())
}

// The bytes.

/// Edits the text of the body.
pub(crate) fn edit_text(edit: fn(&str) -> String) -> Effect {
    Effect::wire(move |_, wire| wire.body = edit(&String::from_utf8_lossy(&wire.body)).into())
}

/// Closes the connection instead of answering.
pub(crate) fn drop_connection() -> Effect {
    Effect::wire(|_, wire| wire.delivery = Delivery::Dropped)
}

pub(crate) fn never_answer() -> Effect {
    Effect::wire(|_, wire| wire.delivery = Delivery::Never)
}

/// Closes the connection after so many bytes of a body, by its length.
pub(crate) fn cut_body(after: fn(usize) -> usize) -> Effect {
    Effect::wire(move |_, wire| wire.delivery = Delivery::Truncated(after(wire.body.len())))
}

// Memory.

/// Notes something under a key when the call is answered.
pub(crate) fn note(key: fn(&Call) -> String) -> Effect {
    Effect::response(move |call, _| {
        call.memory.note(&key(call), true.into());
    })
}

pub(crate) fn set(object: &mut Object, name: &str, value: impl Into<Value>) {
    object.insert(name.to_owned(), value.into());
}

fn edit_object(edit: impl Fn(&Call, &mut Object) + Send + Sync + 'static) -> Effect {
    Effect::response(move |call, response| {
        if let Some(object) = response.object() {
            edit(call, object);
        }
    })
}
