//! The Authorization field as faults look at it.

use crate::{call::Call, refusal::Refusal};

/// What stands in the Authorization field behind the name of the scheme.
pub(super) fn credentials(call: &Call) -> &str {
    let field = call.request.header("authorization").unwrap_or_default();
    field.split_once(' ').map_or("", |(_, credentials)| credentials)
}

/// The whole field.
pub(super) fn authorization(call: &Call) -> &str {
    call.request.header("authorization").unwrap_or_default()
}

/// How tokens begin, and how long they are.
pub(super) const TOKEN: (&str, usize) = ("mdb_at_", 7 + 32 + 1 + 64);

/// Whether the caller was refused for who they are.
pub(super) fn is_unauthenticated(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Unauthenticated(_))
}

/// The nonce of a Digest response.
pub(super) fn nonce(call: &Call) -> &str {
    let behind = authorization(call).split_once("nonce=\"").map_or("", |(_, behind)| behind);
    behind.split('"').next().unwrap_or_default()
}
