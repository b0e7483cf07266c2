//! The order in which requests are checked.

use super::Variant;
use crate::{
    extension::{
        Effect,
        Step::{self, Body, Identity, Method, Path, Permission, Project, Query},
    },
    refusal::Refusal,
};

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("validation-first")
            .summary("Path, query and body are checked before credentials.")
            .effect(Effect::settings(|settings| {
                settings.steps = vec![Method, Path, Query, Body, Identity, Project, Permission];
            })),
        Variant::new("permission-first")
            .summary("The permission is checked before path and query.")
            .effect(Effect::settings(|settings| {
                settings.steps = vec![Method, Identity, Permission, Query, Path, Project, Body];
            })),
        Variant::new("permission-last")
            .summary("The permission is checked after the body.")
            .effect(Effect::settings(|settings| {
                settings.steps = vec![Method, Identity, Body, Query, Path, Project, Permission];
            })),
        Variant::new("credentials-before-methods")
            .summary("Credentials are checked before the method.")
            .effect(Effect::settings(|settings| {
                settings.steps = vec![Identity, Method, Path, Query, Project, Permission, Body];
            })),
        Variant::new("user-before-body")
            .summary("An unknown user is answered before the body is read.")
            .effect(Effect::after(Step::Permission, |call, verdict| {
                let missing = call.before.as_ref().is_none_or(|member| member.out_of_reach);
                if call.route.user().is_some() && missing && verdict.is_ok() {
                    *verdict = Err(Refusal::UnknownUser);
                }
            })),
    ]
}
