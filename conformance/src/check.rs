//! What a check is, what it may need, and how it can end.

use std::fmt;
use std::pin::Pin;

use atlas_api::clauses::{Clause, Level};

use crate::probe::Probe;

/// One check: data, and one function that reads as prose.
pub struct Check {
    /// `section/topic/name`: folder, file and what is checked.
    pub id: &'static str,
    /// One sentence that is true of a conforming target.
    pub title: &'static str,
    /// The clauses that it tests; the first is what it is for.
    pub clauses: &'static [Clause],
    /// What it needs of the target and the configuration.
    pub needs: &'static [Need],
    /// The check itself.
    pub run: for<'a> fn(&'a Probe) -> Running<'a>,
}

/// A check at work.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Halt>> + 'a>>;

impl Check {
    /// The strictest level among its clauses.
    pub fn level(&self) -> Level {
        self.clauses.iter().map(|clause| clause.level()).min().unwrap_or(Level::May)
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Why a check ended before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Halt {
    /// A violation was found and going on makes no sense.
    Failed,
    /// The server has closed the connection that a request was to go out on, as it may.
    Closed,
    /// A precondition could not be set up, or the answer could not be had: no verdict.
    Error(String),
    /// The run has no way to do what the check needs here.
    Skip(String),
}

/// What a check requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// Active users can be made.
    ActiveUsers,
    /// Pending users can be made.
    PendingUsers,
    /// A second project.
    OtherProject,
    /// An owner's service account.
    ServiceAccount,
    /// An owner's API key.
    ApiKey,
    /// A credential without permission.
    Reader,
    /// A user invited through the deprecated endpoint.
    DeprecatedUser,
}

impl Need {
    /// Its name in the catalogue.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ActiveUsers => "active-users",
            Self::PendingUsers => "pending-users",
            Self::OtherProject => "other-project",
            Self::ServiceAccount => "service-account",
            Self::ApiKey => "api-key",
            Self::Reader => "reader",
            Self::DeprecatedUser => "deprecated-user",
        }
    }

    /// The configuration that meets it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ActiveUsers => "state.active_username",
            Self::PendingUsers => "state.pending_username",
            Self::OtherProject => "other_group_id",
            Self::ServiceAccount => "credentials.owner",
            Self::ApiKey => "credentials.owner_key",
            Self::Reader => "credentials.reader or credentials.reader_key",
            Self::DeprecatedUser => "state.deprecated_user_id",
        }
    }
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing was wrong.
    Pass,
    /// A need was not met.
    Skip,
    /// Clauses are broken, and expectations accept every breach.
    Known,
    /// A clause of level should is broken.
    Warn,
    /// No verdict could be had.
    Error,
    /// A clause of level must is broken.
    Fail,
}

impl Verdict {
    /// Its word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Skip => "skip",
            Self::Known => "known",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Fail => "fail",
        }
    }
}
