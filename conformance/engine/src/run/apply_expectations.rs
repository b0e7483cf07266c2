//! Applies expectations to a run: what they accept, and which of them no longer hold.

use std::collections::BTreeSet;

use atlas_api::clauses::Clause;

use super::check::CheckInfo;
use super::report::CheckReport;
use super::verdict::Verdict;
use crate::expectations::{
    Covered, Expectation, ExpectationResult, ExpectationState, Expectations, Known,
};

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

    /// The result of each entry; fails the checks of those that are stale. The reports have their
    /// verdicts by now; `catalogue` is every check that there is.
    pub fn settle(
        &self,
        reports: &mut [CheckReport],
        catalogue: &[CheckInfo],
    ) -> Vec<ExpectationResult> {
        let results: Vec<_> = self
            .entries
            .iter()
            .map(|entry| ExpectationResult {
                expectation: entry.clone(),
                state: state(entry, reports, catalogue),
            })
            .collect();
        for result in &results {
            if let ExpectationState::Stale(names) = &result.state {
                names.iter().for_each(|name| fail(name, &result.expectation, reports));
            }
        }
        results
    }
}

fn state(
    entry: &Expectation,
    reports: &[CheckReport],
    catalogue: &[CheckInfo],
) -> ExpectationState {
    if entry.over {
        return ExpectationState::Over;
    }
    let items: Vec<(&'static str, Seen)> = match &entry.covered {
        Covered::Checks(ids) => ids.iter().map(|id| (*id, seen_of_check(id, reports))).collect(),
        Covered::Clauses(clauses) => {
            clauses.iter().map(|c| (c.slug(), seen_of_clause(*c, reports, catalogue))).collect()
        }
    };
    let of = |wanted: Seen| -> Vec<&'static str> {
        items.iter().filter(|(_, seen)| *seen == wanted).map(|(name, _)| *name).collect()
    };
    let (held, kept) = (of(Seen::Deviates), of(Seen::Conforms));
    match (held.is_empty(), kept.is_empty()) {
        (_, false) => ExpectationState::Stale(kept),
        (false, true) => ExpectationState::Holds,
        (true, true) => ExpectationState::Unjudged(of(Seen::Unknown)),
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
fn seen_of_clause(clause: Clause, reports: &[CheckReport], catalogue: &[CheckInfo]) -> Seen {
    let broken = |report: &CheckReport| {
        let known = report.known.iter().map(|known| &known.violation);
        known.chain(&report.violations).any(|violation| violation.clause == clause)
    };
    if reports.iter().any(broken) {
        return Seen::Deviates;
    }
    let complete: BTreeSet<_> =
        reports.iter().filter(|report| report.complete).map(|report| report.check.id).collect();
    let mut testing = catalogue.iter().filter(|check| check.clauses.contains(&clause)).peekable();
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
