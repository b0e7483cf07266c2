//! The order in which requests are checked.

use super::variant::Variant;
use crate::{
    hook::Hook,
    refusal::Refusal,
    step::Step::{self, Body, Identity, Method, Path, Permission, Project, Query},
};

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "validation-first",
        summary: "Path, query and body are checked before credentials.",
        hooks: &[Hook::Manner(|manner| {
            manner.steps = vec![Method, Path, Query, Body, Identity, Project, Permission];
        })],
    },
    Variant {
        name: "permission-first",
        summary: "The permission is checked before path and query.",
        hooks: &[Hook::Manner(|manner| {
            manner.steps = vec![Method, Identity, Permission, Query, Path, Project, Body];
        })],
    },
    Variant {
        name: "permission-last",
        summary: "The permission is checked after the body.",
        hooks: &[Hook::Manner(|manner| {
            manner.steps = vec![Method, Identity, Body, Query, Path, Project, Permission];
        })],
    },
    Variant {
        name: "credentials-before-methods",
        summary: "Credentials are checked before the method.",
        hooks: &[Hook::Manner(|manner| {
            manner.steps = vec![Identity, Method, Path, Query, Project, Permission, Body];
        })],
    },
    Variant {
        name: "user-before-body",
        summary: "A user that the project doesn't have is answered before the body is read.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            let missing = call.before.as_ref().is_none_or(|member| member.out_of_reach);
            if call.route.user().is_some() && missing && verdict.is_ok() {
                *verdict = Err(Refusal::UnknownUser);
            }
        })],
    },
];
