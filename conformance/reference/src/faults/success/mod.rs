//! Defects of the user that a 200 shows.

pub(super) mod account;
pub(super) mod identity;
pub(super) mod invitation;
pub(super) mod roles;
