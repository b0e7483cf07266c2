//! How credentials are asked for.

use super::variant::Variant;
use crate::{
    auth::{Algorithm, Denial},
    hook::Hook,
    refusal::Refusal,
    step::Step,
};

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "improper-digest-is-a-bad-request",
        summary: "Digest that lacks a part, or is for another path, is answered with 400.",
        hooks: &[Hook::After(Step::Identity, |call, verdict| {
            if matches!(call.credentials, Err(Denial::DigestSyntax | Denial::DigestUri)) {
                *verdict = Err(Refusal::Other(400, "BAD_REQUEST"));
            }
        })],
    },
    Variant {
        name: "md5-only",
        summary: "Digest is offered with MD5 alone.",
        hooks: &[Hook::Manner(|manner| manner.challenge.algorithms = vec![Algorithm::Md5])],
    },
    Variant {
        name: "sha256-only",
        summary: "Digest is offered with SHA-256 alone.",
        hooks: &[Hook::Manner(|manner| manner.challenge.algorithms = vec![Algorithm::Sha256])],
    },
    Variant {
        name: "md5-before-sha256",
        summary: "Digest is offered with MD5 first.",
        hooks: &[Hook::Manner(|manner| {
            manner.challenge.algorithms = vec![Algorithm::Md5, Algorithm::Sha256];
        })],
    },
    Variant {
        name: "bearer-challenge-first",
        summary: "The bearer scheme is offered before Digest.",
        hooks: &[Hook::Manner(|manner| manner.challenge.bearer_first = true)],
    },
    Variant {
        name: "challenges-in-one-field",
        summary: "All challenges share one header field.",
        hooks: &[Hook::Manner(|manner| manner.challenge.in_one_field = true)],
    },
    Variant {
        name: "nonces-for-one-use",
        summary: "A nonce is stale after its first use.",
        hooks: &[Hook::Manner(|manner| manner.challenge.nonce_uses = Some(1))],
    },
    Variant {
        name: "nonces-for-three-uses",
        summary: "A nonce is stale after its third use.",
        hooks: &[Hook::Manner(|manner| manner.challenge.nonce_uses = Some(3))],
    },
    Variant {
        name: "integrity-offered",
        summary: "Digest is offered with auth and auth-int.",
        hooks: &[Hook::Manner(|manner| manner.challenge.qop = "auth,auth-int")],
    },
    Variant {
        name: "opaque",
        summary: "Digest challenges have an opaque string.",
        hooks: &[Hook::Manner(|manner| {
            manner.challenge.opaque = Some("5ccc069c403ebaf9f0171e9517f40e41, =");
        })],
    },
    Variant {
        name: "token-type-lower-case",
        summary: "The token endpoint calls the type bearer.",
        hooks: &[Hook::Manner(|manner| manner.token_type = "bearer")],
    },
    Variant {
        name: "wordy-token-endpoint",
        summary: "The token endpoint answers with further fields.",
        hooks: &[Hook::Manner(|manner| manner.wordy_token = true)],
    },
];
