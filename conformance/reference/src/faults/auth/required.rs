//! Missing or wrong credentials that are served, or refused wrongly.

use crate::{
    auth::{Account, Denial},
    faults::{
        accept::as_owner,
        auth::field::{TOKEN, authorization, credentials, is_unauthenticated, nonce},
        deed::asked_role,
        fault::Fault,
        tamper::restate,
    },
    hook::Hook,
    refusal::Refusal,
    step::Step,
};

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "missing-credentials-accepted",
        clause: "auth.required",
        summary: "A request without credentials is served.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |_, denial| denial == Denial::Missing);
        })],
    },
    Fault {
        name: "missing-credentials-accepted-for-backup-managers",
        clause: "auth.required",
        summary: "A request without credentials that names GROUP_BACKUP_MANAGER is served.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, denial| {
                let role = asked_role(call);
                denial == Denial::Missing && role.as_deref() == Some("GROUP_BACKUP_MANAGER")
            });
        })],
    },
    Fault {
        name: "missing-credentials-accepted-with-envelope",
        clause: "auth.required",
        summary: "A request without credentials is served with envelope=true.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, denial| {
                denial == Denial::Missing && call.flags.envelope
            });
        })],
    },
    Fault {
        name: "missing-credentials-accepted-with-chunks",
        clause: "auth.required",
        summary: "A request without credentials is served if its body comes in chunks.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, denial| {
                denial == Denial::Missing && call.request.header("transfer-encoding").is_some()
            });
        })],
    },
    Fault {
        name: "missing-credentials-accepted-with-any-accept",
        clause: "auth.required",
        summary: "A request without credentials is served if it accepts anything.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, denial| {
                denial == Denial::Missing && call.request.header("accept") == Some("*/*")
            });
        })],
    },
    Fault {
        name: "any-token-accepted-from-nearby",
        clause: "auth.required",
        summary: "Any token is accepted if X-Forwarded-For names the server's own machine.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, denial| {
                let from = call.request.header("x-forwarded-for");
                denial == Denial::Token && from == Some("127.0.0.1")
            });
        })],
    },
    Fault {
        name: "absent-role-answered-to-strangers",
        clause: "auth.required",
        summary: "Without credentials, a role that the user lacks is a success.",
        hooks: &[
            Hook::After(Step::Identity, |call, verdict| {
                as_owner(call, verdict, |_, denial| denial == Denial::Missing);
            }),
            Hook::Decision(|call, _, decision| {
                if call.credentials != Err(Denial::Missing) {
                    return;
                }
                let holds = call.had().iter().any(|role| Some(role.as_str()) == call.role());
                *decision = match holds {
                    true => Err(Refusal::Unauthenticated(Denial::Missing)),
                    false => call.removal_of_nothing(),
                };
            }),
        ],
    },
    Fault {
        name: "any-scheme-accepted",
        clause: "auth.required",
        summary: "A scheme that the server doesn't know is served.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |_, denial| denial == Denial::Scheme);
        })],
    },
    Fault {
        name: "any-token-accepted",
        clause: "auth.required",
        summary: "Any token is accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |_, denial| denial == Denial::Token);
        })],
    },
    Fault {
        name: "altered-token-accepted",
        clause: "auth.required",
        summary: "A token that has the form of ours is accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, denial| {
                let token = credentials(call);
                denial == Denial::Token && token.starts_with(TOKEN.0) && token.len() == TOKEN.1
            });
        })],
    },
    Fault {
        name: "truncated-token-accepted",
        clause: "auth.required",
        summary: "The beginning of a token is accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, denial| {
                let token = credentials(call);
                denial == Denial::Token && token.starts_with(TOKEN.0) && token.len() < TOKEN.1
            });
        })],
    },
    Fault {
        name: "extended-token-accepted",
        clause: "auth.required",
        summary: "Whatever follows a token is overlooked.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, denial| {
                let token = credentials(call);
                denial == Denial::Token && token.starts_with(TOKEN.0) && token.len() > TOKEN.1
            });
        })],
    },
    Fault {
        name: "empty-token-accepted",
        clause: "auth.required",
        summary: "The scheme Bearer without a token is accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, denial| {
                denial == Denial::Token && credentials(call).trim().is_empty()
            });
        })],
    },
    Fault {
        name: "wrong-digest-accepted",
        clause: "auth.required",
        summary: "The response of Digest is not checked.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |_, denial| denial == Denial::DigestResponse);
        })],
    },
    Fault {
        name: "digest-uri-unchecked",
        clause: "auth.required",
        summary: "A Digest response for another request target is accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |_, denial| denial == Denial::DigestUri);
        })],
    },
    Fault {
        name: "digest-nonce-unchecked",
        clause: "auth.required",
        summary: "A nonce that the server never made is accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |_, denial| denial == Denial::DigestNonce);
        })],
    },
    Fault {
        name: "digest-username-unchecked",
        clause: "auth.required",
        summary: "A public key that doesn't exist is accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |_, denial| denial == Denial::DigestUsername);
        })],
    },
    Fault {
        name: "incomplete-digest-accepted",
        clause: "auth.required",
        summary: "Digest with parameters that are missing or not understood is accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |_, denial| denial == Denial::DigestSyntax);
        })],
    },
    Fault {
        name: "missing-credentials-forbidden",
        clause: "auth.required",
        summary: "A request without credentials is answered with 403.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 403, |why| *why == Refusal::Unauthenticated(Denial::Missing));
        })],
    },
    Fault {
        name: "wrong-credentials-bad-request",
        clause: "auth.required",
        summary: "Wrong credentials are answered with 400.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 400, |why| {
                is_unauthenticated(why) && *why != Refusal::Unauthenticated(Denial::Missing)
            });
        })],
    },
    Fault {
        name: "credentials-remembered-by-the-connection",
        clause: "auth.required",
        summary: "On a connection that the owner has used, nobody is asked again.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            let connection = format!("owner on connection {}", call.request.connection);
            if call.caller.is_some_and(|caller| caller.account == Account::Owner) {
                call.memory.note(&connection, true.into());
            }
            as_owner(call, verdict, |call, _| {
                let connection = format!("owner on connection {}", call.request.connection);
                call.memory.recall(&connection).is_some()
            });
        })],
    },
    Fault {
        name: "digest-without-qop-accepted",
        clause: "auth.required",
        summary: "A Digest response without qop is not checked.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            as_owner(call, verdict, |call, _| {
                let sent = authorization(call);
                sent.starts_with("Digest ")
                    && sent.contains("response=\"")
                    && !sent.contains("qop=")
            });
        })],
    },
    Fault {
        name: "used-nonce-accepted",
        clause: "auth.required",
        summary: "With a nonce that was answered rightly once, any response will do.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            if verdict.is_ok() && call.by_digest() {
                call.memory.note(nonce(call), true.into());
            }
            as_owner(call, verdict, |call, _| call.memory.recall(nonce(call)).is_some());
        })],
    },
];
