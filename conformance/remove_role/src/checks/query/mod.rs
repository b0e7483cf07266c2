//! Query parameters: envelope and pretty.

mod envelope;
mod non_boolean;
mod pretty;

use crate::checks::Check;

pub(super) use envelope::steady_difference;

pub(super) static CHECKS: &[&Check] = &[
    &envelope::SUCCESS,
    &envelope::REFUSALS,
    &envelope::FALSE,
    &pretty::SAME_VALUE,
    &non_boolean::REFUSED_OR_IGNORED,
];
