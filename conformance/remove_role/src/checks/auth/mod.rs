//! Authentication and permission.

pub mod accepted;
pub mod permission;
pub mod rejected;
pub mod sweeps;

use crate::checks::Check;

/// The checks of this section.
pub static CHECKS: &[&Check] = &[
    &accepted::SERVICE_ACCOUNT,
    &accepted::DIGEST,
    &rejected::REQUIRED,
    &rejected::WRONG_DIGEST,
    &rejected::USED_CONNECTION,
    &permission::REFUSED,
    &sweeps::VALID_CREDENTIALS,
    &sweeps::CHALLENGE,
    &sweeps::NO_ECHO,
];
