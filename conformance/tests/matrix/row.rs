//! What the suite finds of a fault, with the least effort that finds it.

use std::collections::BTreeSet;
use std::time::Duration;

use atlas_api::clauses::Clause;
use atlas_engine::run::case_budget::CaseBudget;
use atlas_engine::run::report::CheckReport;
use atlas_engine::run::verdict::Verdict;
use atlas_reference::{Fault, Options as Server, Variant};
use atlas_remove_role::checks::{self, Check};
use atlas_remove_role::run::Options;

use crate::embedded::{at_full_length, judge_by, side_by_side};

/// Threads that judge faults. Most of the time they wait: for what comes a moment later, or never.
const THREADS: usize = 12;

/// What a run found of a fault.
pub(crate) struct Row {
    /// The effort that it took: a few cases first, the default if those did not show it.
    pub(crate) cases: u32,
    /// The checks that noticed.
    pub(crate) noticed: Vec<&'static str>,
    /// Those of them that are for the clause and hold a violation of it.
    pub(crate) caught: Vec<&'static str>,
    /// The clauses that the report names, in its order.
    pub(crate) named: Vec<&'static str>,
    /// How many checks fail or warn.
    pub(crate) failing: usize,
}

/// A server with a defect, and with legal habits that may hide it.
#[derive(Clone)]
pub(crate) struct Subject {
    pub(crate) fault: &'static Fault,
    pub(crate) variants: Vec<&'static Variant>,
    /// How long each response waits, so that concurrent calls do overlap.
    pub(crate) latency: Duration,
}

impl From<&'static Fault> for Subject {
    fn from(fault: &'static Fault) -> Self {
        Self { fault, variants: Vec::new(), latency: Duration::ZERO }
    }
}

/// The row of each subject, in their order.
pub(crate) fn rows(subjects: &[Subject]) -> Vec<Row> {
    side_by_side(THREADS, subjects, |_, subject| row(subject))
}

/// The least effort that catches a fault: few cases, then the default. At full length every check
/// takes part; else the checks of the clause do, one by one until one catches it.
fn row(subject: &Subject) -> Row {
    let all: Vec<_> = checks::all().collect();
    let budgets = [CaseBudget::REMOTE, CaseBudget::LOCAL];
    let mut efforts: Vec<(Vec<&'static Check>, u32)> = Vec::new();
    for cases in budgets.into_iter().filter(|_| !at_full_length()) {
        let own = all.iter().filter(|check| tests(check.clauses, subject.fault));
        efforts.extend(own.map(|check| (vec![*check], cases)));
    }
    efforts.extend(budgets.map(|cases| (all.clone(), cases)));
    let mut row = None;
    for (checks, cases) in efforts {
        let found = row.insert(attempt(subject, &checks, cases));
        if !found.caught.is_empty() {
            break;
        }
    }
    row.expect("an effort")
}

fn tests(clauses: &[Clause], fault: &Fault) -> bool {
    clauses.iter().any(|clause| clause.slug() == fault.clause)
}

fn attempt(subject: &Subject, checks: &[&'static Check], cases: u32) -> Row {
    let Subject { fault, variants, latency } = subject.clone();
    let server =
        Server { fault: Some(fault), variants, latency, seed: Some(7), ..Server::default() };
    // One check after the other, so that the rows are the same each time.
    let options = Options {
        jobs: 1,
        timeout: Duration::from_secs(5),
        budget: CaseBudget::cases(cases),
        ..Options::default()
    };
    let report = judge_by(server, &options, checks).expect("a verdict");
    let failing = |verdict| matches!(verdict, Verdict::Fail | Verdict::Warn);
    let mut row = Row {
        cases,
        noticed: Vec::new(),
        caught: Vec::new(),
        named: Vec::new(),
        failing: report.checks.iter().filter(|check| failing(check.verdict)).count(),
    };
    let mut noticed = BTreeSet::new();
    for cause in &report.causes {
        noticed.extend(cause.checks.iter().copied());
        if !row.named.contains(&cause.clause.slug()) {
            row.named.push(cause.clause.slug());
        }
        // A few checks can't tell circumstances apart; what is named is a matter of all of them.
        if cause.clause.slug() == fault.clause || !at_full_length() {
            let met = |check: &&&CheckReport| cause.checks.contains(check.check.id);
            let for_it = |check: &&&CheckReport| tests(check.check.clauses, fault);
            let caught = report.checks.iter().filter(|it| met(&it) && for_it(&it));
            row.caught.extend(caught.map(|check| check.check.id));
            if row.caught.is_empty() && cause.clause.slug() == fault.clause {
                row.caught.push(cause.owner.id);
            }
        }
    }
    row.noticed =
        report.checks.iter().map(|it| it.check.id).filter(|id| noticed.contains(id)).collect();
    row
}
