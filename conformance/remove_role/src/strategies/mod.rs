//! Generators of test input.

pub mod bodies;
pub mod ids;
pub mod names;
