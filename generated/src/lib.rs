// Written by `cargo xtask codegen`; edits are lost.
// From spec/remove_role.openapi.yaml and spec/project_users.openapi.yaml.

//! Types, client and contract of the removeRole operation and its siblings.
//!
//! `constraints` is the contract as data, `clauses` the requirements,
//! `types` what is sent and received. With the feature `client`, `client`
//! sends requests and each operation has a module of its own.

#[cfg(feature = "client")]
pub mod add_group_user_role;
#[cfg(feature = "client")]
pub mod add_group_users;
#[cfg(feature = "client")]
pub mod answer;
pub mod clauses;
#[cfg(feature = "client")]
pub mod client;
pub mod constraints;
pub mod contract;
#[cfg(feature = "client")]
pub mod credentials;
pub mod digest;
#[cfg(feature = "client")]
pub mod get_group_user;
#[cfg(feature = "client")]
pub mod list_group_users;
pub mod object;
#[cfg(feature = "client")]
pub mod page;
#[cfg(feature = "client")]
pub mod remove_group_user;
#[cfg(feature = "client")]
pub mod remove_group_user_role;
#[cfg(feature = "client")]
pub mod request;
#[cfg(feature = "client")]
pub mod retry;
#[cfg(feature = "client")]
pub mod settings;
pub mod text;
pub mod types;
pub mod union;
