//! Defects of the status.

use http::header::LOCATION;

use crate::{
    auth::Denial,
    call::Call,
    faults::{
        accept::{BROKEN, refuse},
        fault::Fault,
        tamper::restate,
    },
    hook::Hook,
    refusal::Refusal,
    reply::Reply,
    step::Step,
};

/// Answers a success with another status.
fn succeed_with(call: &Call, reply: &mut Reply, status: u16) {
    if call.refusal.is_none() {
        reply.status = status;
    }
}

/// Answers a success with a status and nothing else.
fn succeed_without_body(call: &Call, reply: &mut Reply, status: u16) {
    if call.refusal.is_none() {
        reply.status = status;
        reply.body = None;
        reply.media_type = None;
    }
}

/// Sends a success elsewhere.
fn redirect(call: &Call, reply: &mut Reply, status: u16) {
    if let (None, Some(target)) = (&call.refusal, call.target()) {
        reply.status = status;
        let place = format!("/api/atlas/v2/groups/{}/users/{}", target.group, target.user);
        reply.set(LOCATION, &place);
    }
}

pub(super) static FAULTS: &[Fault] = &[
    Fault {
        name: "success-is-201",
        clause: "status.success-is-200",
        summary: "Success is 201.",
        hooks: &[Hook::Reply(|call, reply| succeed_with(call, reply, 201))],
    },
    Fault {
        name: "success-is-202",
        clause: "status.success-is-200",
        summary: "Success is 202.",
        hooks: &[Hook::Reply(|call, reply| succeed_with(call, reply, 202))],
    },
    Fault {
        name: "success-is-204",
        clause: "status.success-is-200",
        summary: "Success is 204 without a body.",
        hooks: &[Hook::Reply(|call, reply| succeed_without_body(call, reply, 204))],
    },
    Fault {
        name: "success-is-206",
        clause: "status.success-is-200",
        summary: "Success is 206.",
        hooks: &[Hook::Reply(|call, reply| succeed_with(call, reply, 206))],
    },
    Fault {
        name: "success-without-body",
        clause: "status.success-is-200",
        summary: "Success is 200 without a body.",
        hooks: &[Hook::Reply(|call, reply| succeed_without_body(call, reply, 200))],
    },
    Fault {
        name: "success-is-303",
        clause: "status.success-is-200",
        summary: "Success is a redirection to the user.",
        hooks: &[Hook::Reply(|call, reply| redirect(call, reply, 303))],
    },
    Fault {
        name: "success-for-pending-is-302",
        clause: "status.success-is-200",
        summary: "Success for a pending user is a redirection.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.was_pending() {
                redirect(call, reply, 302);
            }
        })],
    },
    Fault {
        name: "success-with-envelope-is-202",
        clause: "status.success-is-200",
        summary: "Success with envelope=true is 202.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.flags.envelope {
                succeed_with(call, reply, 202);
            }
        })],
    },
    Fault {
        name: "last-role-unprocessable",
        clause: "status.documented",
        summary: "The removal of the only role is refused with 422.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 422, |why| *why == Refusal::LastRole);
        })],
    },
    Fault {
        name: "last-role-precondition-failed",
        clause: "status.documented",
        summary: "The removal of the only role of a pending user is refused with 412.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.was_pending() {
                restate(call, reply, 412, |why| *why == Refusal::LastRole);
            }
        })],
    },
    Fault {
        name: "absent-role-unprocessable",
        clause: "status.documented",
        summary: "The removal of a role that the user lacks is refused with 422.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 422, |why| *why == Refusal::AbsentRole);
        })],
    },
    Fault {
        name: "missing-permission-is-451",
        clause: "status.documented",
        summary: "A caller without the permission is refused with 451.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 451, |why| *why == Refusal::Forbidden);
        })],
    },
    Fault {
        name: "unknown-project-is-418",
        clause: "status.documented",
        summary: "A project that doesn't exist is answered with 418.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 418, |why| *why == Refusal::UnknownProject);
        })],
    },
    Fault {
        name: "payment-required",
        clause: "status.documented",
        summary: "GROUP_BACKUP_MANAGER can only be removed by those who pay: 402.",
        hooks: &[Hook::Decision(|call, _, decision| {
            refuse(call, decision, Refusal::Other(402, "PAYMENT_REQUIRED"), |call| {
                call.role() == Some("GROUP_BACKUP_MANAGER")
            });
        })],
    },
    Fault {
        name: "last-role-fails",
        clause: "status.no-server-error",
        summary: "The removal of the only role brings 500.",
        hooks: &[Hook::Decision(|_, _, decision| {
            if matches!(decision, Err(Refusal::LastRole)) {
                *decision = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "absent-role-unavailable",
        clause: "status.no-server-error",
        summary: "The removal of a role that the user lacks brings 503.",
        hooks: &[Hook::Decision(|_, _, decision| {
            if matches!(decision, Err(Refusal::AbsentRole)) {
                *decision = Err(Refusal::Other(503, "UNAVAILABLE"));
            }
        })],
    },
    Fault {
        name: "unknown-role-fails",
        clause: "status.no-server-error",
        summary: "A role that doesn't exist brings 500.",
        hooks: &[Hook::After(Step::Body, |_, verdict| {
            if *verdict == Err(Refusal::UnknownRole) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "seven-roles-fail",
        clause: "status.no-server-error",
        summary: "A user with seven roles or more brings 500.",
        hooks: &[Hook::Decision(|call, _, decision| {
            refuse(call, decision, BROKEN, |call| call.had().len() >= 7);
        })],
    },
    Fault {
        name: "observability-viewer-fails",
        clause: "status.no-server-error",
        summary: "The removal of GROUP_OBSERVABILITY_VIEWER brings 502.",
        hooks: &[Hook::Decision(|call, _, decision| {
            refuse(call, decision, Refusal::Other(502, "BAD_GATEWAY"), |call| {
                call.role() == Some("GROUP_OBSERVABILITY_VIEWER")
            });
        })],
    },
    Fault {
        name: "wrong-token-fails",
        clause: "status.no-server-error",
        summary: "A token that was never issued brings 500.",
        hooks: &[Hook::After(Step::Identity, |_, verdict| {
            if *verdict == Err(Refusal::Unauthenticated(Denial::Token)) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "incomplete-digest-fails",
        clause: "status.no-server-error",
        summary: "Digest with parameters that are missing or not understood brings 500.",
        hooks: &[Hook::After(Step::Identity, |_, verdict| {
            let syntax = Denial::DigestSyntax;
            if *verdict == Err(Refusal::Unauthenticated(syntax)) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "deprecated-invitation-fails",
        clause: "status.no-server-error",
        summary: "A user who was invited through the deprecated invitation brings 500.",
        hooks: &[Hook::Decision(|call, _, decision| {
            if call.before.as_ref().is_some_and(|member| member.out_of_reach) {
                *decision = Err(BROKEN);
            }
        })],
    },
];
