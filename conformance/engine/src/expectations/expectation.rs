//! What is accepted from one target, and why.

use std::collections::BTreeSet;

use atlas_api::clauses::Clause;
use jiff::civil::Date;

use crate::judge::violation::Violation;

/// The known deviations of one target; by default there are none.
#[derive(Debug, Clone, Default)]
pub struct Expectations {
    /// In the order of the file.
    pub entries: Vec<Expectation>,
}

/// One entry: what may deviate, and why that is accepted.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// Where it stands, as `file:line`.
    pub place: String,
    /// The glob as it is written.
    pub pattern: String,
    /// What the glob covers.
    pub covered: Covered,
    /// Why the deviation is accepted.
    pub because: String,
    /// Where more is said: a link or a ticket.
    pub see: Option<String>,
    /// The last day on which the entry holds.
    pub until: Option<Date>,
    /// That day has passed.
    pub over: bool,
}

/// What an entry covers: everything that some checks report, or breaches of some clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Covered {
    /// Whatever these checks report.
    Checks(BTreeSet<&'static str>),
    /// Breaches of these clauses, whichever check reports them.
    Clauses(BTreeSet<Clause>),
}

impl Expectation {
    /// Whether the entry accepts that this check reports a breach of this clause.
    pub fn accepts(&self, check: &str, clause: Clause) -> bool {
        !self.over
            && match &self.covered {
                Covered::Checks(checks) => checks.contains(check),
                Covered::Clauses(clauses) => clauses.contains(&clause),
            }
    }

    /// The key of the file: `check` or `clause`.
    pub const fn key(&self) -> &'static str {
        match self.covered {
            Covered::Checks(_) => "check",
            Covered::Clauses(_) => "clause",
        }
    }
}

impl Expectations {
    /// The first entry that accepts that this check reports a breach of this clause.
    pub fn accepting(&self, check: &str, clause: Clause) -> Option<&Expectation> {
        self.entries.iter().find(|entry| entry.accepts(check, clause))
    }
}

/// A violation that an expectation accepts.
#[derive(Debug, Clone)]
pub struct Known {
    pub violation: Violation,
    /// Why it is accepted.
    pub because: String,
    /// Where more is said.
    pub see: Option<String>,
    /// The entry, as `file:line`.
    pub place: String,
}

/// The result of one entry in a run.
#[derive(Debug, Clone)]
pub struct ExpectationResult {
    pub expectation: Expectation,
    pub state: ExpectationState,
}

/// The result of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectationState {
    /// The deviation was seen.
    Holds,
    /// These checks or clauses no longer deviate; the run fails.
    Stale(Vec<&'static str>),
    /// Nothing deviated, but not everything that could show it has run to its end.
    Unjudged(Vec<&'static str>),
    /// Its last day has passed, and it accepts nothing.
    Over,
}

impl ExpectationState {
    /// Its word in reports.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Stale(_) => "stale",
            Self::Unjudged(_) => "unjudged",
            Self::Over => "over",
        }
    }
}
