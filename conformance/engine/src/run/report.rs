//! How a run ended, as plain data.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use atlas_api::clauses::{Clause, Level};

use super::cause::Cause;
use super::check::CheckInfo;
use super::clock::RunClock;
use super::recorder::{Coverage, Observation};
use super::verdict::Verdict;
use crate::exchange::Exchange;
use crate::expectations::{ExpectationResult, Known};
use crate::judge::violation::Violation;
use crate::traffic::Traffic;
use crate::traffic::shapes::ObservedResponses;

/// How a whole run ended.
#[derive(Debug)]
pub struct RunReport {
    pub target: String,
    /// The target's URL without its path, to which request targets are appended.
    pub origin: String,
    pub seed: u64,
    /// Cases of each property; with the same seed and as many, a run sends the same.
    pub cases: u32,
    /// The options that name the target on the command line.
    pub target_options: Vec<String>,
    /// All requests, set-up included.
    pub requests: u64,
    /// How many of them were answered with 429 and sent again.
    pub rate_limited: u64,
    /// How many requests of the set-up were answered with 5xx and sent again.
    pub setup_retries: u64,
    pub started: RunClock,
    /// From the first request to the last response.
    pub duration: Duration,
    /// Whether breaches of level should fail.
    pub strict: bool,
    pub traffic: Traffic,
    /// Every check that there is, in the order of the catalogue.
    pub catalogue: Vec<CheckInfo>,
    /// One entry for each selected check, in the order of the catalogue.
    pub checks: Vec<CheckReport>,
    /// What was found wrong, the strictest clause first: one entry for all checks that met it.
    pub causes: Vec<CauseReport>,
    /// What was seen of the questions that are left open.
    pub observations: BTreeSet<Observation>,
    /// The shapes of the responses, by the check that asked.
    pub responses: ObservedResponses,
    /// The combinations of circumstances that were met; none where no check was for that.
    pub coverage: Option<Coverage>,
    /// The result of each expectation.
    pub expectations: Vec<ExpectationResult>,
    /// Violations that a check of another shard has to report.
    pub deferred: Vec<DeferredViolation>,
    /// Users that could not be removed again.
    pub left_behind: Vec<String>,
    /// Why the run ended before its end: it has no verdict, whatever was found until then.
    pub ended_early: Option<String>,
}

/// What a run found wrong in one way, however many checks met it.
#[derive(Debug, Clone)]
pub struct CauseReport {
    pub clause: Clause,
    /// The check that reports it.
    pub owner: CheckInfo,
    /// What all requests that show it were sent under, in words; empty where it shows always.
    pub circumstances: Vec<String>,
    /// The checks that met it.
    pub checks: BTreeSet<&'static str>,
}

impl CauseReport {
    /// The report of a cause by the check that is for it.
    pub fn new(cause: &Cause, owner: CheckInfo) -> Self {
        let words = cause.circumstances.iter().map(|it| it.words.to_string());
        let (clause, checks) = (cause.clause, cause.checks());
        Self { clause, owner, circumstances: words.collect(), checks }
    }
}

/// A violation that a check met while the check that is for its clause runs in another process.
#[derive(Debug)]
pub struct DeferredViolation {
    /// The check that is for the clause.
    pub owner: CheckInfo,
    /// The check that met the violation.
    pub met_by: CheckInfo,
    pub violation: Violation,
}

/// How one check ended.
#[derive(Debug)]
pub struct CheckReport {
    pub check: CheckInfo,
    pub verdict: Verdict,
    /// Why it was skipped or has no verdict.
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
    pub passed: usize,
    pub failed: usize,
    pub warned: usize,
    pub known: usize,
    pub skipped: usize,
    pub errored: usize,
}

impl RunReport {
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

    /// The verdict of the run: a failure outweighs a check without a verdict.
    pub fn verdict(&self) -> Verdict {
        let summary = self.summary();
        if self.ended_early.is_some() {
            Verdict::Error
        } else if summary.failed > 0 {
            Verdict::Fail
        } else if summary.errored > 0 || summary.passed + summary.warned + summary.known == 0 {
            Verdict::Error
        } else {
            Verdict::Pass
        }
    }
}

impl CheckReport {
    /// A report of a check that found nothing.
    pub fn new(check: CheckInfo, verdict: Verdict) -> Self {
        Self {
            check,
            verdict,
            reason: None,
            complete: false,
            violations: Vec::new(),
            known: Vec::new(),
            origins: BTreeSet::new(),
            requests: 0,
            duration: Duration::ZERO,
        }
    }

    /// A report of a check that a run did not come to, since it ended before.
    pub fn not_reached(check: CheckInfo, reason: String) -> Self {
        Self { reason: Some(reason), ..Self::new(check, Verdict::Error) }
    }

    /// A report of a check that did not run.
    pub fn skipped(check: CheckInfo, reason: String) -> Self {
        Self { reason: Some(reason), ..Self::new(check, Verdict::Skip) }
    }

    /// The verdict by the strictest clause that is broken.
    pub fn draw_verdict(&self, strict: bool) -> Verdict {
        let worst = self.violations.first().map(|violation| violation.clause.level());
        match (worst, self.verdict, &self.reason) {
            (_, Verdict::Skip, _) => Verdict::Skip,
            (Some(Level::Must), ..) => Verdict::Fail,
            (Some(Level::Should), ..) if strict => Verdict::Fail,
            (_, _, Some(_)) => Verdict::Error,
            (Some(Level::Should), ..) => Verdict::Warn,
            _ if !self.known.is_empty() => Verdict::Known,
            _ => Verdict::Pass,
        }
    }

    /// The slugs of the clauses that are broken, each once, the strictest first.
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
