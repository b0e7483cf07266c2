//! HTTP: complete responses, also to concurrent requests and after odd ones.

mod answers;
mod concurrent;
mod odd_input;

use crate::checks::Check;

pub(super) static CHECKS: &[&Check] = &[
    &answers::COMPLETE,
    &answers::SAME_CONNECTION,
    &concurrent::SAME_ANSWERS,
    &odd_input::GOES_ON,
    &odd_input::FIELDS,
];
