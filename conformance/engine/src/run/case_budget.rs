//! How many cases a run tries, and until when.

use std::time::Instant;

/// How many cases a run tries, and until when.
#[derive(Debug, Clone, Copy)]
pub struct CaseBudget {
    /// Cases of each property, and of each list where the list is not tried whole.
    pub cases: u32,
    /// When the run has to end: no further case is tried and no further check begun.
    pub until: Option<Instant>,
}

impl CaseBudget {
    /// Cases against a server on this machine, where requests cost little.
    pub const LOCAL: u32 = 32;
    /// Cases over a network.
    pub const REMOTE: u32 = 6;

    /// So many cases, with no limit of time.
    pub const fn cases(cases: u32) -> Self {
        Self { cases, until: None }
    }

    /// Whether every item of a list and every combination is tried.
    pub const fn is_thorough(self) -> bool {
        self.cases >= Self::LOCAL
    }

    /// Whether the time is up.
    pub fn is_spent(self) -> bool {
        self.until.is_some_and(|until| Instant::now() >= until)
    }
}
