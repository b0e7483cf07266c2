//! Defects of the fields that pending users have.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    faults::{
        fault::Fault,
        tamper::{pending, respell, set},
    },
    hook::Hook,
};

fn seconds(time: &str) -> i64 {
    time.parse::<Timestamp>().map(Timestamp::as_second).unwrap_or_default()
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "invitation-created-missing",
        clause: "success.required-by-status",
        summary: "A pending user has no invitationCreatedAt.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                user.remove("invitationCreatedAt");
            });
        })],
    },
    Fault {
        name: "inviter-missing",
        clause: "success.required-by-status",
        summary: "A pending user has no inviterUsername.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                user.remove("inviterUsername");
            });
        })],
    },
    Fault {
        name: "invitation-created-as-number",
        clause: "success.invitation-times",
        summary: "invitationCreatedAt is a number of seconds.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                let time = seconds(user["invitationCreatedAt"].as_str().unwrap_or_default());
                set(user, "invitationCreatedAt", time);
            });
        })],
    },
    Fault {
        name: "invitation-created-null",
        clause: "success.invitation-times",
        summary: "invitationCreatedAt is null.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| set(user, "invitationCreatedAt", Value::Null));
        })],
    },
    Fault {
        name: "invitation-created-without-zone",
        clause: "success.invitation-times",
        summary: "invitationCreatedAt has no time zone.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                respell(user, "invitationCreatedAt", |time| time.trim_end_matches('Z').to_owned());
            });
        })],
    },
    Fault {
        name: "invitation-expires-in-another-zone",
        clause: "success.invitation-times",
        summary: "invitationExpiresAt is a local time with its offset.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                respell(user, "invitationExpiresAt", |time| time.replace('Z', "+02:00"));
            });
        })],
    },
    Fault {
        name: "invitation-expires-on-a-date",
        clause: "success.invitation-times",
        summary: "invitationExpiresAt is a date without a time.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                respell(user, "invitationExpiresAt", |time| time[..10].to_owned());
            });
        })],
    },
    Fault {
        name: "invitation-expires-with-a-space",
        clause: "success.invitation-times",
        summary: "Date and time of invitationExpiresAt are separated by a space.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                respell(user, "invitationExpiresAt", |time| {
                    time.replace('T', " ").replace('Z', " UTC")
                });
            });
        })],
    },
    Fault {
        name: "invitation-expires-on-no-day",
        clause: "success.invitation-times",
        summary: "invitationExpiresAt is the 31st of February.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                respell(user, "invitationExpiresAt", |time| {
                    format!("{}-02-31{}", &time[..4], &time[10..])
                });
            });
        })],
    },
    Fault {
        name: "invitation-expires-never",
        clause: "success.invitation-times",
        summary: "invitationExpiresAt of a pending user is null.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| set(user, "invitationExpiresAt", Value::Null));
        })],
    },
    Fault {
        name: "invitation-times-swapped",
        clause: "success.invitation-times",
        summary: "The invitation expires before it is created.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                let created = user.remove("invitationCreatedAt");
                let expires = user.remove("invitationExpiresAt");
                set(user, "invitationCreatedAt", expires);
                set(user, "invitationExpiresAt", created);
            });
        })],
    },
    Fault {
        name: "invitation-renewed",
        clause: "success.invitation-times",
        summary: "A removal shows an invitation that is a day younger than it is.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                respell(user, "invitationCreatedAt", |time| {
                    let day_later = Timestamp::from_second(seconds(time) + 86_400);
                    day_later.unwrap_or_default().to_string()
                });
            });
        })],
    },
    Fault {
        name: "inviter-no-address",
        clause: "success.inviter",
        summary: "inviterUsername is a name and no email address.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| set(user, "inviterUsername", "Project Owner"));
        })],
    },
    Fault {
        name: "inviter-null",
        clause: "success.inviter",
        summary: "inviterUsername is null.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| set(user, "inviterUsername", Value::Null));
        })],
    },
    Fault {
        name: "inviter-as-object",
        clause: "success.inviter",
        summary: "inviterUsername is an object.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                let inviter = user.remove("inviterUsername");
                set(user, "inviterUsername", json!({ "email": inviter }));
            });
        })],
    },
    Fault {
        name: "inviter-is-the-invited",
        clause: "success.inviter",
        summary: "inviterUsername is the invited user's own.",
        hooks: &[Hook::Reply(|call, reply| {
            pending(call, reply, |user| {
                let own = user.get("username").cloned();
                set(user, "inviterUsername", own);
            });
        })],
    },
];
