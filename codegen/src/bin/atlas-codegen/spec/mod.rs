//! `cargo xtask spec`: the specification's life. Cut operations out of a published document, say what
//! changed, bring `spec/` up to date.

mod args;
mod diff;
mod files;
mod slice;
mod update;

pub(crate) use args::{SpecArgs, run};
