//! Other methods than POST that change something.

use http::Method;

use crate::{
    auth::Account,
    call::Call,
    faults::{
        deed::{asked_role, remove_anyway, remove_some},
        fault::Fault,
    },
    hook::Hook,
    refusal::Refusal,
    store::Store,
};

/// Removes the role that the body names, or else the one that was given last, though the
/// method is refused.
fn act_on(method: &Method, call: &Call, store: &mut Store) {
    let by_owner = call.credentials.is_ok_and(|caller| caller.account == Account::Owner);
    let refused = matches!(call.refusal, Some(Refusal::Method(_)));
    if refused && by_owner && call.request.method == *method {
        match asked_role(call) {
            Some(_) => remove_anyway(call, store),
            None => remove_some(call, store),
        }
    }
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "get-removes",
        clause: "request.post-only",
        summary: "GET is answered with 405 and removes a role.",
        hooks: &[Hook::Effect(|call, store| act_on(&Method::GET, call, store))],
    },
    Fault {
        name: "head-removes",
        clause: "request.post-only",
        summary: "HEAD is answered with 405 and removes a role.",
        hooks: &[Hook::Effect(|call, store| act_on(&Method::HEAD, call, store))],
    },
    Fault {
        name: "put-removes",
        clause: "request.post-only",
        summary: "PUT is answered with 405 and removes a role.",
        hooks: &[Hook::Effect(|call, store| act_on(&Method::PUT, call, store))],
    },
    Fault {
        name: "patch-removes",
        clause: "request.post-only",
        summary: "PATCH is answered with 405 and removes a role.",
        hooks: &[Hook::Effect(|call, store| act_on(&Method::PATCH, call, store))],
    },
    Fault {
        name: "delete-removes",
        clause: "request.post-only",
        summary: "DELETE is answered with 405 and removes a role.",
        hooks: &[Hook::Effect(|call, store| act_on(&Method::DELETE, call, store))],
    },
    Fault {
        name: "put-is-post",
        clause: "request.post-only",
        summary: "PUT is served like POST.",
        hooks: &[Hook::Request(|request| {
            if request.method == Method::PUT {
                request.method = Method::POST;
            }
        })],
    },
    Fault {
        name: "any-method-is-post",
        clause: "request.post-only",
        summary: "Every method is served like POST.",
        hooks: &[Hook::Request(|request| request.method = Method::POST)],
    },
];
