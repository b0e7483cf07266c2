//! Challenges and tokens.

use super::Variant;
use crate::{
    auth::{Algorithm, Denial},
    extension::{Effect, Step},
    refusal::Refusal,
};

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("improper-digest-is-a-bad-request")
            .summary("Digest that lacks a parameter, or is for another path, is answered with 400.")
            .effect(Effect::after(Step::Identity, |call, verdict| {
                if matches!(call.credentials, Err(Denial::DigestSyntax | Denial::DigestUri)) {
                    *verdict = Err(Refusal::Other(400, "BAD_REQUEST"));
                }
            })),
        Variant::new("md5-only").summary("Digest is offered with MD5 alone.").effect(
            Effect::settings(|settings| settings.challenge.algorithms = vec![Algorithm::Md5]),
        ),
        Variant::new("sha256-only").summary("Digest is offered with SHA-256 alone.").effect(
            Effect::settings(|settings| settings.challenge.algorithms = vec![Algorithm::Sha256]),
        ),
        Variant::new("md5-before-sha256").summary("Digest is offered with MD5 first.").effect(
            Effect::settings(|settings| {
                settings.challenge.algorithms = vec![Algorithm::Md5, Algorithm::Sha256];
            }),
        ),
        Variant::new("bearer-challenge-first")
            .summary("The bearer scheme is offered before Digest.")
            .effect(Effect::settings(|settings| settings.challenge.bearer_first = true)),
        Variant::new("challenges-in-one-field")
            .summary("All challenges share one header field.")
            .effect(Effect::settings(|settings| settings.challenge.in_one_field = true)),
        Variant::new("nonces-for-one-use")
            .summary("A nonce is stale after its first use.")
            .effect(Effect::settings(|settings| settings.challenge.nonce_uses = Some(1))),
        Variant::new("nonces-for-three-uses")
            .summary("A nonce is stale after its third use.")
            .effect(Effect::settings(|settings| settings.challenge.nonce_uses = Some(3))),
        Variant::new("integrity-offered")
            .summary("Digest is offered with auth and auth-int.")
            .effect(Effect::settings(|settings| settings.challenge.qop = "auth,auth-int")),
        Variant::new("opaque").summary("Digest challenges have an opaque string.").effect(
            Effect::settings(|settings| {
                settings.challenge.opaque = Some("5ccc069c403ebaf9f0171e9517f40e41, =");
            }),
        ),
        Variant::new("token-type-lower-case")
            .summary("The token endpoint calls the type bearer.")
            .effect(Effect::settings(|settings| settings.token_type = "bearer")),
        Variant::new("wordy-token-endpoint")
            .summary("The token endpoint answers with further fields.")
            .effect(Effect::settings(|settings| settings.wordy_token = true)),
    ]
}
