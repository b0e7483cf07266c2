//! The registry of checks: a folder per section, a file per topic, a constant per check.

mod all_responses;
mod auth;
mod error;
mod http;
mod media;
mod query;
mod request;
mod request_variants;
mod roles;
mod status;
mod success;

use crate::run::RemoveRole;

/// One check of removeRole.
pub type Check = atlas_engine::run::check::Check<RemoveRole>;

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

/// The ids of all checks.
pub fn ids() -> Vec<&'static str> {
    all().map(|check| check.id).collect()
}

/// Every check, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Check> {
    ALL.iter().flat_map(|section| section.iter().copied())
}
