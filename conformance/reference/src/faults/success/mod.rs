//! Defects of the user in a 200.

pub(super) mod account;
pub(super) mod identity;
pub(super) mod invitation;
pub(super) mod roles;
