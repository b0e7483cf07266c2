//! Statuses: the clauses that hold for the status of every answer.

pub mod codes;

use crate::checks::Check;

/// The checks of this section.
pub static CHECKS: &[&Check] = &[&codes::DOCUMENTED, &codes::NO_SERVER_ERROR, &codes::SUCCESS];
