//! Media types and the encoding of every body.

mod bodies;

use crate::checks::Check;

pub(super) static CHECKS: &[&Check] =
    &[&bodies::SUCCESS, &bodies::ERRORS, &bodies::JSON, &bodies::UNIQUE_KEYS];
