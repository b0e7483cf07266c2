//! Defects of the only role.

use crate::{
    call::Call,
    faults::{
        accept::last,
        deed::{asked_role, with_user},
        fault::Fault,
    },
    hook::Hook,
    refusal::Refusal,
};

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "last-role-removed-if-given-again",
        clause: "roles.never-empty",
        summary: "The only role is removed if it was taken away and given again before.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                let taken = call.before.as_ref().map(|member| member.removed.as_slice());
                taken.unwrap_or_default().iter().any(|role| Some(role.as_str()) == call.role())
            })
        })],
    },
    Fault {
        name: "last-role-removed",
        clause: "roles.never-empty",
        summary: "The only role is removed like any other.",
        hooks: &[Hook::Decision(|call, _, decision| last(call, decision, |_| true))],
    },
    Fault {
        name: "last-role-refused-and-removed",
        clause: "roles.never-empty",
        summary: "The removal of the only role is refused and done.",
        hooks: &[Hook::Aftermath(|call, store| {
            if let (true, Some(role)) = (call.refused_for(&Refusal::LastRole), asked_role(call)) {
                with_user(call, store, |member| member.remove(&role));
            }
        })],
    },
    Fault {
        name: "last-role-confirmed-and-kept",
        clause: "roles.never-empty",
        summary: "The removal of the only role is answered with 200 and not done.",
        hooks: &[Hook::Decision(|call, _, decision| {
            if matches!(decision, Err(Refusal::LastRole)) {
                *decision = call.removal_of_nothing();
            }
        })],
    },
    Fault {
        name: "last-role-error-with-200",
        clause: "roles.never-empty",
        summary: "The removal of the only role is refused in the body, under the status 200.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::LastRole) {
                reply.status = 200;
            }
        })],
    },
    Fault {
        name: "last-role-removes-the-user",
        clause: "roles.never-empty",
        summary: "The removal of the only role takes the user out of the project.",
        hooks: &[
            Hook::Decision(|call, _, decision| last(call, decision, |_| true)),
            Hook::Aftermath(|call, store| {
                if let (None, 1, Some(target)) = (&call.refusal, call.had().len(), call.target()) {
                    // An unknown user is gone already.
                    let _ = store.remove_user(&target);
                }
            }),
        ],
    },
    Fault {
        name: "last-role-replaced-by-default",
        clause: "roles.never-empty",
        summary: "The refused removal of the only role leaves the user with another role.",
        hooks: &[Hook::Effect(|call, store| {
            if call.refused_for(&Refusal::LastRole) {
                with_user(call, store, |member| {
                    let default = match member.has("GROUP_READ_ONLY") {
                        true => "GROUP_OBSERVABILITY_VIEWER",
                        false => "GROUP_READ_ONLY",
                    };
                    member.roles = vec![default.to_owned()];
                });
            }
        })],
    },
    Fault {
        name: "last-role-removed-on-the-second-try",
        clause: "roles.never-empty",
        summary: "The only role is removed when its removal is asked for again.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                let key = format!("tries {}", call.route.user().unwrap_or_default());
                call.memory.count(&key) > 1
            });
        })],
    },
    Fault {
        name: "last-role-removed-after-others",
        clause: "roles.never-empty",
        summary: "The only role is removed where the user had others before.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                call.before.as_ref().is_some_and(|member| !member.removed.is_empty())
            });
        })],
    },
    Fault {
        name: "last-role-removed-from-new-users",
        clause: "roles.never-empty",
        summary: "The only role is removed where the user never had another.",
        hooks: &[Hook::Decision(|call, _, decision| {
            last(call, decision, |call| {
                call.before.as_ref().is_some_and(|member| member.removed.is_empty())
            });
        })],
    },
    Fault {
        name: "absent-role-empties-the-user",
        clause: "roles.never-empty",
        summary: "Asking to remove a role that the user lacks removes the only one.",
        hooks: &[Hook::Effect(|call, store| {
            if call.refused_for(&Refusal::AbsentRole) {
                with_user(call, store, |member| {
                    if member.roles.len() == 1 {
                        member.roles.clear();
                    }
                });
            }
        })],
    },
    Fault {
        name: "last-role-refused-as-success",
        clause: "roles.never-empty",
        summary: "The removal of the only role is answered with 204.",
        hooks: &[Hook::Reply(|call: &Call, reply| {
            if call.refused_for(&Refusal::LastRole) {
                reply.status = 204;
                reply.body = None;
                reply.media_type = None;
            }
        })],
    },
];
