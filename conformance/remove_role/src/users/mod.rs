//! Provider states: users that the target is given before a check, and how they are read back.

pub mod api;
pub mod capabilities;
pub mod clean_up;
mod error;
pub mod fixture_count;
pub mod fixtures;
pub mod hook;
pub mod journal;
pub mod last_owner_guard;
pub mod provider;
pub mod user;

pub use error::{HookUrlError, SetupError};
