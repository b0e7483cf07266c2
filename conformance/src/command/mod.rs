//! The subcommands.

pub(crate) mod clean_up;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod list;
pub(crate) mod manual;
pub(crate) mod needs;
pub(crate) mod run;
pub(crate) mod serve;
