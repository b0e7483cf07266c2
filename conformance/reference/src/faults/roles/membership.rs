//! Defects for active users, for pending ones, and for those out of reach.

use crate::{
    call::Call,
    faults::{accept::refuse, deed::with_user, fault::Fault, tamper::claim_removal},
    hook::Hook,
    refusal::Refusal,
};

fn out_of_reach(call: &Call) -> bool {
    call.before.as_ref().is_some_and(|member| member.out_of_reach)
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "active-users-unknown",
        clause: "roles.active-user",
        summary: "Active users are answered with 404.",
        hooks: &[Hook::Decision(|call, _, decision| {
            refuse(call, decision, Refusal::UnknownUser, Call::was_active);
        })],
    },
    Fault {
        name: "active-owners-refused",
        clause: "roles.active-user",
        summary: "GROUP_OWNER can't be removed from an active user.",
        hooks: &[Hook::Decision(|call, _, decision| {
            refuse(call, decision, Refusal::Forbidden, |call| {
                call.was_active() && call.role() == Some("GROUP_OWNER")
            });
        })],
    },
    Fault {
        name: "active-users-removal-claimed-only",
        clause: "roles.active-user",
        summary: "Nothing is removed from active users, though it is confirmed.",
        hooks: &[
            Hook::Effect(|call, store| {
                if call.refusal.is_none() && call.was_active() {
                    with_user(call, store, |member| member.roles = call.had().to_vec());
                }
            }),
            Hook::Reply(claim_removal),
        ],
    },
    Fault {
        name: "pending-users-unknown",
        clause: "roles.pending-user",
        summary: "Pending users are answered with 404.",
        hooks: &[Hook::Decision(|call, _, decision| {
            refuse(call, decision, Refusal::UnknownUser, Call::was_pending);
        })],
    },
    Fault {
        name: "pending-users-conflict",
        clause: "roles.pending-user",
        summary: "Pending users with exactly two roles are answered with 409.",
        hooks: &[Hook::Decision(|call, _, decision| {
            refuse(call, decision, Refusal::Other(409, "INVITATION_PENDING"), |call| {
                call.was_pending() && call.had().len() == 2
            });
        })],
    },
    Fault {
        name: "pending-users-leave-the-project",
        clause: "roles.pending-user",
        summary: "A pending user's invitation ends with the first removal.",
        hooks: &[Hook::Aftermath(|call, store| {
            if let (None, true, Some(target)) = (&call.refusal, call.was_pending(), call.target()) {
                // An unknown user is gone already.
                let _ = store.remove_user(&target);
            }
        })],
    },
    Fault {
        name: "replacement-refused",
        clause: "roles.replace-only-role",
        summary: "The older of two roles can't be removed: it still counts as the only one.",
        hooks: &[Hook::Decision(|call, _, decision| {
            refuse(call, decision, Refusal::LastRole, |call| {
                call.had().len() == 2 && call.had().first().map(String::as_str) == call.role()
            });
        })],
    },
    Fault {
        name: "replacement-removes-the-new-role",
        clause: "roles.replace-only-role",
        summary: "Of two roles the newer one is removed, whichever is named.",
        hooks: &[Hook::Decision(|call, _, decision| {
            if let (Ok(removal), [_, newer]) = (decision, call.had()) {
                removal.role.clone_from(newer);
            }
        })],
    },
    Fault {
        name: "two-roles-count-as-one",
        clause: "roles.replace-only-role",
        summary: "A user with two roles is refused as if there were one.",
        hooks: &[Hook::Decision(|call, _, decision| {
            refuse(call, decision, Refusal::LastRole, |call| call.had().len() == 2);
        })],
    },
    Fault {
        name: "deprecated-invitation-changed",
        clause: "roles.deprecated-invitation",
        summary: "A role is removed from a user who was invited through the deprecated invitation.",
        hooks: &[Hook::Decision(|call, _, decision| {
            if out_of_reach(call) {
                *decision = call.removal();
            }
        })],
    },
    Fault {
        name: "deprecated-invitation-confirmed",
        clause: "roles.deprecated-invitation",
        summary: "Such a user is answered with 200, though nothing is removed.",
        hooks: &[Hook::Decision(|call, _, decision| {
            if out_of_reach(call) {
                *decision = call.removal_of_nothing();
            }
        })],
    },
    Fault {
        name: "deprecated-invitation-undocumented",
        clause: "roles.deprecated-invitation",
        summary: "Such a user is answered with 422.",
        hooks: &[Hook::Decision(|call, _, decision| {
            if out_of_reach(call) {
                *decision = Err(Refusal::Other(422, "INVITATION_NOT_SUPPORTED"));
            }
        })],
    },
];
