//! What reports know of a check, and how it can end.

use std::pin::Pin;

use atlas_api::clauses::{Clause, Level};

use crate::exchange::TransportError;
use crate::session::SendError;

/// A check at work.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Halt>> + 'a>>;

/// A check without its function: what reports need of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckInfo {
    /// `section/topic/name`: folder, file and what is checked.
    pub id: &'static str,
    /// One sentence that is true of a conforming target.
    pub title: &'static str,
    /// The clauses that it tests; the first is what it is for.
    pub clauses: &'static [Clause],
}

impl CheckInfo {
    /// The strictest level among its clauses.
    pub fn level(&self) -> Level {
        self.clauses.iter().map(|clause| clause.level()).min().unwrap_or(Level::May)
    }
}

/// Why a check ended before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Halt {
    /// A violation was found and going on makes no sense.
    Failed,
    /// The server has closed the connection that a request was to go out on, as it may.
    Closed,
    /// A precondition could not be set up, or no response could be had: no verdict.
    Error(String),
    /// The run has no way to do what the check needs here.
    Skip(String),
}

impl From<SendError> for Halt {
    fn from(error: SendError) -> Self {
        Self::Error(error.to_string())
    }
}

impl From<TransportError> for Halt {
    fn from(error: TransportError) -> Self {
        Self::Error(error.to_string())
    }
}
