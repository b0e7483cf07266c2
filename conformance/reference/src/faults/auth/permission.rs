//! Permission that is not asked for, or not told from identity.

use crate::{
    auth::Account,
    call::Call,
    faults::{accept::permit, deed::asked_role, fault::Fault, tamper::restate},
    hook::Hook,
    refusal::Refusal,
    step::Step,
};

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "reader-allowed",
        clause: "auth.permission",
        summary: "The permission is not checked.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| permit(call, verdict, |_| true))],
    },
    Fault {
        name: "reader-allowed-by-digest",
        clause: "auth.permission",
        summary: "The permission is not checked for callers who come with Digest.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            permit(call, verdict, Call::by_digest);
        })],
    },
    Fault {
        name: "reader-allowed-for-pending",
        clause: "auth.permission",
        summary: "The permission is not checked where the user is pending.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            permit(call, verdict, Call::was_pending);
        })],
    },
    Fault {
        name: "reader-allowed-with-envelope",
        clause: "auth.permission",
        summary: "The permission is not checked with envelope=true.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            permit(call, verdict, |call| call.flags.envelope);
        })],
    },
    Fault {
        name: "reader-allowed-without-media-type",
        clause: "auth.permission",
        summary: "The permission is not checked where the body has no media type.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            permit(call, verdict, |call| call.request.header("content-type").is_none());
        })],
    },
    Fault {
        name: "reader-allowed-what-was-done",
        clause: "auth.permission",
        summary: "What was just answered with 200 is answered with 200 to anybody.",
        hooks: &[
            Hook::After(Step::Permission, |call, verdict| {
                let asked = format!("{} {:?}", call.request.target, call.request.body);
                if *verdict == Err(Refusal::Forbidden) && call.memory.recall(&asked).is_some() {
                    *verdict = Ok(());
                }
            }),
            Hook::Decision(|call, _, decision| {
                if call.caller.is_some_and(|caller| caller.account != Account::Owner) {
                    *decision = call.removal_of_nothing();
                }
            }),
            Hook::Reply(|call, reply| {
                if reply.status == 200 {
                    let asked = format!("{} {:?}", call.request.target, call.request.body);
                    call.memory.note(&asked, true.into());
                }
            }),
        ],
    },
    Fault {
        name: "reader-allowed-to-take-read-only",
        clause: "auth.permission",
        summary: "The permission is not checked where GROUP_READ_ONLY is to go.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            permit(call, verdict, |call| asked_role(call).as_deref() == Some("GROUP_READ_ONLY"));
        })],
    },
    Fault {
        name: "reader-told-not-found",
        clause: "auth.permission",
        summary: "A caller without the permission is answered with 404.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 404, |why| *why == Refusal::Forbidden);
        })],
    },
    Fault {
        name: "reader-unauthorized",
        clause: "auth.valid-credentials",
        summary: "A caller without the permission is answered with 401.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::Forbidden) {
                reply.restate(401);
                reply.challenge(call);
            }
        })],
    },
    Fault {
        name: "unknown-role-unauthorized",
        clause: "auth.valid-credentials",
        summary: "A role that doesn't exist is answered with 401.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::UnknownRole) {
                reply.restate(401);
                reply.challenge(call);
            }
        })],
    },
    Fault {
        name: "last-role-unauthorized",
        clause: "auth.valid-credentials",
        summary: "The removal of the only role is answered with 401.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::LastRole) {
                reply.restate(401);
                reply.challenge(call);
            }
        })],
    },
];
