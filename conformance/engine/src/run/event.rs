//! What the runner reports while it runs.

use std::rc::Rc;

use super::check::CheckInfo;
use super::report::RunReport;
use crate::exchange::Exchange;
use crate::session::pace::Pace;

/// One step of a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// The checks are about to run.
    Started {
        target: &'a str,
        /// How many checks will run.
        checks: usize,
        seed: u64,
        /// Cases of each property.
        cases: u32,
        /// How fast the target is, and how many checks are at work at once.
        pace: Pace,
    },
    /// A request was sent and answered, or left unanswered.
    Exchanged(&'a Rc<Exchange>),
    /// A check is done; what others find may still worsen its verdict.
    Done { check: CheckInfo },
    /// The run is over.
    Finished(&'a RunReport),
}
