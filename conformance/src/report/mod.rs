//! Reports of a run, each fed by the runner's events.

pub mod json;
pub mod terminal;
