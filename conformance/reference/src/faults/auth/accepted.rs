//! Good credentials that are refused.

use crate::{
    auth::{Algorithm, Scheme},
    faults::{accept::deny, fault::Fault},
    hook::Hook,
    step::Step,
};

pub(in crate::faults) static FAULTS: &[Fault] = &[
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
];
