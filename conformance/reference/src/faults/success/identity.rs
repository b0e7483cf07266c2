//! Defects of id, username and orgMembershipStatus.

use serde_json::Value;

use crate::{
    faults::{
        fault::Fault,
        tamper::{active, pending, respell, set, success},
    },
    hook::Hook,
};

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "id-missing",
        clause: "success.required",
        summary: "The user has no id.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                user.remove("id");
            });
        })],
    },
    Fault {
        name: "id-null",
        clause: "success.id",
        summary: "The id is null.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| set(user, "id", Value::Null));
        })],
    },
    Fault {
        name: "id-upper-case",
        clause: "success.id",
        summary: "The id is spelled in upper case.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| respell(user, "id", str::to_ascii_uppercase));
        })],
    },
    Fault {
        name: "id-cut",
        clause: "success.id",
        summary: "The id lacks its last digit.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| respell(user, "id", |id| id[..23].to_owned()));
        })],
    },
    Fault {
        name: "id-of-the-project",
        clause: "success.id",
        summary: "The id is the project's.",
        hooks: &[Hook::Reply(|call, reply| {
            let group = call.route.group().unwrap_or_default();
            success(call, reply, |user| set(user, "id", group));
        })],
    },
    Fault {
        name: "id-of-somebody-else",
        clause: "success.id",
        summary: "The id differs from the one in the path by its first digit, for some.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                respell(user, "id", |id| match id.strip_prefix(['a', 'b', 'c', 'd']) {
                    Some(rest) => format!("0{rest}"),
                    None => id.to_owned(),
                });
            });
        })],
    },
    Fault {
        name: "id-under-another-name",
        clause: "success.required",
        summary: "The id is called userId.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                let id = user.remove("id");
                set(user, "userId", id);
            });
        })],
    },
    Fault {
        name: "username-missing",
        clause: "success.required",
        summary: "The user has no username.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                user.remove("username");
            });
        })],
    },
    Fault {
        name: "username-missing-for-pending",
        clause: "success.required",
        summary: "A pending user has no username.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                user.remove("username");
            });
        })],
    },
    Fault {
        name: "username-null",
        clause: "success.username",
        summary: "The username is null.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| set(user, "username", Value::Null));
        })],
    },
    Fault {
        name: "username-without-host",
        clause: "success.username",
        summary: "The username is no email address but its first part.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                respell(user, "username", |name| {
                    name.split('@').next().unwrap_or_default().to_owned()
                });
            });
        })],
    },
    Fault {
        name: "username-of-somebody-else",
        clause: "success.username",
        summary: "The username is another one.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| set(user, "username", "somebody.else@example.com"));
        })],
    },
    Fault {
        name: "username-of-the-inviter",
        clause: "success.username",
        summary: "The username of a pending user is the inviter's.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                let inviter = user.get("inviterUsername").cloned();
                set(user, "username", inviter);
            });
        })],
    },
    Fault {
        name: "membership-missing",
        clause: "success.required",
        summary: "The user has no orgMembershipStatus.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                user.remove("orgMembershipStatus");
            });
        })],
    },
    Fault {
        name: "membership-null",
        clause: "success.membership",
        summary: "The orgMembershipStatus of a pending user is null.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| set(user, "orgMembershipStatus", Value::Null));
        })],
    },
    Fault {
        name: "membership-lower-case",
        clause: "success.membership",
        summary: "The orgMembershipStatus is spelled in lower case.",
        hooks: &[Hook::Reply(|call, reply| {
            success(call, reply, |user| {
                respell(user, "orgMembershipStatus", str::to_ascii_lowercase);
            });
        })],
    },
    Fault {
        name: "membership-unpublished",
        clause: "success.membership",
        summary: "The orgMembershipStatus of a pending user is INVITED.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| set(user, "orgMembershipStatus", "INVITED"));
        })],
    },
    Fault {
        name: "pending-shown-as-active",
        clause: "success.membership",
        summary: "A pending user is called active.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| set(user, "orgMembershipStatus", "ACTIVE"));
        })],
    },
    Fault {
        name: "active-shown-as-pending",
        clause: "success.membership",
        summary: "An active user is called pending.",
        hooks: &[Hook::Reply(|call, reply| {
            active(call, reply, |user| set(user, "orgMembershipStatus", "PENDING"));
        })],
    },
    Fault {
        name: "pending-shown-as-expired",
        clause: "success.membership",
        summary: "A pending user's invitation is called expired.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| set(user, "orgMembershipStatus", "INVITATION_EXPIRED"));
        })],
    },
    Fault {
        name: "user-in-an-array",
        clause: "success.required",
        summary: "A success holds an array with the user in it.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refusal.is_none() {
                reply.body = reply.body.take().map(|user| Value::Array(vec![user]));
            }
        })],
    },
];
