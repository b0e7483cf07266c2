//! The implementation under test and how it is reached.

pub mod embedded;
pub mod pace;
pub mod session;
pub mod wire;
