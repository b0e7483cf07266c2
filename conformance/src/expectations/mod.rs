//! Known deviations of one target: read from a file, held against a run, written for a start.

mod apply;
mod expectation;
mod read;
mod write;

pub use apply::{Known, Note, State};
pub use expectation::{Covered, Expectation, Expectations};
pub use read::{Error, read, today};
pub use write::{UNEXPLAINED, first_file};
