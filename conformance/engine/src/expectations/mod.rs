//! Known deviations of one target, as a file lists them.

mod expectation;
mod read;

pub use expectation::{
    Covered, Expectation, ExpectationResult, ExpectationState, Expectations, Known,
};
pub use read::{ReadError, read, today};

/// What stands in a file for a reason that is still to be given.
pub const UNEXPLAINED: &str = "…";
