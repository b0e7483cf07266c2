//! Expectations held against a run: what they accept, and which of them no longer hold.

use std::collections::BTreeSet;

use atlas_api::clauses::Clause;

use crate::check::Verdict;
use crate::checks;
use crate::event::CheckReport;
use crate::expectations::expectation::{Covered, Expectation, Expectations};
use crate::violation::Violation;

/// A violation that an expectation accepts.
#[derive(Debug, Clone)]
pub struct Known {
    /// What was found.
    pub violation: Violation,
    /// Why it is accepted.
    pub because: String,
    /// Where more is said.
    pub see: Option<String>,
    /// The entry, as `file:line`.
    pub place: String,
}

/// What became of one entry in a run.
#[derive(Debug, Clone)]
pub struct Note {
    /// The entry.
    pub expectation: Expectation,
    /// What became of it.
    pub state: State,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The deviation was seen.
    Holds,
    /// These checks or clauses no longer deviate; the run fails.
    Stale(Vec<&'static str>),
    /// Nothing deviated, but not everything that could show it has run to its end.
    Unjudged(Vec<&'static str>),
    /// Its last day has passed, and it accepts nothing.
    Over,
}

impl State {
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

impl Expectations {
    /// Moves what is accepted out of the violations of a report, into `known`.
    pub fn accept(&self, report: &mut CheckReport) {
        let id = report.check.id;
        for violation in std::mem::take(&mut report.violations) {
            match self.accepting(id, violation.clause) {
                None => report.violations.push(violation),
                Some(entry) => report.known.push(Known {
                    violation,
                    because: entry.because.clone(),
                    see: entry.see.clone(),
                    place: entry.place.clone(),
                }),
            }
        }
    }

    /// Says of each entry what became of it, and fails the checks of those that are stale.
    /// The reports have their verdicts by now.
    pub fn settle(&self, reports: &mut [CheckReport]) -> Vec<Note> {
        let notes: Vec<_> = self
            .entries
            .iter()
            .map(|entry| Note { expectation: entry.clone(), state: state(entry, reports) })
            .collect();
        for note in &notes {
            if let State::Stale(names) = &note.state {
                names.iter().for_each(|name| fail(name, &note.expectation, reports));
            }
        }
        notes
    }
}

fn state(entry: &Expectation, reports: &[CheckReport]) -> State {
    if entry.over {
        return State::Over;
    }
    let items: Vec<(&'static str, Seen)> = match &entry.covered {
        Covered::Checks(ids) => ids.iter().map(|id| (*id, seen_of_check(id, reports))).collect(),
        Covered::Clauses(clauses) => {
            clauses.iter().map(|c| (c.slug(), seen_of_clause(*c, reports))).collect()
        }
    };
    let of = |wanted: Seen| -> Vec<&'static str> {
        items.iter().filter(|(_, seen)| *seen == wanted).map(|(name, _)| *name).collect()
    };
    let (held, kept) = (of(Seen::Deviates), of(Seen::Conforms));
    match (held.is_empty(), kept.is_empty()) {
        (_, false) => State::Stale(kept),
        (false, true) => State::Holds,
        (true, true) => State::Unjudged(of(Seen::Unknown)),
    }
}

/// What a run says of a check or a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Deviates,
    Conforms,
    Unknown,
}

fn seen_of_check(id: &str, reports: &[CheckReport]) -> Seen {
    match reports.iter().find(|report| report.check.id == id) {
        Some(report) if !report.known.is_empty() => Seen::Deviates,
        Some(report) if report.verdict == Verdict::Pass => Seen::Conforms,
        _ => Seen::Unknown,
    }
}

/// A clause is kept where no check saw a breach and every check that is for it ran to its end.
fn seen_of_clause(clause: Clause, reports: &[CheckReport]) -> Seen {
    let broken = |report: &CheckReport| {
        let known = report.known.iter().map(|known| &known.violation);
        known.chain(&report.violations).any(|violation| violation.clause == clause)
    };
    if reports.iter().any(broken) {
        return Seen::Deviates;
    }
    let complete: BTreeSet<_> =
        reports.iter().filter(|report| report.complete).map(|report| report.check.id).collect();
    let mut testing = checks::all().filter(|check| check.clauses.contains(&clause)).peekable();
    let tested = testing.peek().is_some();
    if tested && testing.all(|check| complete.contains(check.id)) {
        Seen::Conforms
    } else {
        Seen::Unknown
    }
}

/// Fails the check, or the check that is for the clause.
fn fail(name: &str, entry: &Expectation, reports: &mut [CheckReport]) {
    let named = |report: &CheckReport| report.check.id == name;
    let first = |report: &CheckReport| {
        report.check.clauses.first().is_some_and(|clause| clause.slug() == name)
    };
    let any =
        |report: &CheckReport| report.check.clauses.iter().any(|clause| clause.slug() == name);
    let at = reports
        .iter()
        .position(named)
        .or_else(|| reports.iter().position(first))
        .or_else(|| reports.iter().position(any));
    if let Some(report) = at.map(|at| &mut reports[at]) {
        report.verdict = Verdict::Fail;
        report.reason = Some(stale(name, entry));
    }
}

fn stale(name: &str, entry: &Expectation) -> String {
    let what = if entry.pattern == name {
        "remove it".to_owned()
    } else {
        format!("narrow `{}`", entry.pattern)
    };
    format!(
        "stale expectation: `{name}` no longer deviates, but {} expects it to: {what}",
        entry.place
    )
}
