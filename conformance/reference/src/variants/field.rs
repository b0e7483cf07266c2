//! Which fields users have, and how their values are written.

use serde_json::{Map, Value, json};

use super::Variant;
use crate::{call::Call, extension::Effect};

/// Edits each user that a response shows.
fn each_user(edit: impl Fn(&Call, &mut Map<String, Value>) + Send + Sync + 'static) -> Effect {
    Effect::response(move |call, response| {
        let Some(body) = response.object().filter(|_| call.refusal.is_none()) else { return };
        match body.get_mut("results").and_then(Value::as_array_mut) {
            Some(results) => {
                let users = results.iter_mut().filter_map(Value::as_object_mut);
                users.for_each(|user| edit(call, user));
            }
            None => edit(call, body),
        }
    })
}

/// Edits the roles of each user that a response shows.
fn each_roles(edit: impl Fn(&Call, &mut Vec<Value>) + Send + Sync + 'static) -> Effect {
    each_user(move |call, user| {
        if let Some(roles) = user.get_mut("roles").and_then(Value::as_array_mut) {
            edit(call, roles);
        }
    })
}

/// Replaces the final Z of each date-time of each user.
fn each_zone(zone: &'static str) -> Effect {
    each_user(move |_, user| {
        for name in ["createdAt", "lastAuth", "invitationCreatedAt", "invitationExpiresAt"] {
            if let Some(Value::String(time)) = user.get_mut(name) {
                *time = time.replace('Z', zone);
            }
        }
    })
}

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("roles-reversed")
            .summary("Roles are in reversed order.")
            .effect(each_roles(|_, roles| roles.reverse())),
        Variant::new("roles-sorted")
            .summary("Roles are in alphabetical order.")
            .effect(each_roles(|_, roles| roles.sort_by_key(Value::to_string))),
        Variant::new("roles-in-changing-order")
            .summary("Roles are in another order in each response.")
            .effect(each_roles(|call, roles| {
                let length = roles.len().max(1);
                roles.rotate_left(call.serial as usize % length);
            })),
        Variant::new("further-fields")
            .summary("Users have undocumented fields of all kinds.")
            .effect(each_user(|_, user| {
                user.insert("links".to_owned(), json!([{ "rel": "self", "href": "users" }]));
                user.insert("teamIds".to_owned(), json!([]));
                user.insert("status".to_owned(), json!("shown"));
                user.insert("content".to_owned(), Value::Null);
                user.insert("x-größe".to_owned(), json!({ "a": [1, 2.5, { "b": true }] }));
            })),
        Variant::new("invitation-expires-absent")
            .summary("Pending users have no invitationExpiresAt.")
            .effect(each_user(|_, user| {
                user.remove("invitationExpiresAt");
            })),
        Variant::new("optional-fields-absent")
            .summary("Active users have neither country nor lastAuth nor mobileNumber.")
            .effect(each_user(|_, user| {
                for name in ["country", "lastAuth", "mobileNumber"] {
                    user.remove(name);
                }
            })),
        Variant::new("times-with-fractions")
            .summary("Date-times have fractions of seconds.")
            .effect(each_zone(".250Z")),
        Variant::new("times-with-many-digits")
            .summary("Date-times have nine digits after the point.")
            .effect(each_zone(".000000000Z")),
        Variant::new("times-with-offset-zero")
            .summary("Date-times are written with +00:00.")
            .effect(each_zone("+00:00")),
    ]
}
