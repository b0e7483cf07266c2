//! What properties are tried with.

pub mod bodies;
pub mod ids;
pub mod names;
