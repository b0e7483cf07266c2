//! Removals of the only role under one condition each.

use crate::{auth::Algorithm, faults::vocabulary::*};

const CLAUSE: &str = "roles.never-empty-everywhere";

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("last-role-removed-for-pending", CLAUSE)
            .summary("The only role of a pending user is removed.")
            .effect(remove_last_role().when(pending())),
        Fault::new("last-role-removed-for-active", CLAUSE)
            .summary("The only role of an active user is removed.")
            .effect(remove_last_role().when(active())),
        Fault::new("last-role-removed-by-digest", CLAUSE)
            .summary("The only role is removed for callers with Digest.")
            .effect(remove_last_role().when(by_any_digest())),
        Fault::new("last-role-removed-by-sha256", CLAUSE)
            .summary("The only role is removed for callers with Digest and SHA-256.")
            .effect(remove_last_role().when(by_digest(Algorithm::Sha256))),
        Fault::new("last-role-removed-by-bearer", CLAUSE)
            .summary("The only role is removed for callers with a token.")
            .effect(remove_last_role().when(by_bearer())),
        Fault::new("last-role-removed-from-usernames-with-plus", "roles.never-empty")
            .summary("The only role of a user with + in the username is removed.")
            .effect(remove_last_role().when(username_with("+"))),
        Fault::new("last-role-removed-from-long-usernames", "roles.never-empty")
            .summary("The only role of a user with 50 characters in the username is removed.")
            .effect(remove_last_role().only_if(|call| call.username().len() >= 50)),
        Fault::new("last-role-removed-with-unknown-parameter", CLAUSE)
            .summary("The only role is removed if the query has an unknown parameter.")
            .effect(remove_last_role().only_if(|call| call.request.query.contains("unknown"))),
        Fault::new("last-role-removed-by-chunked-requests", CLAUSE)
            .summary("The only role is removed if the body comes in chunks.")
            .effect(remove_last_role().when(chunked())),
        Fault::new("last-role-removed-by-encoded-path", CLAUSE)
            .summary("The only role is removed if the path has a percent-encoded digit.")
            .effect(remove_last_role().only_if(|call| call.request.path.contains('%'))),
        Fault::new("last-role-removed-without-media-type", CLAUSE)
            .summary("The only role is removed if the request has no Content-Type.")
            .effect(remove_last_role().when(without_media_type())),
        Fault::new("last-role-removed-if-escaped", CLAUSE)
            .summary("The only role is removed if the body writes its name with escapes.")
            .effect(remove_last_role().only_if(|call| call.request.body.contains(&b'\\'))),
        Fault::new("last-role-removed-with-envelope", CLAUSE)
            .summary("The only role is removed with envelope=true.")
            .effect(remove_last_role().when(envelope())),
        Fault::new("last-role-removed-with-pretty", CLAUSE)
            .summary("The only role is removed with pretty=true.")
            .effect(remove_last_role().when(pretty())),
        Fault::new("last-role-removed-with-envelope-and-pretty", CLAUSE)
            .summary("The only role is removed with envelope=true and pretty=true together.")
            .effect(remove_last_role().when(envelope().and(pretty()))),
        Fault::new("last-role-removed-with-any-query", CLAUSE)
            .summary("The only role is removed whenever there is a query.")
            .effect(remove_last_role().when(with_query())),
        Fault::new("last-role-removed-for-pending-by-digest", CLAUSE)
            .summary("The only role of a pending user is removed for callers with Digest.")
            .effect(remove_last_role().when(pending().and(by_any_digest()))),
        Fault::new("last-role-removed-if-owner", CLAUSE)
            .summary("The only role is removed if it is GROUP_OWNER.")
            .effect(remove_last_role().when(role("GROUP_OWNER"))),
        Fault::new("last-role-removed-if-read-only", CLAUSE)
            .summary("The only role is removed if it is GROUP_READ_ONLY.")
            .effect(remove_last_role().when(role("GROUP_READ_ONLY"))),
        Fault::new("last-role-removed-if-stream-processing-owner", CLAUSE)
            .summary("The only role is removed if it is GROUP_STREAM_PROCESSING_OWNER.")
            .effect(remove_last_role().when(role("GROUP_STREAM_PROCESSING_OWNER"))),
        Fault::new("last-role-removed-if-database-access-admin", CLAUSE)
            .summary("The only role is removed if it is GROUP_DATABASE_ACCESS_ADMIN.")
            .effect(remove_last_role().when(role("GROUP_DATABASE_ACCESS_ADMIN"))),
        Fault::new("last-role-removed-from-usernames-with-3", "roles.never-empty")
            .summary("The only role of users with a 3 in their username is removed.")
            .effect(remove_last_role().when(username_with("3"))),
        Fault::new("last-role-removed-from-ids-with-last-digit-even", "roles.never-empty")
            .summary("The only role of users whose id ends in an even digit is removed.")
            .effect(remove_last_role().only_if(|call| {
                let digit = call.user().chars().last().and_then(|digit| digit.to_digit(16));
                digit.is_some_and(|digit| digit % 2 == 0)
            })),
        Fault::new("last-role-removed-after-three-others", "roles.never-empty")
            .summary("The only role is removed if three others were removed before.")
            .effect(remove_last_role().only_if(|call| call.removed().len() == 3)),
        Fault::new("last-role-removed-with-extra-properties", CLAUSE)
            .summary("The only role is removed if the body has further properties.")
            .effect(remove_last_role().when(with_extra_properties())),
        Fault::new("last-role-removed-on-a-used-connection", "roles.never-empty")
            .summary("The only role is removed from the third request on a connection on.")
            .effect(remove_last_role().only_if(|call| call.request.ordinal >= 3)),
        Fault::new("last-role-counted-over-projects", "roles.never-empty")
            .summary("The only role in a project is removed if the user has one in another.")
            .effect(remove_if_roles_elsewhere().when(refused_for(Refusal::LastRole))),
    ]
}

fn remove_if_roles_elsewhere() -> Effect {
    Effect::decision(|call, store, decision| {
        let Some(own) = call.target() else { return };
        let elsewhere = store.groups().filter(|group| **group != own.group);
        let mut namesakes = elsewhere
            .flat_map(|group| store.members(group))
            .filter(|member| member.person.id == own.user);
        if namesakes.any(|member| !member.roles.is_empty()) {
            *decision = call.removal();
        }
    })
}
