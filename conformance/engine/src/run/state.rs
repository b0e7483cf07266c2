//! What holds for a whole run.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::{Clause, Level};

use super::case_budget::CaseBudget;
use crate::session::slots::Slots;

/// What holds for a whole run.
#[derive(Debug)]
pub struct RunState {
    /// The same seed sends the same requests.
    pub seed: u64,
    /// How many cases are tried, and until when.
    pub budget: CaseBudget,
    /// How many checks may be at work at once.
    pub slots: Rc<Slots>,
    /// The clauses of the checks that have run to their end.
    pub judged: RefCell<BTreeSet<Clause>>,
    /// Whether the run was told to stop: nothing more is set up or sent, only cleaned up.
    pub stopped: Cell<bool>,
}

impl RunState {
    /// The state of a run that begins.
    pub fn new(seed: u64, budget: CaseBudget, slots: &Rc<Slots>) -> Rc<Self> {
        let (slots, judged) = (Rc::clone(slots), RefCell::default());
        Rc::new(Self { seed, budget, slots, judged, stopped: Cell::new(false) })
    }

    /// Whether each must-level clause among these was judged.
    pub fn has_judged(&self, clauses: &[Clause]) -> bool {
        let judged = self.judged.borrow();
        let mut must = clauses.iter().filter(|clause| clause.level() == Level::Must);
        must.all(|clause| judged.contains(clause))
    }
}
