//! The only role is safe, but not everywhere.

use crate::{
    auth::{Algorithm, Scheme},
    call::Call,
    faults::{accept::last, deed::roles_elsewhere, fault::Fault},
    hook::Hook,
    refusal::Refusal,
};

fn scheme(call: &Call) -> Option<Scheme> {
    call.caller.map(|caller| caller.scheme)
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "last-role-removed-for-pending",
        clause: "roles.never-empty-everywhere",
        summary: "The only role of a pending user is removed.",
        hooks: &[Hook::Decision(|call, _, decision| last(call, decision, Call::was_pending))],
    },
    Fault {
        name: "last-role-removed-for-active",
        clause: "roles.never-empty-everywhere",
        summary: "The only role of an active user is removed.",
        hooks: &[Hook::Decision(|call, _, decision| last(call, decision, Call::was_active))],
    },
    Fault {
        name: "last-role-removed-by-digest",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed for callers who come with Digest.",
        hooks: &[Hook::Decision(|call, _, decision| last(call, decision, Call::by_digest))],
    },
    Fault {
        name: "last-role-removed-by-sha256",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed for callers who come with Digest and SHA-256.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| scheme(call) == Some(Scheme::Digest(Algorithm::Sha256)))
        })],
    },
    Fault {
        name: "last-role-removed-by-bearer",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed for callers who come with a token.",
        hooks: &[Hook::Decision(|call, _, decision| last(call, decision, Call::by_bearer))],
    },
    Fault {
        name: "last-role-removed-from-usernames-with-plus",
        clause: "roles.never-empty-everywhere",
        summary: "The only role of a user with + in the username is removed.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                call.before.as_ref().is_some_and(|member| member.person.username.contains('+'))
            })
        })],
    },
    Fault {
        name: "last-role-removed-from-long-usernames",
        clause: "roles.never-empty-everywhere",
        summary: "The only role of a user with 50 or more characters in the username is removed.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                call.before.as_ref().is_some_and(|member| member.person.username.len() >= 50)
            })
        })],
    },
    Fault {
        name: "last-role-removed-with-unknown-parameter",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where the query has a parameter that nobody knows.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.request.query.contains("unknown"))
        })],
    },
    Fault {
        name: "last-role-removed-by-chunked-requests",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where the body comes in chunks.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.request.header("transfer-encoding").is_some())
        })],
    },
    Fault {
        name: "last-role-removed-by-encoded-path",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where the path has a percent-encoded digit.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.request.path.contains('%'))
        })],
    },
    Fault {
        name: "last-role-removed-without-media-type",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where the request has no Content-Type.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.request.header("content-type").is_none())
        })],
    },
    Fault {
        name: "last-role-removed-if-escaped",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where the body spells its name with escapes.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.request.body.contains(&b'\\'))
        })],
    },
    Fault {
        name: "last-role-removed-with-envelope",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed with envelope=true.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.flags.envelope)
        })],
    },
    Fault {
        name: "last-role-removed-with-pretty",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed with pretty=true.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.flags.pretty)
        })],
    },
    Fault {
        name: "last-role-removed-with-envelope-and-pretty",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed with envelope=true and pretty=true together.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.flags.envelope && call.flags.pretty)
        })],
    },
    Fault {
        name: "last-role-removed-with-any-query",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed whenever there is a query.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| !call.request.query.is_empty())
        })],
    },
    Fault {
        name: "last-role-removed-for-pending-by-digest",
        clause: "roles.never-empty-everywhere",
        summary: "The only role of a pending user is removed for callers who come with Digest.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.was_pending() && call.by_digest())
        })],
    },
    Fault {
        name: "last-role-removed-if-owner",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where it is GROUP_OWNER.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.role() == Some("GROUP_OWNER"))
        })],
    },
    Fault {
        name: "last-role-removed-if-read-only",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where it is GROUP_READ_ONLY.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.role() == Some("GROUP_READ_ONLY"))
        })],
    },
    Fault {
        name: "last-role-removed-if-stream-processing-owner",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where it is GROUP_STREAM_PROCESSING_OWNER.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.role() == Some("GROUP_STREAM_PROCESSING_OWNER"))
        })],
    },
    Fault {
        name: "last-role-removed-if-database-access-admin",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where it is GROUP_DATABASE_ACCESS_ADMIN.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.role() == Some("GROUP_DATABASE_ACCESS_ADMIN"))
        })],
    },
    Fault {
        name: "last-role-removed-from-usernames-with-3",
        clause: "roles.never-empty-everywhere",
        summary: "The only role of users with a 3 in their username is removed.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                call.before.as_ref().is_some_and(|member| member.person.username.contains('3'))
            })
        })],
    },
    Fault {
        name: "last-role-removed-from-ids-with-last-digit-even",
        clause: "roles.never-empty-everywhere",
        summary: "The only role of users whose id ends in an even digit is removed.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                let digit = call.route.user().and_then(|user| user.chars().last());
                digit.and_then(|digit| digit.to_digit(16)).is_some_and(|digit| digit % 2 == 0)
            })
        })],
    },
    Fault {
        name: "last-role-removed-after-three-others",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where three others were removed before.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                call.before.as_ref().is_some_and(|member| member.removed.len() == 3)
            })
        })],
    },
    Fault {
        name: "last-role-removed-with-extra-properties",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed where the body has further properties.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                let body: Option<serde_json::Value> =
                    serde_json::from_slice(&call.request.body).ok();
                body.and_then(|body| body.as_object().map(|object| object.len() > 1))
                    .unwrap_or(false)
            })
        })],
    },
    Fault {
        name: "last-role-removed-on-a-used-connection",
        clause: "roles.never-empty-everywhere",
        summary: "The only role is removed by the third request on a connection and those after it.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| call.request.ordinal >= 3)
        })],
    },
    Fault {
        name: "last-role-counted-over-projects",
        clause: "roles.never-empty-everywhere",
        summary: "The only role in a project is removed where the user has one in another.",
        hooks: &[Hook::Decision(|call, store, decision| {
            let last = matches!(decision, Err(Refusal::LastRole));
            if last && roles_elsewhere(call, store) > 0 {
                *decision = call.removal();
            }
        })],
    },
];
