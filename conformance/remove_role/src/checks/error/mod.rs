//! The body of an error, field by field; the judge validates each response against the generated schema.

mod fields;

use crate::checks::Check;

pub(super) static CHECKS: &[&Check] = &[
    &fields::ERROR,
    &fields::CODE,
    &fields::TEXTS,
    &fields::PARAMETERS,
    &fields::PARAMETER_ELEMENTS,
    &fields::BAD_REQUEST_DETAIL,
    &fields::NO_LEAK,
];
