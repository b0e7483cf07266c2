//! 401s without a challenge, and answers that repeat credentials.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::AUTHORIZATION;

use crate::{
    auth::Denial,
    call::Call,
    faults::{
        auth::field::{authorization, credentials, is_unauthenticated},
        fault::Fault,
        tamper::{error, set},
    },
    hook::Hook,
    refusal::Refusal,
    reply::Reply,
};

/// Says why the caller isn't known in a header of its own.
fn echo_in_header(call: &Call, reply: &mut Reply) {
    if let (Some(_), Ok(name)) = (&call.refusal, "x-authorization".parse()) {
        reply.set(name, authorization(call));
    }
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
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
    Fault {
        name: "credentials-in-detail-in-base64",
        clause: "auth.no-echo",
        summary: "The detail of a 403 repeats the Authorization field in base64.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::Forbidden) {
                let field = BASE64_STANDARD.encode(authorization(call));
                error(call, reply, |body| set(body, "detail", format!("caller {field}")));
            }
        })],
    },
];
