// Written by `cargo xtask codegen`; edits are lost.
// From spec/remove_role.openapi.yaml and spec/project_users.openapi.yaml.

#![cfg_attr(rustfmt, rustfmt_skip)]

//! Types, client and contract of the removeRole operation and its siblings.
//!
//! `constraints` is the contract as data, `clauses` the requirements,
//! `types` what is sent and received. With the feature `client`, `client`
//! sends requests and each operation has a module of its own.

#[cfg(feature = "client")]
pub mod add_group_user_role;
#[cfg(feature = "client")]
pub mod add_group_users;
pub mod clauses;
#[cfg(feature = "client")]
pub mod client;
pub mod constraints;
#[cfg(feature = "client")]
pub mod get_group_user;
#[cfg(feature = "client")]
pub mod list_group_users;
#[cfg(feature = "client")]
pub mod remove_group_user;
#[cfg(feature = "client")]
pub mod remove_group_user_role;
pub mod types;
pub use atlas_runtime::{contract, digest, text};
#[cfg(feature = "client")]
pub use atlas_runtime::{answer, credentials, header, page, request, settings};
