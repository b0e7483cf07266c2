//! Refusals that change something.

use crate::{
    auth::Denial,
    call::Call,
    faults::{
        deed::{asked_role, remove_anyway, remove_some, with_elsewhere, with_user},
        fault::Fault,
    },
    hook::Hook,
    refusal::{Flaw, Refusal},
    store::Store,
};

/// Does what was asked for where it was refused for such a reason.
fn act(call: &Call, store: &mut Store, acts: fn(&Refusal) -> bool) {
    if call.refusal.as_ref().is_some_and(acts) {
        remove_anyway(call, store);
    }
}

fn lock(call: &Call) -> String {
    format!("locked {}", call.route.user().unwrap_or_default())
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "malformed-body-removes-a-role",
        clause: "roles.refusal-changes-nothing",
        summary: "A body that is refused removes the role that was given last.",
        hooks: &[Hook::Effect(|call, store| {
            if matches!(call.refusal, Some(Refusal::Body(_))) {
                remove_some(call, store);
            }
        })],
    },
    Fault {
        name: "null-role-removes-a-role",
        clause: "roles.refusal-changes-nothing",
        summary: "A groupRole of null is refused and removes the role that was given last.",
        hooks: &[Hook::Effect(|call, store| {
            if call.refused_for(&Refusal::Body(Flaw::Null("groupRole"))) {
                remove_some(call, store);
            }
        })],
    },
    Fault {
        name: "unknown-role-removes-a-role",
        clause: "roles.refusal-changes-nothing",
        summary: "An unknown role is refused, and the role that was given last is removed.",
        hooks: &[Hook::Effect(|call, store| {
            if call.refused_for(&Refusal::UnknownRole) {
                remove_some(call, store);
            }
        })],
    },
    Fault {
        name: "absent-role-removes-another",
        clause: "roles.refusal-changes-nothing",
        summary: "Asking to remove a role that the user lacks is refused and removes another.",
        hooks: &[Hook::Effect(|call, store| {
            if call.refused_for(&Refusal::AbsentRole) {
                remove_some(call, store);
            }
        })],
    },
    Fault {
        name: "absent-role-given",
        clause: "roles.refusal-changes-nothing",
        summary: "Asking to remove a role that the user lacks is refused and gives it.",
        hooks: &[Hook::Effect(|call, store| {
            if let (true, Some(role)) = (call.refused_for(&Refusal::AbsentRole), asked_role(call)) {
                with_user(call, store, |member| member.roles.push(role));
            }
        })],
    },
    Fault {
        name: "absent-role-removed-elsewhere",
        clause: "roles.refusal-changes-nothing",
        summary: "A role that the user lacks here is removed in the other project.",
        hooks: &[Hook::Effect(|call, store| {
            if let (true, Some(role)) = (call.refused_for(&Refusal::AbsentRole), asked_role(call)) {
                with_elsewhere(call, store, |member| {
                    if member.roles.len() > 1 {
                        member.remove(&role);
                    }
                });
            }
        })],
    },
    Fault {
        name: "missing-credentials-refused-and-done",
        clause: "roles.refusal-changes-nothing",
        summary: "A removal without credentials is answered with 401 and done.",
        hooks: &[Hook::Effect(|call, store| {
            act(call, store, |why| *why == Refusal::Unauthenticated(Denial::Missing));
        })],
    },
    Fault {
        name: "unknown-token-refused-and-done",
        clause: "roles.refusal-changes-nothing",
        summary: "A removal with a token that was never issued is answered with 401 and done.",
        hooks: &[Hook::Effect(|call, store| {
            act(call, store, |why| *why == Refusal::Unauthenticated(Denial::Token));
        })],
    },
    Fault {
        name: "wrong-digest-refused-and-done",
        clause: "roles.refusal-changes-nothing",
        summary: "A removal with a wrong Digest response is answered with 401 and done.",
        hooks: &[Hook::Effect(|call, store| {
            act(call, store, |why| *why == Refusal::Unauthenticated(Denial::DigestResponse));
        })],
    },
    Fault {
        name: "missing-permission-refused-and-done",
        clause: "roles.refusal-changes-nothing",
        summary: "A removal without the permission is answered with 403 and done.",
        hooks: &[Hook::Effect(|call, store| act(call, store, |why| *why == Refusal::Forbidden))],
    },
    Fault {
        name: "bad-query-refused-and-done",
        clause: "roles.refusal-changes-nothing",
        summary: "A removal with a flag that is no boolean is answered with 400 and done.",
        hooks: &[Hook::Effect(|call, store| {
            act(call, store, |why| matches!(why, Refusal::QueryParameter(_)));
        })],
    },
    Fault {
        name: "other-media-type-refused-and-done",
        clause: "roles.refusal-changes-nothing",
        summary: "A removal with a media type that isn't understood is answered with 400 and done.",
        hooks: &[Hook::Effect(|call, store| act(call, store, |why| *why == Refusal::MediaType))],
    },
    Fault {
        name: "unknown-project-refused-and-done",
        clause: "roles.refusal-changes-nothing",
        summary: "A removal in a project that doesn't exist is answered with 404, and done in others.",
        hooks: &[Hook::Effect(|call, store| {
            if let (true, Some(role)) =
                (call.refused_for(&Refusal::UnknownProject), asked_role(call))
            {
                with_elsewhere(call, store, |member| {
                    if member.roles.len() > 1 {
                        member.remove(&role);
                    }
                });
            }
        })],
    },
    Fault {
        name: "user-of-other-project-refused-and-done",
        clause: "roles.refusal-changes-nothing",
        summary: "A user of the other project only is answered with 404 and loses the role there.",
        hooks: &[Hook::Effect(|call, store| {
            if let (true, Some(role)) = (call.refused_for(&Refusal::UnknownUser), asked_role(call))
            {
                with_elsewhere(call, store, |member| {
                    if member.roles.len() > 1 {
                        member.remove(&role);
                    }
                });
            }
        })],
    },
    Fault {
        name: "third-refusal-removes-a-role",
        clause: "roles.refusal-changes-nothing",
        summary: "The third refusal for the same user removes the role that was given last.",
        hooks: &[Hook::Effect(|call, store| {
            let key = format!("refusals {}", call.route.user().unwrap_or_default());
            if call.refusal.is_some() && call.memory.count(&key) == 3 {
                remove_some(call, store);
            }
        })],
    },
    Fault {
        name: "refusal-locks-the-user",
        clause: "roles.refusal-changes-nothing",
        summary: "After a refused last role the user's next legal removal is answered with 409.",
        hooks: &[
            Hook::Decision(|call, _, decision| {
                if decision.is_ok() && call.memory.recall(&lock(call)).is_some() {
                    *decision = Err(Refusal::Other(409, "USER_LOCKED"));
                }
            }),
            Hook::Effect(|call, _| {
                if call.refused_for(&Refusal::LastRole) {
                    call.memory.note(&lock(call), true.into());
                }
            }),
        ],
    },
    Fault {
        name: "malformed-body-locks-the-user",
        clause: "roles.refusal-changes-nothing",
        summary: "After a malformed body the user's next legal removal is answered with 409.",
        hooks: &[
            Hook::Decision(|call, _, decision| {
                if decision.is_ok() && call.memory.forget(&lock(call)).is_some() {
                    *decision = Err(Refusal::Other(409, "USER_LOCKED"));
                }
            }),
            Hook::Effect(|call, _| {
                if matches!(call.refusal, Some(Refusal::Body(_))) {
                    call.memory.note(&lock(call), true.into());
                }
            }),
        ],
    },
];
