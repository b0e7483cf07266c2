//! Defects of authentication and permission.

pub(super) mod accepted;
pub(super) mod echo;
pub(super) mod permission;
pub(super) mod required;

use crate::call::Call;

fn authorization(call: &Call) -> &str {
    call.request.header("authorization").unwrap_or_default()
}

/// The part of the Authorization field after the name of the scheme.
fn credentials(call: &Call) -> &str {
    authorization(call).split_once(' ').map_or("", |(_, credentials)| credentials)
}
