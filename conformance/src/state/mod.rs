//! Provider states: preconditions that the target can be put in, and how they are read back.

pub mod api;
pub mod clean_up;
pub mod fixtures;
pub mod hook;
pub mod journal;
pub mod owners;
pub mod provider;
pub mod sight;
pub mod supply;
pub mod tally;
