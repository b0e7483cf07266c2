//! Deliberate defects of removeRole, each against one clause. A file, or a folder, for each
//! section of the clauses; beside them the tools that the defects are made with.

mod accept;
mod auth;
mod deed;
mod error;
mod fault;
mod http;
mod media;
mod query;
mod request;
mod rewrite;
mod roles;
mod status;
mod success;
mod tamper;

pub use fault::{Fault, fault, faults};
