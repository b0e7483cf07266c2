//! Requests: methods, ids, media types and bodies, legal and not.

pub mod body;
pub mod ids;
pub mod media_type;
pub mod method;
pub mod role_names;
pub mod unknown;

use crate::checks::Check;

/// The checks of this section.
pub static CHECKS: &[&Check] = &[
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
    &body::ODD,
    &role_names::UNKNOWN,
];
