//! Defects of the roles that are shown.

use serde_json::{Value, json};

use crate::{
    faults::{
        fault::Fault,
        tamper::{pending, roles, set, success},
    },
    hook::Hook,
};

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "roles-missing",
        clause: "success.required",
        summary: "The user has no roles.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                user.remove("roles");
            });
        })],
    },
    Fault {
        name: "roles-null",
        clause: "success.roles",
        summary: "The roles are null.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| set(user, "roles", Value::Null));
        })],
    },
    Fault {
        name: "roles-empty",
        clause: "success.roles",
        summary: "The roles are an empty array.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| set(user, "roles", json!([])));
        })],
    },
    Fault {
        name: "roles-as-string",
        clause: "success.roles",
        summary: "A single role is no array.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                if let Some([only]) = user["roles"].as_array().map(Vec::as_slice) {
                    let only = only.clone();
                    set(user, "roles", only);
                }
            });
        })],
    },
    Fault {
        name: "roles-as-objects",
        clause: "success.roles",
        summary: "The roles are objects with a name.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                roles(user, |roles| {
                    for role in roles {
                        *role = json!({ "roleName": role });
                    }
                });
            });
        })],
    },
    Fault {
        name: "roles-stale",
        clause: "success.roles",
        summary: "The roles are those before the removal.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| set(user, "roles", json!(call.had())));
        })],
    },
    Fault {
        name: "roles-stale-for-pending",
        clause: "success.roles",
        summary: "The roles of a pending user are those before the removal.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| set(user, "roles", json!(call.had())));
        })],
    },
    Fault {
        name: "roles-stale-with-digest-and-envelope",
        clause: "success.roles",
        summary: "With Digest and envelope=true the roles are those before the removal.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.by_digest() && call.flags.envelope {
                success(call, reply, |user| set(user, "roles", json!(call.had())));
            }
        })],
    },
    Fault {
        name: "roles-repeated",
        clause: "success.roles",
        summary: "The first role is shown twice.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                roles(user, |roles| roles.extend(roles.first().cloned()));
            });
        })],
    },
    Fault {
        name: "roles-incomplete",
        clause: "success.roles",
        summary: "One role is not shown where there are two or more.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                roles(user, |roles| roles.truncate(roles.len().max(2) - 1));
            });
        })],
    },
    Fault {
        name: "roles-shown-up-to-four",
        clause: "success.roles",
        summary: "Not more than four roles are shown.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| roles(user, |roles| roles.truncate(4)));
        })],
    },
    Fault {
        name: "roles-are-the-removed-one",
        clause: "success.roles",
        summary: "The roles hold the removed one alone.",
        hooks: &[Hook::Reply(|call, reply| {
            let role = call.role();
            success(call, reply, |user| set(user, "roles", json!([role])));
        })],
    },
    Fault {
        name: "roles-lower-case",
        clause: "success.roles",
        summary: "The roles are spelled in lower case.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                roles(user, |roles| {
                    for role in roles {
                        *role = role.as_str().map(str::to_ascii_lowercase).into();
                    }
                });
            });
        })],
    },
    Fault {
        name: "roles-with-null",
        clause: "success.roles",
        summary: "The removed role is shown as null.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| roles(user, |roles| roles.push(Value::Null)));
        })],
    },
    Fault {
        name: "roles-of-the-organization-shown",
        clause: "success.roles",
        summary: "The roles hold one of the organization as well.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| roles(user, |roles| roles.push(json!("ORG_MEMBER"))));
        })],
    },
];
