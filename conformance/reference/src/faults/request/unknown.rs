//! Well-formed ids and role names that name nothing, and are not told so.

use crate::{
    faults::{
        accept::{BROKEN, fail},
        deed::asked_role,
        fault::Fault,
        tamper::restate,
    },
    hook::Hook,
    refusal::Refusal,
    roles::is_organization_role,
    route::Target,
    step::Step,
    store::Removal,
};

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "unknown-user-is-bad-request",
        clause: "request.unknown-user",
        summary: "A user that the project doesn't have is answered with 400.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 400, |why| *why == Refusal::UnknownUser);
        })],
    },
    Fault {
        name: "unknown-user-is-forbidden",
        clause: "request.unknown-user",
        summary: "A user that the project doesn't have is answered with 403.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 403, |why| *why == Refusal::UnknownUser);
        })],
    },
    Fault {
        name: "unknown-user-is-gone",
        clause: "request.unknown-user",
        summary: "A user that the project doesn't have is answered with 410.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 410, |why| *why == Refusal::UnknownUser);
        })],
    },
    Fault {
        name: "unknown-user-fails",
        clause: "status.no-server-error",
        summary: "A user that the project doesn't have brings 500.",
        hooks: &[Hook::Decision(|_, _, decision| {
            if matches!(decision, Err(Refusal::UnknownUser)) {
                *decision = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "user-served-in-any-project",
        clause: "request.unknown-user",
        summary: "A user of the first project is changed there where the second is named.",
        hooks: &[Hook::Decision(|call, store, decision| {
            let (Err(Refusal::UnknownUser), Some(mut target)) = (&decision, call.target()) else {
                return;
            };
            let Some(first) = store.groups().next() else { return };
            target.group.clone_from(first);
            if let Ok(removal) = store.decide(&target, call.role().unwrap_or_default()) {
                *decision = Ok(removal);
            }
        })],
    },
    Fault {
        name: "user-of-the-other-project-served",
        clause: "request.unknown-user",
        summary: "A user of the other project only is served there, whatever project is named.",
        hooks: &[Hook::Decision(|call, store, decision| {
            let (Err(Refusal::UnknownUser), Some(mut target)) = (&decision, call.target()) else {
                return;
            };
            for group in store.groups() {
                target.group.clone_from(group);
                if let Ok(removal) = store.decide(&target, call.role().unwrap_or_default()) {
                    *decision = Ok(removal);
                    return;
                }
            }
        })],
    },
    Fault {
        name: "user-id-compared-by-23-digits",
        clause: "request.unknown-user",
        summary: "The last digit of a userId is not compared.",
        hooks: &[Hook::Decision(|call, store, decision| {
            let (Err(Refusal::UnknownUser), Some(target)) = (&decision, call.target()) else {
                return;
            };
            let near = store
                .members(&target.group)
                .find(|member| member.person.id[..23] == target.user[..23])
                .map(|member| member.person.id.clone());
            if let Some(user) = near {
                let role = call.role().unwrap_or_default().to_owned();
                let near = Target { user, ..target };
                *decision = store.decide(&near, &role).map(|_| Removal { target: near, role });
            }
        })],
    },
    Fault {
        name: "unknown-project-fails",
        clause: "request.unknown-group",
        summary: "A project that doesn't exist brings 500.",
        hooks: &[Hook::After(Step::Project, |call, verdict| fail(call, verdict, |_, _| true))],
    },
    Fault {
        name: "unknown-project-is-bad-request",
        clause: "request.unknown-group",
        summary: "A project that doesn't exist is answered with 400.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 400, |why| *why == Refusal::UnknownProject);
        })],
    },
    Fault {
        name: "unknown-project-is-conflict",
        clause: "request.unknown-group",
        summary: "A project that doesn't exist is answered with 409.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 409, |why| *why == Refusal::UnknownProject);
        })],
    },
    Fault {
        name: "project-not-compared",
        clause: "request.unknown-group",
        summary: "A project that doesn't exist is taken for the one that has the user.",
        hooks: &[
            Hook::After(Step::Project, |_, verdict| *verdict = Ok(())),
            Hook::Decision(|call, store, decision| {
                let Some(mut target) = call.target() else { return };
                if store.has_project(&target.group) {
                    return;
                }
                for group in store.groups() {
                    target.group.clone_from(group);
                    if let Ok(removal) = store.decide(&target, call.role().unwrap_or_default()) {
                        *decision = Ok(removal);
                    }
                }
            }),
        ],
    },
    Fault {
        name: "unknown-role-confirmed",
        clause: "request.unknown-role",
        summary: "Removing a role that doesn't exist is answered with 200.",
        hooks: &[
            Hook::After(Step::Body, |_, verdict| {
                if *verdict == Err(Refusal::UnknownRole) {
                    *verdict = Ok(());
                }
            }),
            Hook::Decision(|call, _, decision| {
                if call.role().is_none() && matches!(decision, Err(Refusal::AbsentRole)) {
                    *decision = call.removal_of_nothing();
                }
            }),
        ],
    },
    Fault {
        name: "organization-role-confirmed",
        clause: "request.unknown-role",
        summary: "Removing a role of organizations is answered with 200.",
        hooks: &[
            Hook::After(Step::Body, |_, verdict| {
                if *verdict == Err(Refusal::OrganizationRole) {
                    *verdict = Ok(());
                }
            }),
            Hook::Decision(|call, _, decision| {
                if call.role().is_none() && matches!(decision, Err(Refusal::AbsentRole)) {
                    *decision = call.removal_of_nothing();
                }
            }),
        ],
    },
    Fault {
        name: "unknown-role-unprocessable",
        clause: "request.unknown-role",
        summary: "A role that doesn't exist is refused with 422.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 422, |why| *why == Refusal::UnknownRole);
        })],
    },
    Fault {
        name: "empty-role-confirmed",
        clause: "request.unknown-role",
        summary: "Removing a role with an empty name is answered with 200.",
        hooks: &[
            Hook::After(Step::Body, |call, verdict| {
                if asked_role(call).as_deref() == Some("") {
                    *verdict = Ok(());
                }
            }),
            Hook::Decision(|call, _, decision| {
                if call.role().is_none() && matches!(decision, Err(Refusal::AbsentRole)) {
                    *decision = call.removal_of_nothing();
                }
            }),
        ],
    },
    Fault {
        name: "non-ascii-role-fails",
        clause: "status.no-server-error",
        summary: "A role name with characters beyond ASCII brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            fail(call, verdict, |call, _| asked_role(call).is_some_and(|role| !role.is_ascii()));
        })],
    },
    Fault {
        name: "control-character-in-role-fails",
        clause: "status.no-server-error",
        summary: "A role name with a control character brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            fail(call, verdict, |call, _| {
                asked_role(call).is_some_and(|role| role.contains(char::is_control))
            });
        })],
    },
    Fault {
        name: "long-role-fails",
        clause: "status.no-server-error",
        summary: "A role name of more than 200 characters brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            fail(call, verdict, |call, _| asked_role(call).is_some_and(|role| role.len() > 200));
        })],
    },
    Fault {
        name: "organization-role-fails",
        clause: "status.no-server-error",
        summary: "A role of organizations brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            fail(call, verdict, |call, _| {
                asked_role(call).is_some_and(|role| is_organization_role(&role))
            });
        })],
    },
];
