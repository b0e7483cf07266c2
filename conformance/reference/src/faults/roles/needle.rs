//! Removals that fail for some users, roles and histories only.

use crate::{
    call::Call,
    faults::{
        deed::{restore, with_user},
        fault::Fault,
        tamper::claim_removal,
    },
    hook::Hook,
    reply::Reply,
    store::Store,
};

/// Keeps the role in the store where such a thing is so.
fn keep(call: &Call, store: &mut Store, keeps: fn(&Call) -> bool) {
    if call.refusal.is_none() && keeps(call) {
        restore(call, store);
    }
}

/// Claims the removal that wasn't done.
fn claim(call: &Call, reply: &mut Reply) {
    claim_removal(call, reply);
}

/// Takes one more role along where such a thing is so.
fn take_more(call: &Call, store: &mut Store, takes: fn(&Call) -> bool) {
    if call.refusal.is_none() && takes(call) {
        with_user(call, store, |member| {
            if member.roles.len() > 1 {
                member.roles.remove(0);
            }
        });
    }
}

fn user(call: &Call) -> &str {
    call.route.user().unwrap_or_default()
}

fn username(call: &Call) -> &str {
    call.before.as_ref().map_or("", |member| &member.person.username)
}

fn removals(call: &Call) -> usize {
    call.before.as_ref().map_or(0, |member| member.removed.len())
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "owners-stay-owners",
        clause: "roles.removes-exactly-one",
        summary: "GROUP_OWNER is never removed, though its removal is confirmed.",
        hooks: &[
            Hook::Effect(|call, store| {
                keep(call, store, |call| call.role() == Some("GROUP_OWNER"))
            }),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "search-index-editor-takes-another-along",
        clause: "roles.removes-exactly-one",
        summary: "GROUP_SEARCH_INDEX_EDITOR takes the oldest role along.",
        hooks: &[Hook::Effect(|call, store| {
            take_more(call, store, |call| call.role() == Some("GROUP_SEARCH_INDEX_EDITOR"));
        })],
    },
    Fault {
        name: "backup-manager-stays-beside-search-index-editor",
        clause: "roles.removes-exactly-one",
        summary: "GROUP_BACKUP_MANAGER is not removed where the only other role is GROUP_SEARCH_INDEX_EDITOR.",
        hooks: &[
            Hook::Effect(|call, store| {
                keep(call, store, |call| {
                    call.role() == Some("GROUP_BACKUP_MANAGER")
                        && call.had().len() == 2
                        && call.had().iter().any(|role| role == "GROUP_SEARCH_INDEX_EDITOR")
                });
            }),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "nothing-removed-from-ids-with-first-digit-7",
        clause: "roles.removes-exactly-one",
        summary: "Nothing is removed from users whose id begins with 7, though it is confirmed.",
        hooks: &[
            Hook::Effect(|call, store| keep(call, store, |call| user(call).starts_with('7'))),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "two-removed-from-ids-with-last-digit-c",
        clause: "roles.removes-exactly-one",
        summary: "Users whose id ends in c lose two roles at once.",
        hooks: &[Hook::Effect(|call, store| {
            take_more(call, store, |call| user(call).ends_with('c'));
        })],
    },
    Fault {
        name: "two-removed-from-usernames-with-7",
        clause: "roles.removes-exactly-one",
        summary: "Users with a 7 in their username lose two roles at once.",
        hooks: &[Hook::Effect(|call, store| {
            take_more(call, store, |call| username(call).contains('7'));
        })],
    },
    Fault {
        name: "nothing-removed-from-every-third-username",
        clause: "roles.removes-exactly-one",
        summary: "Nothing is removed from a third of all usernames, though it is confirmed.",
        hooks: &[
            Hook::Effect(|call, store| {
                keep(call, store, |call| {
                    username(call).bytes().map(u32::from).sum::<u32>() % 3 == 0
                })
            }),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "two-removed-from-five",
        clause: "roles.removes-exactly-one",
        summary: "Users with exactly five roles lose two at once.",
        hooks: &[Hook::Effect(|call, store| take_more(call, store, |call| call.had().len() == 5))],
    },
    Fault {
        name: "nothing-removed-from-eight-or-more",
        clause: "roles.removes-exactly-one",
        summary: "Nothing is removed from users with eight or more roles, though it is confirmed.",
        hooks: &[
            Hook::Effect(|call, store| keep(call, store, |call| call.had().len() >= 8)),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "alphabetically-last-role-stays",
        clause: "roles.removes-exactly-one",
        summary: "The role that comes last in the alphabet stays, though its removal is confirmed.",
        hooks: &[
            Hook::Effect(|call, store| {
                keep(call, store, |call| {
                    call.had().iter().max().map(String::as_str) == call.role()
                });
            }),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "oldest-role-takes-another-along",
        clause: "roles.removes-exactly-one",
        summary: "Removing the role that was given first takes another along.",
        hooks: &[Hook::Effect(|call, store| {
            take_more(call, store, |call| call.had().first().map(String::as_str) == call.role());
        })],
    },
    Fault {
        name: "newest-role-stays",
        clause: "roles.removes-exactly-one",
        summary: "The role that was given last stays where there are three or more.",
        hooks: &[
            Hook::Effect(|call, store| {
                keep(call, store, |call| {
                    call.had().len() > 2 && call.had().last().map(String::as_str) == call.role()
                });
            }),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "fourth-removal-not-done",
        clause: "roles.removes-exactly-one",
        summary: "The fourth removal from the same user is confirmed and not done.",
        hooks: &[
            Hook::Effect(|call, store| keep(call, store, |call| removals(call) == 3)),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "removal-in-descending-order-not-done",
        clause: "roles.removes-exactly-one",
        summary: "A role that precedes the one removed before in the alphabet stays.",
        hooks: &[
            Hook::Effect(|call, store| {
                keep(call, store, |call| {
                    let previous = call.before.as_ref().and_then(|member| member.removed.last());
                    previous
                        .is_some_and(|previous| previous.as_str() > call.role().unwrap_or_default())
                });
            }),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "role-given-again-stays",
        clause: "roles.removes-exactly-one",
        summary: "A role that was removed once, and given again, is not removed again.",
        hooks: &[
            Hook::Effect(|call, store| {
                keep(call, store, |call| {
                    let removed = call.before.iter().flat_map(|member| &member.removed);
                    removed.into_iter().any(|role| Some(role.as_str()) == call.role())
                });
            }),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "second-removal-on-a-connection-not-done",
        clause: "roles.removes-exactly-one",
        summary: "Every second removal on a connection is confirmed and not done.",
        hooks: &[
            Hook::Effect(|call, store| {
                keep(call, store, |call| {
                    let key = format!("removals on connection {}", call.request.connection);
                    call.memory.count(&key).is_multiple_of(2)
                });
            }),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "pretty-digest-removes-nothing-from-pending-users",
        clause: "roles.removes-exactly-one",
        summary: "With Digest and pretty=true nothing is removed from pending users.",
        hooks: &[
            Hook::Effect(|call, store| {
                keep(call, store, |call| {
                    call.by_digest() && call.flags.pretty && call.was_pending()
                });
            }),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "envelope-removes-nothing",
        clause: "roles.removes-exactly-one",
        summary: "With envelope=true a removal is confirmed and not done.",
        hooks: &[
            Hook::Effect(|call, store| keep(call, store, |call| call.flags.envelope)),
            Hook::Reply(claim),
        ],
    },
    Fault {
        name: "digest-removes-two",
        clause: "roles.removes-exactly-one",
        summary: "With Digest a removal takes another role along.",
        hooks: &[Hook::Effect(|call, store| take_more(call, store, Call::by_digest))],
    },
];
