//! Authentication and permission.

mod accepted;
mod permission;
mod rejected;
mod sweeps;

use crate::checks::Check;

pub(super) static CHECKS: &[&Check] = &[
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
