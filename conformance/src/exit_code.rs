//! The exit codes of `atlas-conformance`, and which failure ends with which.

use std::process::ExitCode;

use atlas_engine::evidence::Redactor;
use atlas_remove_role::run::RunError;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: the target conforms, or the command did what it was asked.
    Conforms,
    /// 1: the target breaks a clause.
    Breaks,
    /// 2: the command line or the configuration is wrong; no request was sent.
    Usage,
    /// 3: no verdict, since the target is unreachable, refuses the credentials or can't be set up.
    NoVerdict,
    /// 4: no check ran.
    NothingRan,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Conforms => 0,
            Exit::Breaks => 1,
            Exit::Usage => 2,
            Exit::NoVerdict => 3,
            Exit::NothingRan => 4,
        })
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line or the configuration is wrong; no request was sent.
    #[error("{0}")]
    Usage(Box<dyn std::error::Error + Send + Sync>),
    /// The work could not be done.
    #[error("{0}")]
    NoVerdict(Box<dyn std::error::Error + Send + Sync>),
    /// No check is selected.
    #[error("no check is selected")]
    NothingSelected,
}

impl Failure {
    /// A mistake on the command line or in the configuration.
    pub fn usage(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Usage(error.into())
    }

    /// Work that could not be done.
    pub fn no_verdict(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::NoVerdict(error.into())
    }

    /// The same without the secrets that its text may hold.
    pub fn redacted(self, redactor: &Redactor) -> Self {
        match self {
            Self::Usage(error) => Self::usage(redactor.clean(&error.to_string())),
            Self::NoVerdict(error) => Self::no_verdict(redactor.clean(&error.to_string())),
            Self::NothingSelected => Self::NothingSelected,
        }
    }

    pub const fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::NoVerdict(_) => Exit::NoVerdict,
            Self::NothingSelected => Exit::NothingRan,
        }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match error.is_configuration() {
            true => Self::usage(error),
            false => Self::no_verdict(error),
        }
    }
}
