//! Deliberate defects of removeRole, each against one clause: a file, or a folder, for each section
//! of the clauses.
//!
//! A fault is an effect and, mostly, a condition: `remove_last_role().when(pending())`. The pieces
//! are in `vocabulary`; the points at which an effect can depart are in `crate::extension`.

mod auth;
mod catalogue;
mod error;
mod fault;
mod http;
mod media;
mod query;
mod request;
mod roles;
mod status;
mod success;
mod vocabulary;

pub use catalogue::{fault, faults};
pub use fault::Fault;
pub use vocabulary::{Factor, conditions};
