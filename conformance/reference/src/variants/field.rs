//! Which fields users have, and how their values are written.

use serde_json::{Map, Value, json};

use super::variant::Variant;
use crate::{call::Call, hook::Hook, reply::Reply};

/// Edits each user that an answer shows.
fn each_user(call: &Call, reply: &mut Reply, edit: impl Fn(&mut Map<String, Value>)) {
    let Some(body) = reply.object().filter(|_| call.refusal.is_none()) else { return };
    match body.get_mut("results").and_then(Value::as_array_mut) {
        Some(results) => results.iter_mut().filter_map(Value::as_object_mut).for_each(edit),
        None => edit(body),
    }
}

/// Edits the roles of each user that an answer shows.
fn each_roles(call: &Call, reply: &mut Reply, edit: impl Fn(&mut Vec<Value>)) {
    each_user(call, reply, |user| {
        if let Some(roles) = user.get_mut("roles").and_then(Value::as_array_mut) {
            edit(roles);
        }
    });
}

/// Respells each date-time of each user.
fn each_time(call: &Call, reply: &mut Reply, respell: impl Fn(&str) -> String) {
    let names = ["createdAt", "lastAuth", "invitationCreatedAt", "invitationExpiresAt"];
    each_user(call, reply, |user| {
        for name in names {
            if let Some(Value::String(time)) = user.get_mut(name) {
                *time = respell(time);
            }
        }
    });
}

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "roles-reversed",
        summary: "Roles come in reversed order.",
        hooks: &[Hook::Reply(|call, reply| each_roles(call, reply, |roles| roles.reverse()))],
    },
    Variant {
        name: "roles-sorted",
        summary: "Roles come in the order of the alphabet.",
        hooks: &[Hook::Reply(|call, reply| {
            each_roles(call, reply, |roles| roles.sort_by_key(Value::to_string));
        })],
    },
    Variant {
        name: "roles-in-changing-order",
        summary: "Roles come in another order in each answer.",
        hooks: &[Hook::Reply(|call, reply| {
            let turn = call.serial as usize;
            each_roles(call, reply, |roles| {
                let length = roles.len().max(1);
                roles.rotate_left(turn % length);
            });
        })],
    },
    Variant {
        name: "further-fields",
        summary: "Users have fields of all kinds that the documentation doesn't know.",
        hooks: &[Hook::Reply(|call, reply| {
            each_user(call, reply, |user| {
                user.insert("links".to_owned(), json!([{ "rel": "self", "href": "users" }]));
                user.insert("teamIds".to_owned(), json!([]));
                user.insert("status".to_owned(), json!("shown"));
                user.insert("content".to_owned(), Value::Null);
                user.insert("x-größe".to_owned(), json!({ "a": [1, 2.5, { "b": true }] }));
            });
        })],
    },
    Variant {
        name: "invitation-expires-absent",
        summary: "Pending users have no invitationExpiresAt.",
        hooks: &[Hook::Reply(|call, reply| {
            each_user(call, reply, |user| {
                user.remove("invitationExpiresAt");
            });
        })],
    },
    Variant {
        name: "optional-fields-absent",
        summary: "Active users have neither country nor lastAuth nor mobileNumber.",
        hooks: &[Hook::Reply(|call, reply| {
            each_user(call, reply, |user| {
                for name in ["country", "lastAuth", "mobileNumber"] {
                    user.remove(name);
                }
            });
        })],
    },
    Variant {
        name: "times-with-fractions",
        summary: "Date-times have fractions of seconds.",
        hooks: &[Hook::Reply(|call, reply| {
            each_time(call, reply, |time| time.replace('Z', ".250Z"));
        })],
    },
    Variant {
        name: "times-with-many-digits",
        summary: "Date-times have nine digits behind the point.",
        hooks: &[Hook::Reply(|call, reply| {
            each_time(call, reply, |time| time.replace('Z', ".000000000Z"));
        })],
    },
    Variant {
        name: "times-with-offset-zero",
        summary: "Date-times are written with +00:00.",
        hooks: &[Hook::Reply(|call, reply| {
            each_time(call, reply, |time| time.replace('Z', "+00:00"));
        })],
    },
];
