//! Provider states: preconditions that the target can be put in, and how they are read back.

pub mod api;
