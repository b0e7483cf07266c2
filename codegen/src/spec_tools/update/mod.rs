//! A fragment brought up to date: facts are taken over, our words stay.
//!
//! Only what changed is touched, at the place in the fragment that the change names, so that the
//! fragment keeps its own form and its descriptions. What a new element says is never copied: it gets
//! [`PLACEHOLDER`], which a test refuses to find in `spec/`. What can't be put into the fragment's form
//! by rule is left to a person and listed.

mod copy;
mod edit;
mod patch;

pub use copy::PLACEHOLDER;
pub use patch::{Update, update};
