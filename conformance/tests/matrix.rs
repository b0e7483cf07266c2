//! The fault matrix: a check of its clause catches each deliberate fault of the reference server,
//! every check catches something, and a fault breaks every clause that a check is for.
//!
//! `cargo test` runs the checks of the fault's clause one by one; `cargo xtask test --all` runs every
//! check against every fault. `-- --nocapture` prints fault × checks; `ATLAS_FAULTS=name,other` takes
//! only faults whose name contains one of these, and compares no snapshot.

mod embedded;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use atlas_api::clauses::{Clause, Level};
use atlas_engine::run::case_budget::CaseBudget;
use atlas_engine::run::report::CheckReport;
use atlas_engine::run::verdict::Verdict;
use atlas_reference::{Fault, Options as Server};
use atlas_remove_role::checks::{self, Check};
use atlas_remove_role::run::Options;
use embedded::{at_full_length, judge_by};

/// Threads that judge faults; some faults make the suite wait.
const THREADS: usize = 4;

/// What a run found of a fault.
struct Row {
    /// The effort that it took: a few cases first, the default if those did not show it.
    cases: u32,
    /// The checks that noticed.
    noticed: Vec<&'static str>,
    /// Those of them that are for the clause and hold a violation of it.
    caught: Vec<&'static str>,
    /// The clauses that the report names, in its order.
    named: Vec<&'static str>,
    /// How many checks fail or warn.
    failing: usize,
}

/// The least effort that catches a fault: few cases, then the default. At full length every check
/// takes part; else the checks of the clause do, one by one until one catches it.
fn row(fault: &'static Fault) -> Row {
    let all: Vec<_> = checks::all().collect();
    let budgets = [CaseBudget::REMOTE, CaseBudget::LOCAL];
    let mut efforts: Vec<(Vec<&'static Check>, u32)> = Vec::new();
    for cases in budgets.into_iter().filter(|_| !at_full_length()) {
        let own = all.iter().filter(|check| tests(check.clauses, fault));
        efforts.extend(own.map(|check| (vec![*check], cases)));
    }
    efforts.extend(budgets.map(|cases| (all.clone(), cases)));
    let mut row = None;
    for (checks, cases) in efforts {
        let found = row.insert(attempt(fault, &checks, cases));
        if !found.caught.is_empty() {
            break;
        }
    }
    row.expect("an effort")
}

fn tests(clauses: &[Clause], fault: &Fault) -> bool {
    clauses.iter().any(|clause| clause.slug() == fault.clause)
}

fn attempt(fault: &'static Fault, checks: &[&'static Check], cases: u32) -> Row {
    let server = Server { fault: Some(fault), seed: Some(7), ..Server::default() };
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

fn rows(faults: &[&'static Fault]) -> BTreeMap<&'static str, Row> {
    let next = AtomicUsize::new(0);
    let rows = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(fault) = faults.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let row = row(fault);
                    rows.lock().unwrap_or_else(PoisonError::into_inner).insert(fault.name, row);
                }
            });
        }
    });
    rows.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Fault × all checks that noticed.
fn matrix(faults: &[&'static Fault], rows: &BTreeMap<&'static str, Row>) -> String {
    listed(faults, |fault| {
        let Row { cases, noticed, caught, named, .. } = &rows[fault.name];
        let mark = if caught.is_empty() { "MISSED " } else { "" };
        let (named, noticed) = (named.join(" "), noticed.join(" "));
        format!("{mark}{} ({cases} cases): names {named}; met by {noticed}", fault.name)
    })
}

/// Fault × the checks of its clause that caught it; where that is a matter of timing, none by name.
fn snapshot(faults: &[&'static Fault], rows: &BTreeMap<&'static str, Row>) -> String {
    const TIMED: [&str; 2] = ["roles.never-empty-under-race", "http.concurrent"];
    listed(faults, |fault| match &rows[fault.name] {
        _ if TIMED.contains(&fault.clause) => format!("{}: a check of the clause", fault.name),
        Row { cases, caught, .. } => {
            format!("{} ({cases} cases): {}", fault.name, caught.join(" "))
        }
    })
}

/// A line for each fault, below its clause.
fn listed(faults: &[&'static Fault], line: impl Fn(&Fault) -> String) -> String {
    let mut text = String::new();
    let mut clause = "";
    for fault in faults {
        if fault.clause != clause {
            clause = fault.clause;
            let _ = writeln!(text, "{clause}");
        }
        let _ = writeln!(text, "  {}", line(fault));
    }
    text
}

/// What the report of each fault names: a clause too many for one defect is an accusation too many.
fn precision(faults: &[&'static Fault], rows: &BTreeMap<&'static str, Row>) -> String {
    let mut named: Vec<_> = rows.values().map(|row| row.named.len()).collect();
    let mut failing: Vec<_> = rows.values().map(|row| row.failing).collect();
    named.sort_unstable();
    failing.sort_unstable();
    let first = |fault: &&&Fault| rows[fault.name].named.first() == Some(&fault.clause);
    let first = faults.iter().filter(first).count();
    let two = named.iter().filter(|count| **count <= 2).count();
    let at = |counts: &[usize], share: usize| counts[(counts.len() - 1) * share / 100];
    format!(
        "of {} faults: the broken clause first {first}, at most two clauses {two}\n\
         clauses named: median {}, 95 % {}, most {}\n\
         checks that fail or warn: median {}, 95 % {}, most {}\n",
        faults.len(),
        at(&named, 50),
        at(&named, 95),
        at(&named, 100),
        at(&failing, 50),
        at(&failing, 95),
        at(&failing, 100),
    )
}

#[test]
fn every_fault_is_caught_by_a_check_of_its_clause() {
    let only = std::env::var("ATLAS_FAULTS").unwrap_or_default();
    let is_asked_for =
        |fault: &&'static Fault| only.split(',').any(|part| fault.name.contains(part));
    let mut faults: Vec<_> = atlas_reference::faults().filter(is_asked_for).collect();
    faults.sort_by_key(|fault| fault.clause);
    let rows = rows(&faults);
    let mut matrix = matrix(&faults, &rows);
    if at_full_length() {
        matrix += &precision(&faults, &rows);
    }
    // For `--nocapture`: the matrix itself.
    std::io::stdout().write_all(matrix.as_bytes()).expect("standard output");
    let escaped: Vec<_> =
        faults.iter().filter(|fault| rows[fault.name].caught.is_empty()).collect();
    let described = escaped.iter().map(|fault| {
        format!("{} [{}]: noticed by {:?}", fault.name, fault.clause, rows[fault.name].noticed)
    });
    let described = described.collect::<Vec<_>>().join("\n");
    assert!(escaped.is_empty(), "{} escaped:\n{described}", escaped.len());
    if only.is_empty() && at_full_length() {
        every_check_catches_something(&rows);
        insta::assert_snapshot!("matrix", snapshot(&faults, &rows));
    }
}

fn every_check_catches_something(rows: &BTreeMap<&'static str, Row>) {
    let noticed: BTreeSet<_> = rows.values().flat_map(|row| row.noticed.iter().copied()).collect();
    let idle: Vec<_> =
        checks::all().map(|check| check.id).filter(|id| !noticed.contains(id)).collect();
    assert!(idle.is_empty(), "no fault fails {idle:?}");
}

/// What is left open can't be broken; all else has a fault, or says why no check can show it.
#[test]
fn every_clause_is_broken_by_a_fault() {
    let broken: BTreeSet<_> = atlas_reference::faults().map(|fault| fault.clause).collect();
    let whole = Clause::ALL.iter().filter(|clause| {
        clause.level() != Level::May
            && clause.uncheckable().is_none()
            && !broken.contains(clause.slug())
    });
    let whole: Vec<_> = whole.map(|clause| clause.slug()).collect();
    assert!(whole.is_empty(), "no fault breaks {whole:?}");
}
