//! The reference server: removeRole and its siblings as the documentation has them.
//!
//! It shares no code with what judges it, and reads the contract by itself. Its faults are
//! deliberate defects of removeRole, each against one clause; its variants are unusual habits
//! that break no clause.

mod auth;
mod behaviour;
mod body;
mod call;
mod connection;
mod delivery;
mod faults;
mod fixture;
mod handler;
mod hook;
mod ids;
mod json;
mod manner;
mod media_type;
mod memory;
mod options;
mod person;
mod query;
mod random;
mod refusal;
mod reply;
mod request;
mod roles;
mod route;
mod server;
mod service;
mod siblings;
mod step;
mod store;
#[cfg(test)]
mod tests;
mod token;
mod variants;
mod wire;

pub use faults::{Fault, fault, faults};
pub use fixture::{ApiKey, Fixture, ServiceAccount};
pub use options::Options;
pub use server::{Reference, start};
pub use variants::{Variant, variant, variants};
