//! Generators of test input.

pub mod bodies;
pub mod covering;
pub mod ids;
pub mod names;
