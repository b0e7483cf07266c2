//! The subcommands.

pub(crate) mod list;
mod output;
pub(crate) mod run;
pub(crate) mod serve;
