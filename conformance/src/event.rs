//! What the runner tells the reports.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime};

use crate::answers::Answers;
use crate::check::{Check, Verdict};
use crate::exchange::Exchange;
use crate::expectations::{Known, Note};
use crate::probe::Observation;
use crate::traffic::Traffic;
use crate::violation::Violation;

/// One step of a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// The checks are about to run.
    Started {
        /// The target's URL.
        target: &'a str,
        /// How many checks will run.
        checks: usize,
        /// The seed.
        seed: u64,
    },
    /// A request was sent and answered, or left unanswered.
    Exchanged(&'a Rc<Exchange>),
    /// A check is done; its verdict may still grow worse by what others find.
    Done {
        /// The check.
        check: &'static Check,
    },
    /// The run is over.
    Finished(&'a RunReport),
}

/// How a whole run ended.
#[derive(Debug)]
pub struct RunReport {
    /// The target's URL.
    pub target: String,
    /// The target's URL without its path, to which request targets are appended.
    pub origin: String,
    /// The seed.
    pub seed: u64,
    /// The options that name the target on the command line.
    pub reached_by: Vec<String>,
    /// All requests, set-up included.
    pub requests: u64,
    /// How many of them were answered with 429 and sent again.
    pub rate_limited: u64,
    /// When it began.
    pub started: Beginning,
    /// From the first request to the last answer.
    pub duration: Duration,
    /// Whether breaches of level should fail.
    pub strict: bool,
    /// Statuses and latencies.
    pub traffic: Traffic,
    /// One entry for each selected check, in the order of the catalogue.
    pub checks: Vec<CheckReport>,
    /// What was seen of the questions that are left open.
    pub observations: BTreeSet<Observation>,
    /// What the answers looked like, by the check that asked.
    pub answers: Answers,
    /// What became of each expectation.
    pub expectations: Vec<Note>,
    /// Violations that a check of another part of the run has to report.
    pub elsewhere: Vec<Elsewhere>,
    /// Users that could not be removed again.
    pub left_behind: Vec<String>,
}

/// A violation that a check met on its way, while the check that is for its clause runs in
/// another process.
#[derive(Debug)]
pub struct Elsewhere {
    /// The check that is for the clause.
    pub owner: &'static Check,
    /// The check that met the violation.
    pub met_by: &'static Check,
    /// What was found.
    pub violation: Violation,
}

/// When a run began, on both clocks, so that an instant can be told as a time of day.
#[derive(Debug, Clone, Copy)]
pub struct Beginning {
    /// The time of day.
    pub time: SystemTime,
    /// The same moment on the clock of the exchanges.
    pub instant: Instant,
}

impl Beginning {
    /// This moment.
    pub fn now() -> Self {
        Self { time: SystemTime::now(), instant: Instant::now() }
    }

    /// How long after the beginning an exchange was sent.
    pub fn until(&self, instant: Instant) -> Duration {
        instant.saturating_duration_since(self.instant)
    }
}

/// How one check ended.
#[derive(Debug)]
pub struct CheckReport {
    /// The check.
    pub check: &'static Check,
    /// Its verdict.
    pub verdict: Verdict,
    /// Why it was skipped or could not tell.
    pub reason: Option<String>,
    /// Whether it ran to its end.
    pub complete: bool,
    /// What it found, worst first.
    pub violations: Vec<Violation>,
    /// What it found that an expectation accepts.
    pub known: Vec<Known>,
    /// The checks whose exchanges showed what this one reports, to repeat it.
    pub origins: BTreeSet<&'static str>,
    /// Requests of the operation under test.
    pub requests: u64,
    /// How long it took.
    pub duration: Duration,
}

/// How many checks ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Warned.
    pub warned: usize,
    /// Deviated as expected.
    pub known: usize,
    /// Skipped.
    pub skipped: usize,
    /// Without a verdict.
    pub errored: usize,
}

impl RunReport {
    /// Counts the verdicts.
    pub fn summary(&self) -> Summary {
        let count = |verdict| self.checks.iter().filter(|c| c.verdict == verdict).count();
        Summary {
            passed: count(Verdict::Pass),
            failed: count(Verdict::Fail),
            warned: count(Verdict::Warn),
            known: count(Verdict::Known),
            skipped: count(Verdict::Skip),
            errored: count(Verdict::Error),
        }
    }

    /// The verdict of the run: a failure outweighs what could not be told.
    pub fn verdict(&self) -> Verdict {
        let summary = self.summary();
        if summary.failed > 0 {
            Verdict::Fail
        } else if summary.errored > 0 || summary.passed + summary.warned + summary.known == 0 {
            Verdict::Error
        } else {
            Verdict::Pass
        }
    }
}

impl CheckReport {
    /// A report of a check that did not run.
    pub fn skipped(check: &'static Check, reason: String) -> Self {
        Self {
            check,
            verdict: Verdict::Skip,
            reason: Some(reason),
            complete: false,
            violations: Vec::new(),
            known: Vec::new(),
            origins: BTreeSet::new(),
            requests: 0,
            duration: Duration::ZERO,
        }
    }

    /// The clauses that are broken, each once, the weightiest first.
    pub fn broken(&self) -> Vec<&'static str> {
        let mut slugs = Vec::new();
        for violation in &self.violations {
            if !slugs.contains(&violation.clause.slug()) {
                slugs.push(violation.clause.slug());
            }
        }
        slugs
    }

    /// The exchanges of the first violation.
    pub fn exchanges(&self) -> &[Rc<Exchange>] {
        self.violations.first().map_or(&[], |violation| &violation.exchanges)
    }
}
