//! The report for people at a terminal.

pub mod failure;
pub mod layout;
pub mod observed;
pub mod summary;
