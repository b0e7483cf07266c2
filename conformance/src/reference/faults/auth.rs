//! Defects of authentication and permission.

use http::header::AUTHORIZATION;

use crate::reference::{
    auth::{Algorithm, Denial, Scheme},
    call::Call,
    faults::{
        accept::{as_owner, deny, permit},
        deed::asked_role,
        fault::Fault,
        tamper::{error, restate, set},
    },
    hook::Hook,
    refusal::Refusal,
    reply::Reply,
    step::Step,
};

/// What stands in the Authorization field behind the name of the scheme.
fn credentials(call: &Call) -> &str {
    let field = call.request.header("authorization").unwrap_or_default();
    field.split_once(' ').map_or("", |(_, credentials)| credentials)
}

fn authorization(call: &Call) -> &str {
    call.request.header("authorization").unwrap_or_default()
}

/// How tokens begin, and how long they are.
const TOKEN: (&str, usize) = ("mdb_at_", 7 + 32 + 1 + 64);

fn is_unauthenticated(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Unauthenticated(_))
}

/// Says why the caller isn't known in a header of its own.
fn echo_in_header(call: &Call, reply: &mut Reply) {
    if let (Some(_), Ok(name)) = (&call.refusal, "x-authorization".parse()) {
        reply.set(name, authorization(call));
    }
}

pub(super) static FAULTS: &[Fault] = &[
    Fault {
        name: "bearer-refused",
        clause: "auth.service-account",
        summary: "Tokens are never accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            deny(call, verdict, |_, scheme| scheme == Scheme::Bearer);
        })],
    },
    Fault {
        name: "bearer-refused-with-pretty",
        clause: "auth.service-account",
        summary: "Tokens are not accepted with pretty=true.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            deny(call, verdict, |call, scheme| scheme == Scheme::Bearer && call.flags.pretty);
        })],
    },
    Fault {
        name: "digest-refused",
        clause: "auth.digest",
        summary: "Digest is never accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            deny(call, verdict, |_, scheme| scheme != Scheme::Bearer);
        })],
    },
    Fault {
        name: "md5-refused",
        clause: "auth.digest",
        summary: "Digest with MD5 is offered and not accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            deny(call, verdict, |_, scheme| scheme == Scheme::Digest(Algorithm::Md5));
        })],
    },
    Fault {
        name: "sha256-refused",
        clause: "auth.digest",
        summary: "Digest with SHA-256 is offered and not accepted.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            deny(call, verdict, |_, scheme| scheme == Scheme::Digest(Algorithm::Sha256));
        })],
    },
    Fault {
        name: "digest-refused-with-query",
        clause: "auth.digest",
        summary: "Digest is not accepted where there is a query.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            deny(call, verdict, |call, scheme| {
                scheme != Scheme::Bearer && !call.request.query.is_empty()
            });
        })],
    },
    Fault {
        name: "digest-refused-for-pending",
        clause: "auth.digest",
        summary: "Digest is not accepted where the user is pending.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            deny(call, verdict, |call, scheme| scheme != Scheme::Bearer && call.was_pending());
        })],
    },
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
        name: "reader-allowed",
        clause: "auth.permission",
        summary: "The permission is not checked.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| permit(call, verdict, |_| true))],
    },
    Fault {
        name: "reader-allowed-by-digest",
        clause: "auth.permission",
        summary: "The permission is not checked for callers who come with Digest.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            permit(call, verdict, Call::by_digest);
        })],
    },
    Fault {
        name: "reader-allowed-for-pending",
        clause: "auth.permission",
        summary: "The permission is not checked where the user is pending.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            permit(call, verdict, Call::was_pending);
        })],
    },
    Fault {
        name: "reader-allowed-with-envelope",
        clause: "auth.permission",
        summary: "The permission is not checked with envelope=true.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            permit(call, verdict, |call| call.flags.envelope);
        })],
    },
    Fault {
        name: "reader-allowed-to-take-read-only",
        clause: "auth.permission",
        summary: "The permission is not checked where GROUP_READ_ONLY is to go.",
        hooks: &[Hook::After(Step::Permission, |call, verdict| {
            permit(call, verdict, |call| asked_role(call).as_deref() == Some("GROUP_READ_ONLY"));
        })],
    },
    Fault {
        name: "reader-told-not-found",
        clause: "auth.permission",
        summary: "A caller without the permission is answered with 404.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 404, |why| *why == Refusal::Forbidden);
        })],
    },
    Fault {
        name: "reader-unauthorized",
        clause: "auth.valid-credentials",
        summary: "A caller without the permission is answered with 401.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::Forbidden) {
                reply.restate(401);
                reply.challenge(call);
            }
        })],
    },
    Fault {
        name: "unknown-role-unauthorized",
        clause: "auth.valid-credentials",
        summary: "A role that doesn't exist is answered with 401.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::UnknownRole) {
                reply.restate(401);
                reply.challenge(call);
            }
        })],
    },
    Fault {
        name: "last-role-unauthorized",
        clause: "auth.valid-credentials",
        summary: "The removal of the only role is answered with 401.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::LastRole) {
                reply.restate(401);
                reply.challenge(call);
            }
        })],
    },
    Fault {
        name: "no-challenge",
        clause: "auth.challenge",
        summary: "A 401 has no WWW-Authenticate.",
        hooks: &[Hook::Reply(|_, reply| {
            reply.headers.remove("www-authenticate");
        })],
    },
    Fault {
        name: "no-challenge-for-wrong-tokens",
        clause: "auth.challenge",
        summary: "A 401 for a wrong token has no WWW-Authenticate.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::Unauthenticated(Denial::Token)) {
                reply.headers.remove("www-authenticate");
            }
        })],
    },
    Fault {
        name: "credentials-in-detail",
        clause: "auth.no-echo",
        summary: "The detail of a 401 repeats the Authorization field.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refusal.as_ref().is_some_and(is_unauthenticated) {
                let detail = format!("Cannot accept {}", authorization(call));
                error(call, reply, |body| set(body, "detail", detail));
            }
        })],
    },
    Fault {
        name: "token-in-detail-of-403",
        clause: "auth.no-echo",
        summary: "The detail of a 403 repeats the token.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::Forbidden) && call.by_bearer() {
                let detail = format!("The token {} lacks a role", credentials(call));
                error(call, reply, |body| set(body, "detail", detail));
            }
        })],
    },
    Fault {
        name: "credentials-in-header-of-errors",
        clause: "auth.no-echo",
        summary: "A header of errors repeats the Authorization field.",
        hooks: &[Hook::Reply(echo_in_header)],
    },
    Fault {
        name: "credentials-in-header-of-success",
        clause: "auth.no-echo",
        summary: "A success sends the Authorization field back.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refusal.is_none() {
                reply.set(AUTHORIZATION, authorization(call));
            }
        })],
    },
    Fault {
        name: "token-in-user",
        clause: "auth.no-echo",
        summary: "A success shows the token beside the user's fields.",
        hooks: &[Hook::Reply(|call, reply| {
            if let (None, Some(user)) = (&call.refusal, reply.object()) {
                set(user, "requestedWith", credentials(call));
            }
        })],
    },
    Fault {
        name: "token-in-parameters",
        clause: "auth.no-echo",
        summary: "The parameters of a 400 repeat the token.",
        hooks: &[Hook::Reply(|call, reply| {
            if reply.status == 400 {
                let request = serde_json::json!([{ "authorization": authorization(call) }]);
                error(call, reply, |body| set(body, "parameters", request));
            }
        })],
    },
];
