//! The one registry of checks: a folder per section, a file per topic, a constant per check.

pub mod auth;
pub mod error;
pub mod http;
pub mod media;
pub mod query;
pub mod request;
pub mod roles;
pub mod status;
pub mod success;
pub mod tour;
pub mod ways;

use crate::check::Check;

/// Every check, section by section.
pub static ALL: &[&[&Check]] = &[
    roles::CHECKS,
    request::CHECKS,
    query::CHECKS,
    auth::CHECKS,
    status::CHECKS,
    media::CHECKS,
    success::CHECKS,
    error::CHECKS,
    http::CHECKS,
];

/// Every check, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Check> {
    ALL.iter().flat_map(|section| section.iter().copied())
}
