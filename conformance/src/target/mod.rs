//! The implementation under test and how it is reached.

pub mod confirmation;
pub mod embedded;
pub mod pace;
pub mod preflight;
pub mod session;
pub mod wire;
