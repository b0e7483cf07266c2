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

use std::rc::Rc;

use atlas_engine::run::check::CheckInfo;
use atlas_engine::run::state::RunState;
use atlas_engine::run::suite::{self, Suite};

use crate::needs::{Need, unmet};
use crate::probe::{Probe, RunContext};

/// One check of removeRole.
pub type Check = suite::Check<RemoveRole>;

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

/// The checks of removeRole in one run.
pub struct RemoveRole {
    context: Rc<RunContext>,
}

impl RemoveRole {
    /// The checks, with what they share.
    pub const fn new(context: Rc<RunContext>) -> Self {
        Self { context }
    }
}

impl Suite for RemoveRole {
    type Context = Probe;
    type Need = Need;

    fn catalogue() -> impl Iterator<Item = &'static Check> {
        all()
    }

    fn unmet_need(&self, check: &Check) -> Option<String> {
        unmet(&self.context.config, &self.context.provider.capabilities, check.needs)
    }

    fn context(self: &Rc<Self>, check: CheckInfo) -> Probe {
        Probe::new(Rc::clone(&self.context), check)
    }

    fn run_state(&self) -> &Rc<RunState> {
        &self.context.state
    }
}
