//! What holds for a whole run.

use std::cell::Cell;
use std::rc::Rc;

use super::case_budget::CaseBudget;

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
