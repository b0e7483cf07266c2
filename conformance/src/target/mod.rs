//! The implementation under test and how it is reached.

pub mod confirmation;
pub mod embedded;
pub mod pace;
pub mod patience;
pub mod preflight;
mod received;
pub mod session;
pub mod trust;
mod unreadable;
pub mod wire;
