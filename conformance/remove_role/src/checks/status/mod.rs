//! The statuses of all responses.

mod codes;

use crate::checks::Check;

pub(super) static CHECKS: &[&Check] =
    &[&codes::DOCUMENTED, &codes::NO_SERVER_ERROR, &codes::SUCCESS];
