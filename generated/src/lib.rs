// Written by `cargo xtask codegen`; edits are lost.
// From spec/remove_role.openapi.yaml and spec/project_users.openapi.yaml.
#![cfg_attr(rustfmt, rustfmt_skip)]

//! Types, client and contract of the removeRole operation and its siblings.
//!
//! `constraints` is the contract as data, `clauses` the requirements,
//! `client` sends requests; each operation has a module of its own.
pub mod clauses;
pub mod client;
pub mod constraints;
pub mod contract;
pub mod digest;
pub mod remove_group_user_role;
pub mod list_group_users;
pub mod add_group_users;
pub mod get_group_user;
pub mod remove_group_user;
pub mod add_group_user_role;
pub mod types;
