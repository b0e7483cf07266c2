//! The body of an error, field by field; the judge holds each answer against the generated schema.

pub mod fields;

use crate::checks::Check;

/// The checks of this section.
pub static CHECKS: &[&Check] = &[
    &fields::ERROR,
    &fields::CODE,
    &fields::TEXTS,
    &fields::PARAMETERS,
    &fields::PARAMETER_ELEMENTS,
    &fields::BAD_REQUEST_DETAIL,
    &fields::NO_LEAK,
];
