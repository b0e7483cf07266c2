//! The body of a 200, field by field; the judge validates each response against the generated schema.

mod fields;

use crate::checks::Check;

pub(super) static CHECKS: &[&Check] = &[
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
