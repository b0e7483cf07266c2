//! What the package of an operation gives the engine.

use std::cell::Cell;
use std::rc::Rc;

use super::case_budget::CaseBudget;
use super::check::{Check, CheckInfo};
use super::recorder::Recorder;

/// The checks of one operation, and what they share in a run.
pub trait Suite: Sized + 'static {
    /// What one check works with.
    type Context: Context;
    /// What a check may need of the target and the configuration.
    type Need: Copy + 'static;

    /// Every check, in the order of the catalogue.
    fn catalogue() -> impl Iterator<Item = &'static Check<Self>>;

    /// The first need of the check that the run can't meet, and what would meet it.
    fn unmet_need(&self, check: &Check<Self>) -> Option<String>;

    /// What one check works with.
    fn context(self: &Rc<Self>, check: CheckInfo) -> Self::Context;

    /// What holds for the whole run.
    fn run_state(&self) -> &Rc<RunState>;
}

/// What one check works with: its recorder, and whatever it has set up.
pub trait Context {
    /// What keeps the check from passing though nothing was wrong: its clauses say more than the
    /// responses have shown.
    fn not_shown(&self) -> Option<String>;

    /// Undoes what the check has set up; describes what can't be undone.
    fn clean_up(&self) -> impl Future<Output = Vec<String>>;

    /// What the check has recorded.
    fn into_recorder(self) -> Recorder;
}

/// What holds for a whole run.
#[derive(Debug)]
pub struct RunState {
    /// The same seed sends the same requests.
    pub seed: u64,
    /// How many cases are tried, and until when.
    pub budget: CaseBudget,
    /// Whether the run was told to stop: nothing more is set up or sent, only cleaned up.
    pub stopped: Cell<bool>,
}

impl RunState {
    /// The state of a run that begins.
    pub fn new(seed: u64, budget: CaseBudget) -> Rc<Self> {
        Rc::new(Self { seed, budget, stopped: Cell::new(false) })
    }
}
