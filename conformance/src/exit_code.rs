//! The exit codes of `atlas-conformance`, decided here and used by `main` alone.

use std::process::ExitCode;

/// How a command ended, as a process tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: the target conforms, or the command did what it was asked.
    Conforms,
    /// 1: the target breaks a clause.
    Breaks,
    /// 2: the command line or the configuration is wrong; no request was sent.
    Usage,
    /// 3: no verdict, since the target is unreachable, refuses the credentials or can't be set up.
    CouldNotTell,
    /// 4: no check ran.
    NothingRan,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Conforms => 0,
            Exit::Breaks => 1,
            Exit::Usage => 2,
            Exit::CouldNotTell => 3,
            Exit::NothingRan => 4,
        })
    }
}
