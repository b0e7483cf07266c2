//! A deliberate defect.

use super::{auth, error, http, media, query, request, roles, status, success};
use crate::hook::Hook;

/// A deliberate defect of removeRole. Everything else stays right.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// Its name.
    pub name: &'static str,
    /// The slug of the clause that it breaks.
    pub clause: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// How it does it.
    pub(crate) hooks: &'static [Hook],
}

/// All faults, in the order of the clauses' sections.
pub fn faults() -> impl Iterator<Item = &'static Fault> {
    let sections = [
        roles::removal::FAULTS,
        roles::needle::FAULTS,
        roles::membership::FAULTS,
        roles::last::FAULTS,
        roles::everywhere::FAULTS,
        roles::race::FAULTS,
        roles::refusal::FAULTS,
        roles::name::FAULTS,
        request::method::FAULTS,
        request::id::FAULTS,
        request::unknown::FAULTS,
        request::media_type::FAULTS,
        request::shape::FAULTS,
        request::odd::FAULTS,
        query::FAULTS,
        auth::accepted::FAULTS,
        auth::required::FAULTS,
        auth::permission::FAULTS,
        auth::echo::FAULTS,
        status::FAULTS,
        media::FAULTS,
        success::identity::FAULTS,
        success::roles::FAULTS,
        success::invitation::FAULTS,
        success::account::FAULTS,
        error::FAULTS,
        http::FAULTS,
    ];
    sections.into_iter().flatten()
}

/// The fault with this name.
pub fn fault(name: &str) -> Option<&'static Fault> {
    faults().find(|fault| fault.name == name)
}
