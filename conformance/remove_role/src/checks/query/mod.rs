//! Query parameters: envelope and pretty.

pub mod envelope;
pub mod non_boolean;
pub mod pretty;

use crate::checks::Check;

/// The checks of this section.
pub static CHECKS: &[&Check] = &[
    &envelope::SUCCESS,
    &envelope::REFUSALS,
    &envelope::FALSE,
    &pretty::SAME_VALUE,
    &non_boolean::REFUSED_OR_IGNORED,
];
