//! The subcommands.

pub(crate) mod against;
pub(crate) mod compare;
pub(crate) mod judge;
pub(crate) mod list;
mod new_file;
pub(crate) mod run;
pub(crate) mod serve;
