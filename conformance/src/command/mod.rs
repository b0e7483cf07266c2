//! The subcommands.

pub(crate) mod against;
pub(crate) mod clean_up;
pub(crate) mod compare;
mod conduct;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod judge;
pub(crate) mod list;
pub(crate) mod manual;
mod needs;
mod new_file;
mod output;
pub(crate) mod run;
pub(crate) mod serve;
mod target_options;
