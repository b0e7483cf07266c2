//! Which documented status a refusal has.

use super::variant::Variant;
use crate::{call::Call, hook::Hook, refusal::Refusal, reply::Reply, route::Route, step::Step};

/// Says a refusal with another status.
fn restate(call: &Call, reply: &mut Reply, refusal: &Refusal, status: u16) {
    if call.refused_for(refusal) {
        reply.restate(status);
    }
}

fn is_out_of_reach(call: &Call) -> bool {
    call.before.as_ref().is_some_and(|member| member.out_of_reach)
}

/// Whether the media types that the caller accepts leave room for ours.
fn accepts_json(accept: &str) -> bool {
    accept.split(',').any(|range| {
        let range = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let known = ["*/*", "application/*", "application/json"].contains(&range.as_str());
        known || range.starts_with("application/vnd.atlas.")
    })
}

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "last-role-bad-request",
        summary: "The removal of the only role is refused with 400.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::LastRole, 400))],
    },
    Variant {
        name: "last-role-not-found",
        summary: "The removal of the only role is refused with 404.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::LastRole, 404))],
    },
    Variant {
        name: "last-role-conflict",
        summary: "The removal of the only role is refused with 409.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::LastRole, 409))],
    },
    Variant {
        name: "absent-role-confirmed",
        summary: "The removal of a role that the user lacks is answered with 200.",
        hooks: &[Hook::Decision(|call, _, decision| {
            if matches!(decision, Err(Refusal::AbsentRole)) {
                *decision = call.removal_of_nothing();
            }
        })],
    },
    Variant {
        name: "absent-role-forbidden",
        summary: "The removal of a role that the user lacks is refused with 403.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::AbsentRole, 403))],
    },
    Variant {
        name: "absent-role-not-found",
        summary: "The removal of a role that the user lacks is refused with 404.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::AbsentRole, 404))],
    },
    Variant {
        name: "absent-role-conflict",
        summary: "The removal of a role that the user lacks is refused with 409.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::AbsentRole, 409))],
    },
    Variant {
        name: "unknown-role-forbidden",
        summary: "A role that doesn't exist is refused with 403.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::UnknownRole, 403))],
    },
    Variant {
        name: "unknown-role-not-found",
        summary: "A role that doesn't exist is refused with 404.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::UnknownRole, 404))],
    },
    Variant {
        name: "unknown-project-forbidden",
        summary: "A project that doesn't exist is refused with 403, as one that is hidden.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::UnknownProject, 403))],
    },
    Variant {
        name: "unknown-project-unauthorized",
        summary: "A project that doesn't exist is refused with 401, as one that is hidden.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::UnknownProject) {
                reply.restate(401);
                reply.challenge(call);
            }
        })],
    },
    Variant {
        name: "bad-ids-not-found",
        summary: "Ids that are none are answered with 404.",
        hooks: &[Hook::Reply(|call, reply| {
            if matches!(call.refusal, Some(Refusal::PathParameter(_))) {
                reply.restate(404);
            }
        })],
    },
    Variant {
        name: "bad-bodies-conflict",
        summary: "Bodies that are not what the operation asks for are refused with 409.",
        hooks: &[Hook::Reply(|call, reply| {
            if matches!(call.refusal, Some(Refusal::Body(_))) {
                reply.restate(409);
            }
        })],
    },
    Variant {
        name: "deprecated-invitation-conflict",
        summary: "A user who was invited through the deprecated invitation is answered with 409.",
        hooks: &[Hook::Decision(|call, _, decision| {
            if is_out_of_reach(call) {
                *decision = Err(Refusal::Other(409, "USER_INVITED_BY_DEPRECATED_INVITATION"));
            }
        })],
    },
    Variant {
        name: "other-media-types-unsupported",
        summary: "Bodies of media types that aren't understood are refused with 415.",
        hooks: &[Hook::Reply(|call, reply| restate(call, reply, &Refusal::MediaType, 415))],
    },
    Variant {
        name: "other-accept-not-acceptable",
        summary: "An Accept without our media types is refused with 406.",
        hooks: &[Hook::After(Step::Method, |call, verdict| {
            let refused = call.request.header("accept").is_some_and(|accept| !accepts_json(accept));
            if refused && verdict.is_ok() {
                *verdict = Err(Refusal::Other(406, "INVALID_VERSION_DATE"));
            }
        })],
    },
    Variant {
        name: "small-bodies-only",
        summary: "Bodies of more than 64 KiB are refused with 413.",
        hooks: &[Hook::Manner(|manner| manner.body_limit = 64 << 10)],
    },
    Variant {
        name: "other-methods-without-body",
        summary: "Other methods are refused with an empty 405.",
        hooks: &[Hook::Reply(|call, reply| {
            if matches!(call.refusal, Some(Refusal::Method(_))) {
                reply.body = None;
                reply.media_type = None;
            }
        })],
    },
    Variant {
        name: "other-methods-not-found",
        summary: "Other methods are answered with 404.",
        hooks: &[Hook::Reply(|call, reply| {
            if matches!(call.refusal, Some(Refusal::Method(_))) {
                reply.restate(404);
                reply.headers.remove("allow");
            }
        })],
    },
    Variant {
        name: "odd-paths-not-found-in-html",
        summary: "Paths that name nothing are answered with a page of HTML.",
        hooks: &[Hook::Wire(|call, wire| {
            if call.route == Route::Unknown && wire.status == 404 {
                wire.body = "<!doctype html><title>Not Found</title>".into();
                wire.headers.insert("content-type", http::HeaderValue::from_static("text/html"));
            }
        })],
    },
];
