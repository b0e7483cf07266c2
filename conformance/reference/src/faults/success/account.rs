//! Defects of the fields that active users have.

use serde_json::Value;

use crate::{
    faults::{
        fault::Fault,
        tamper::{active, respell, set},
    },
    hook::Hook,
};

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "created-missing",
        clause: "success.required-by-status",
        summary: "An active user has no createdAt.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| {
                user.remove("createdAt");
            });
        })],
    },
    Fault {
        name: "names-missing",
        clause: "success.required-by-status",
        summary: "An active user has neither firstName nor lastName.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| {
                user.remove("firstName");
                user.remove("lastName");
            });
        })],
    },
    Fault {
        name: "country-lower-case",
        clause: "success.other-fields",
        summary: "country is spelled in lower case.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| respell(user, "country", str::to_ascii_lowercase));
        })],
    },
    Fault {
        name: "country-with-three-letters",
        clause: "success.other-fields",
        summary: "country is a code of three letters.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| set(user, "country", "USA"));
        })],
    },
    Fault {
        name: "created-as-number",
        clause: "success.other-fields",
        summary: "createdAt is a number.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| set(user, "createdAt", 1_600_000_000));
        })],
    },
    Fault {
        name: "created-in-another-year",
        clause: "success.other-fields",
        summary: "createdAt is years before the account was created.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| {
                respell(user, "createdAt", |time| format!("2009{}", &time[4..]));
            });
        })],
    },
    Fault {
        name: "last-authenticated-unreadable",
        clause: "success.other-fields",
        summary: "lastAuth is words and no date-time.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| set(user, "lastAuth", "a while ago"));
        })],
    },
    Fault {
        name: "first-name-as-number",
        clause: "success.other-fields",
        summary: "firstName is a number.",
        hooks: &[Hook::Reply(|call, reply| active(call, reply, |user| set(user, "firstName", 7)))],
    },
    Fault {
        name: "first-name-null",
        clause: "success.other-fields",
        summary: "firstName is null.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| set(user, "firstName", Value::Null));
        })],
    },
    Fault {
        name: "last-name-of-somebody-else",
        clause: "success.other-fields",
        summary: "lastName is another one than the user's.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| set(user, "lastName", "Doe-Else"));
        })],
    },
    Fault {
        name: "mobile-number-as-number",
        clause: "success.other-fields",
        summary: "mobileNumber is a number.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| set(user, "mobileNumber", 2_125_550_123_u64));
        })],
    },
];
