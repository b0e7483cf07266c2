//! The body of a 200, field by field; the judge holds each answer against the generated schema.

pub mod fields;

use crate::checks::Check;

/// The checks of this section.
pub static CHECKS: &[&Check] = &[
    &fields::ID,
    &fields::MEMBERSHIP,
    &fields::ROLES,
    &fields::USERNAME,
    &fields::INVITATION_TIMES,
    &fields::INVITER,
    &fields::REQUIRED,
    &fields::REQUIRED_BY_STATUS,
    &fields::OTHER_FIELDS,
];
