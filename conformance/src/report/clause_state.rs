//! The state of each clause after a run.

use std::collections::BTreeSet;

use atlas_api::clauses::{Clause, Level};
use serde::Serialize;

use atlas_engine::evidence::{Redactor, shown_text};
use atlas_engine::run::check::CheckInfo;
use atlas_engine::run::report::{CheckReport, RunReport};
use atlas_engine::run::verdict::Verdict;

/// One clause and its state after a run.
#[derive(Debug, Clone, Serialize)]
pub struct ClauseEntry {
    pub slug: &'static str,
    /// The first part of its slug.
    pub section: &'static str,
    pub level: String,
    pub text: &'static str,
    pub source: &'static str,
    pub state: ClauseState,
    /// The reason why it was not judged.
    pub because: Option<String>,
    /// Every check that tests it, selected or not.
    pub checks: Vec<&'static str>,
}

/// The state of a clause after a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseState {
    Fail,
    /// It is broken and of level should.
    Warn,
    /// It is broken, as an expectation says.
    Known,
    /// A check of it passed, and no check found a violation.
    Pass,
    /// It leaves something open; the run observed what the target does.
    Observed,
    /// Every check of it was skipped.
    Skipped,
    /// No check of it was selected, or none reached a verdict.
    NotJudged,
}

impl ClauseState {
    /// All states, the most severe first.
    pub const ALL: [Self; 7] = [
        Self::Fail,
        Self::Warn,
        Self::Known,
        Self::Pass,
        Self::Observed,
        Self::Skipped,
        Self::NotJudged,
    ];

    /// Its words in reports.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Fail => "broken",
            Self::Warn => "warned",
            Self::Known => "known deviation",
            Self::Pass => "holds",
            Self::Observed => "observed",
            Self::Skipped => "skipped",
            Self::NotJudged => "not judged",
        }
    }
}

/// Every clause, in the order of the catalogue.
pub(super) fn clauses(run: &RunReport, redactor: &Redactor) -> Vec<ClauseEntry> {
    let broken: BTreeSet<Clause> = run
        .checks
        .iter()
        .flat_map(|check| check.violations.iter().map(|violation| violation.clause))
        .collect();
    Clause::ALL.iter().map(|clause| entry(*clause, run, &broken, redactor)).collect()
}

fn entry(
    clause: Clause,
    run: &RunReport,
    broken: &BTreeSet<Clause>,
    redactor: &Redactor,
) -> ClauseEntry {
    let tests = |check: &CheckInfo| check.clauses.contains(&clause);
    let judges: Vec<_> = run.checks.iter().filter(|report| tests(&report.check)).collect();
    let (state, because) = match clause.level() {
        Level::Must if broken.contains(&clause) => (ClauseState::Fail, None),
        Level::Should if broken.contains(&clause) && run.strict => (ClauseState::Fail, None),
        Level::Should if broken.contains(&clause) => (ClauseState::Warn, None),
        level => unbroken(clause, level, run, &judges),
    };
    ClauseEntry {
        slug: clause.slug(),
        section: clause.section(),
        level: clause.level().to_string(),
        text: clause.text(),
        source: clause.source(),
        state,
        because: because.map(|text| shown_text(&text, redactor)),
        checks: run.catalogue.iter().filter(|check| tests(check)).map(|check| check.id).collect(),
    }
}

fn unbroken(
    clause: Clause,
    level: Level,
    run: &RunReport,
    judges: &[&CheckReport],
) -> (ClauseState, Option<String>) {
    let known = run.checks.iter().flat_map(|report| &report.known);
    if let Some(known) = known.into_iter().find(|known| known.violation.clause == clause) {
        return (ClauseState::Known, Some(known.because.clone()));
    }
    let ended = |verdict| judges.iter().find(move |report| report.verdict == verdict);
    if let Some(errored) = ended(Verdict::Error) {
        return (ClauseState::NotJudged, errored.reason.clone());
    }
    if level == Level::May && run.observations.iter().any(|seen| seen.clause == clause) {
        return (ClauseState::Observed, None);
    }
    if ended(Verdict::Pass).is_some() {
        return (ClauseState::Pass, None);
    }
    // A check that met another breach may have ended before it came to this clause.
    if let Some(other) = judges.iter().find(|report| report.verdict != Verdict::Skip) {
        let because = format!("{} ended with another clause broken", other.check.id);
        return (ClauseState::NotJudged, Some(because));
    }
    if let Some(skipped) = ended(Verdict::Skip) {
        return (ClauseState::Skipped, skipped.reason.clone());
    }
    let because = clause.uncheckable().unwrap_or("no check of it was selected");
    (ClauseState::NotJudged, Some(because.to_owned()))
}
