//! Defects of authentication and permission.

pub(super) mod accepted;
pub(super) mod echo;
mod field;
pub(super) mod permission;
pub(super) mod required;
