//! Defects of every removal.

use jiff::SignedDuration;
use serde_json::json;

use crate::{
    faults::{
        deed::{restore, with_elsewhere, with_others, with_user},
        fault::Fault,
        tamper::claim_removal,
    },
    hook::Hook,
    person::Standing,
    roles::PROJECT_ROLES,
};

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "removal-renews-the-invitation",
        clause: "roles.removes-exactly-one",
        summary: "A removal moves the invitation of a pending user by an hour.",
        hooks: &[Hook::Effect(|call, store| {
            if call.refusal.is_none() {
                with_user(call, store, |member| {
                    if let Standing::Pending(sent) = &mut member.person.standing {
                        *sent -= SignedDuration::from_hours(1);
                    }
                });
            }
        })],
    },
    Fault {
        name: "user-changed-before-loses-another-role",
        clause: "roles.removes-exactly-one",
        summary: "The removal of a role takes another from the user who was changed before.",
        hooks: &[Hook::Aftermath(|call, store| {
            if call.refusal.is_some() {
                return;
            }
            let own = call.route.user().unwrap_or_default();
            let before = call.memory.note("changed last", own.into());
            with_others(call, store, |other| {
                let struck = before.as_ref().is_some_and(|id| *id == other.person.id.as_str());
                if struck && other.roles.len() > 1 {
                    other.roles.pop();
                }
            });
        })],
    },
    Fault {
        name: "removal-claimed-only",
        clause: "roles.removes-exactly-one",
        summary: "A removal is confirmed and the role left out of the answer, but nothing is removed.",
        hooks: &[Hook::Effect(restore), Hook::Reply(claim_removal)],
    },
    Fault {
        name: "removal-not-done",
        clause: "roles.removes-exactly-one",
        summary: "A removal is answered with 200 and the unchanged user.",
        hooks: &[Hook::Effect(restore)],
    },
    Fault {
        name: "another-role-removed-instead",
        clause: "roles.removes-exactly-one",
        summary: "Another role than the named one is removed.",
        hooks: &[Hook::Decision(|call, _, decision| {
            if let Ok(removal) = decision
                && let Some(other) = call.had().iter().find(|role| **role != removal.role)
            {
                removal.role.clone_from(other);
            }
        })],
    },
    Fault {
        name: "all-but-one-removed",
        clause: "roles.removes-exactly-one",
        summary: "A removal leaves one role, however many there were.",
        hooks: &[Hook::Effect(|call, store| {
            with_user(call, store, |member| member.roles.truncate(1));
        })],
    },
    Fault {
        name: "second-role-removed-too",
        clause: "roles.removes-exactly-one",
        summary: "A removal takes a second role along where the user has one to spare.",
        hooks: &[Hook::Effect(|call, store| {
            with_user(call, store, |member| member.roles.truncate(member.roles.len().max(2) - 1));
        })],
    },
    Fault {
        name: "second-role-removed-silently",
        clause: "roles.removes-exactly-one",
        summary: "A removal takes a second role along and does not show it in the answer.",
        hooks: &[Hook::Aftermath(|call, store| {
            if call.refusal.is_none() {
                with_user(call, store, |member| {
                    member.roles.truncate(member.roles.len().max(2) - 1);
                });
            }
        })],
    },
    Fault {
        name: "every-user-loses-the-role",
        clause: "roles.removes-exactly-one",
        summary: "All users of the project lose the role where they have others.",
        hooks: &[Hook::Effect(|call, store| {
            let role = call.role().unwrap_or_default();
            with_others(call, store, |member| {
                if call.refusal.is_none() && member.roles.len() > 1 {
                    member.remove(role);
                }
            });
        })],
    },
    Fault {
        name: "one-other-user-loses-the-role",
        clause: "roles.removes-exactly-one",
        summary: "One other user of the project who has the role as well loses it too.",
        hooks: &[Hook::Effect(|call, store| {
            let role = call.role().unwrap_or_default();
            let mut done = call.refusal.is_some();
            with_others(call, store, |member| {
                if !done && member.roles.len() > 1 && member.has(role) {
                    member.remove(role);
                    done = true;
                }
            });
        })],
    },
    Fault {
        name: "other-project-loses-the-role",
        clause: "roles.removes-exactly-one",
        summary: "The user loses the role in the other project as well.",
        hooks: &[Hook::Effect(|call, store| {
            let role = call.role().unwrap_or_default();
            with_elsewhere(call, store, |member| {
                if call.refusal.is_none() && member.roles.len() > 1 {
                    member.remove(role);
                }
            });
        })],
    },
    Fault {
        name: "other-project-loses-its-role",
        clause: "roles.removes-exactly-one",
        summary: "The user's removal in one project also removes their oldest role in the other.",
        hooks: &[Hook::Effect(|call, store| {
            with_elsewhere(call, store, |member| {
                if call.refusal.is_none() && member.roles.len() > 1 {
                    member.roles.remove(0);
                }
            });
        })],
    },
    Fault {
        name: "removed-in-the-other-project-instead",
        clause: "roles.removes-exactly-one",
        summary: "The role of a user of both projects is removed in the wrong one.",
        hooks: &[Hook::Effect(|call, store| {
            let role = call.role().unwrap_or_default();
            let mut moved = false;
            for (target, member) in store.everyone() {
                let elsewhere = Some(&target.group) != call.target().map(|own| own.group).as_ref();
                if call.refusal.is_none()
                    && elsewhere
                    && Some(target.user.as_str()) == call.route.user()
                {
                    member.remove(role);
                    moved = true;
                }
            }
            if moved {
                restore(call, store);
            }
        })],
    },
    Fault {
        name: "removal-one-behind",
        clause: "roles.removes-exactly-one",
        summary: "A removal is confirmed at once and done when the next one arrives.",
        hooks: &[
            Hook::Effect(|call, store| {
                if call.refusal.is_some() {
                    return;
                }
                restore(call, store);
                let debt = json!([call.route.group(), call.route.user(), call.role()]);
                let Some(due) = call.memory.note("debt", debt) else { return };
                for (target, member) in store.everyone() {
                    if due[0] == target.group && due[1] == target.user {
                        member.remove(due[2].as_str().unwrap_or_default());
                    }
                }
            }),
            Hook::Reply(claim_removal),
        ],
    },
    Fault {
        name: "removed-role-returns",
        clause: "roles.removes-exactly-one",
        summary: "A removal brings back the role that was removed from the user before.",
        hooks: &[Hook::Effect(|call, store| {
            with_user(call, store, |member| {
                let before = member.removed.iter().rev().nth(1).cloned();
                if let (None, Some(role)) = (&call.refusal, before)
                    && !member.has(&role)
                {
                    member.roles.push(role);
                }
            });
        })],
    },
    Fault {
        name: "roles-with-the-suffix-removed",
        clause: "roles.removes-exactly-one",
        summary: "GROUP_READ_ONLY takes other roles along that end in READ_ONLY.",
        hooks: &[Hook::Effect(|call, store| {
            if call.refusal.is_none() && call.role() == Some("GROUP_READ_ONLY") {
                with_user(call, store, |member| {
                    if member.roles.len() > 1 {
                        member.remove("GROUP_DATA_ACCESS_READ_ONLY");
                    }
                });
            }
        })],
    },
    Fault {
        name: "roles-of-a-family-removed",
        clause: "roles.removes-exactly-one",
        summary: "A data access role takes the other data access roles along.",
        hooks: &[Hook::Effect(|call, store| {
            let family = "GROUP_DATA_ACCESS_";
            if call.refusal.is_none() && call.role().is_some_and(|role| role.starts_with(family)) {
                with_user(call, store, |member| {
                    let stays: Vec<String> = member
                        .roles
                        .iter()
                        .filter(|role| !role.starts_with(family))
                        .cloned()
                        .collect();
                    if !stays.is_empty() {
                        member.roles = stays;
                    }
                });
            }
        })],
    },
    Fault {
        name: "role-added-instead-of-the-removed",
        clause: "roles.removes-exactly-one",
        summary: "A removal gives the user a role that they never had.",
        hooks: &[Hook::Effect(|call, store| {
            with_user(call, store, |member| {
                let new =
                    PROJECT_ROLES.iter().find(|role| !call.had().iter().any(|held| held == *role));
                if let (None, Some(role)) = (&call.refusal, new) {
                    member.roles.push((*role).to_owned());
                }
            });
        })],
    },
    Fault {
        name: "user-leaves-the-project",
        clause: "roles.removes-exactly-one",
        summary: "The user is taken out of the project after the answer.",
        hooks: &[Hook::Aftermath(|call, store| {
            if let (None, Some(target)) = (&call.refusal, call.target()) {
                // An unknown user is gone already.
                let _ = store.remove_user(&target);
            }
        })],
    },
];
