//! The subcommands.

pub(crate) mod list;
pub(crate) mod run;
pub(crate) mod serve;
