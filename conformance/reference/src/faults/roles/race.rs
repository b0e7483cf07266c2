//! Defects that show when removals race.

use std::time::Duration;

use crate::{
    call::Call,
    faults::{
        deed::{restore, with_user},
        fault::Fault,
        tamper::claim_removal,
    },
    hook::Hook,
    refusal::Refusal,
    reply::Reply,
};

/// Long enough for other requests to slip in.
const WINDOW: Duration = Duration::from_millis(1);

fn window_if(applies: bool) -> Duration {
    if applies { WINDOW } else { Duration::ZERO }
}

/// Calls a removal that was done a conflict.
fn deny_removal(call: &Call, reply: &mut Reply) {
    if call.refusal.is_none() && call.memory.is_crowded() {
        *reply = Reply::refuse(call, &Refusal::Other(409, "CONCURRENT_MODIFICATION"));
    }
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "race-empties-the-user",
        clause: "roles.never-empty-under-race",
        summary: "Between the check and the change other removals slip in.",
        hooks: &[Hook::Window(|_| WINDOW)],
    },
    Fault {
        name: "race-empties-pending-users",
        clause: "roles.never-empty-under-race",
        summary: "Between the check and the change of a pending user other removals slip in.",
        hooks: &[Hook::Window(|call| window_if(call.was_pending()))],
    },
    Fault {
        name: "race-empties-active-users",
        clause: "roles.never-empty-under-race",
        summary: "Between the check and the change of an active user other removals slip in.",
        hooks: &[Hook::Window(|call| window_if(call.was_active()))],
    },
    Fault {
        name: "race-by-digest-empties-the-user",
        clause: "roles.never-empty-under-race",
        summary: "Between the check and the change other removals slip in, if by Digest.",
        hooks: &[Hook::Window(|call| window_if(call.by_digest()))],
    },
    Fault {
        name: "race-with-envelope-empties-the-user",
        clause: "roles.never-empty-under-race",
        summary: "Between the check and the change other removals slip in, with envelope=true.",
        hooks: &[Hook::Window(|call| window_if(call.flags.envelope))],
    },
    Fault {
        name: "race-among-many-empties-the-user",
        clause: "roles.never-empty-under-race",
        summary: "The window is open only where the user has four or more roles.",
        hooks: &[Hook::Window(|call| window_if(call.had().len() >= 4))],
    },
    Fault {
        name: "race-in-the-last-step-empties-the-user",
        clause: "roles.never-empty-under-race",
        summary: "The window is open only where the user has exactly two roles.",
        hooks: &[Hook::Window(|call| window_if(call.had().len() == 2))],
    },
    Fault {
        name: "race-loses-removals",
        clause: "roles.never-empty-under-race",
        summary: "Of two racing removals one undoes the other, and both are confirmed.",
        hooks: &[
            Hook::Window(|_| WINDOW),
            Hook::Effect(|call, store| {
                if call.refusal.is_none() {
                    let left = call.had().iter().filter(|role| Some(role.as_str()) != call.role());
                    with_user(call, store, |member| member.roles = left.cloned().collect());
                }
            }),
        ],
    },
    Fault {
        name: "race-denies-what-was-done",
        clause: "roles.never-empty-under-race",
        summary: "Racing removals are done and answered with 409.",
        hooks: &[Hook::Before(|_| WINDOW), Hook::Reply(deny_removal)],
    },
    Fault {
        name: "race-confirms-what-was-not-done",
        clause: "roles.never-empty-under-race",
        summary: "Racing removals are confirmed and not done.",
        hooks: &[
            Hook::Before(|_| WINDOW),
            Hook::Effect(|call, store| {
                if call.refusal.is_none() && call.memory.is_crowded() {
                    restore(call, store);
                }
            }),
            Hook::Reply(claim_removal),
        ],
    },
];
