//! The list of all faults.

use std::sync::LazyLock;

use super::{Fault, auth, error, http, media, query, request, roles, status, success};

static FAULTS: LazyLock<Vec<Fault>> = LazyLock::new(|| {
    let sections = [
        roles::removal::faults(),
        roles::rare_conditions::faults(),
        roles::membership::faults(),
        roles::last::faults(),
        roles::everywhere::faults(),
        roles::race::faults(),
        roles::refusal::faults(),
        roles::name::faults(),
        request::method::faults(),
        request::id::faults(),
        request::unknown::faults(),
        request::media_type::faults(),
        request::shape::faults(),
        request::odd::faults(),
        query::faults(),
        auth::accepted::faults(),
        auth::required::faults(),
        auth::permission::faults(),
        auth::echo::faults(),
        status::faults(),
        media::faults(),
        success::identity::faults(),
        success::roles::faults(),
        success::invitation::faults(),
        success::account::faults(),
        error::faults(),
        http::faults(),
    ];
    sections.into_iter().flatten().collect()
});

/// All faults, in the order of the clauses' sections.
pub fn faults() -> impl Iterator<Item = &'static Fault> {
    FAULTS.iter()
}

/// The fault with this name.
pub fn fault(name: &str) -> Option<&'static Fault> {
    faults().find(|fault| fault.name == name)
}
