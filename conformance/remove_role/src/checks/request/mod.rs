//! Requests: legal and illegal methods, ids, media types and bodies.

mod body;
mod ids;
mod media_type;
mod method;
mod role_names;
mod unknown;

use crate::checks::Check;

pub(super) static CHECKS: &[&Check] = &[
    &method::POST_ONLY,
    &ids::GROUP_ID,
    &ids::USER_ID,
    &ids::EQUIVALENT,
    &unknown::USER,
    &unknown::GROUP,
    &media_type::DOCUMENTED,
    &media_type::SYNTAX,
    &media_type::OTHERS,
    &body::SHAPE,
    &body::MALFORMED,
    &body::EQUIVALENCE,
    &body::STRICTNESS,
    &body::ODD,
    &role_names::UNKNOWN,
];
