//! Media types: the clauses that hold for the representation of every body.

pub mod bodies;

use crate::checks::Check;

/// The checks of this section.
pub static CHECKS: &[&Check] =
    &[&bodies::SUCCESS, &bodies::ERRORS, &bodies::JSON, &bodies::UNIQUE_KEYS];
