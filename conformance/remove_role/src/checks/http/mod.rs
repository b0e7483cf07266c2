//! HTTP conduct: answers that come, whole, beside others and after anything.

pub mod answers;
pub mod concurrent;
pub mod odd_input;

use crate::checks::Check;

/// The checks of this section.
pub static CHECKS: &[&Check] = &[
    &answers::COMPLETE,
    &answers::SAME_CONNECTION,
    &concurrent::SAME_ANSWERS,
    &odd_input::GOES_ON,
    &odd_input::FIELDS,
];
