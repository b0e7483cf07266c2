// Written by `cargo xtask codegen`; edits are lost.
// From spec/remove_role.openapi.yaml and spec/project_users.openapi.yaml.

//! Types, client and contract of the removeRole operation and its siblings.
//!
//! `constraints` is the contract as data, `clauses` the requirements,
//! `client` sends requests; each operation has a module of its own.

pub mod add_group_user_role;
pub mod add_group_users;
pub mod answer;
pub mod clauses;
pub mod client;
pub mod constraints;
pub mod contract;
pub mod credentials;
pub mod digest;
pub mod get_group_user;
pub mod list_group_users;
pub mod object;
pub mod page;
pub mod remove_group_user;
pub mod remove_group_user_role;
pub mod request;
pub mod retry;
pub mod settings;
pub mod text;
pub mod types;
pub mod union;
