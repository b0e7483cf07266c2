//! The fault matrix: each deliberate fault of the reference server is caught by a check of the
//! clause that it breaks. `cargo test --test matrix -- --nocapture` prints fault × checks;
//! `ATLAS_FAULTS=name` takes only faults whose name contains it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use atlas_conformance::check::Verdict;
use atlas_conformance::checks;
use atlas_conformance::event::RunReport;
use atlas_conformance::probe::Effort;
use atlas_conformance::reference::{self, Fault, Options as Server};
use atlas_conformance::runner::{self, Options};
use atlas_conformance::target::embedded;

/// Runs the whole suite against a reference server.
fn judge(server: Server, cases: u32) -> RunReport {
    let server = reference::start(server).expect("a free port");
    let config = embedded::config(server.url(), server.fixture());
    let all: Vec<_> = checks::all().collect();
    let options = Options {
        strict: false,
        seed: 1,
        jobs: 4,
        timeout: Duration::from_secs(2),
        effort: Effort { cases },
        ..Options::default()
    };
    let (report, _) = runner::run(&config, &all, &options, &mut |_| {}).expect("a verdict");
    report
}

/// The checks that noticed, and whether one of them names the clause.
fn caught(fault: &'static Fault) -> (Vec<&'static str>, bool) {
    let report = judge(Server { fault: Some(fault), seed: Some(7), ..Server::default() }, 32);
    let noticed: Vec<_> = report
        .checks
        .iter()
        .filter(|check| matches!(check.verdict, Verdict::Fail | Verdict::Warn))
        .collect();
    let named = noticed.iter().any(|check| {
        check.check.clauses.iter().any(|clause| clause.slug() == fault.clause)
            && check.violations.iter().any(|violation| violation.clause.slug() == fault.clause)
    });
    (noticed.iter().map(|check| check.check.id).collect(), named)
}

#[test]
fn every_fault_is_caught_by_a_check_of_its_clause() {
    let only = std::env::var("ATLAS_FAULTS").unwrap_or_default();
    let faults: Vec<_> = reference::faults().filter(|fault| fault.name.contains(&only)).collect();
    let next = AtomicUsize::new(0);
    let rows = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(fault) = faults.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let row = caught(fault);
                    rows.lock().unwrap_or_else(PoisonError::into_inner).insert(fault.name, row);
                }
            });
        }
    });
    let rows = rows.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut matrix = String::new();
    let mut escaped = Vec::new();
    for fault in &faults {
        let (checks, named) = &rows[fault.name];
        let mark = if *named { "caught" } else { "MISSED" };
        let _ = writeln!(matrix, "{mark} {} [{}] {}", fault.name, fault.clause, checks.join(" "));
        if !named {
            escaped.push(format!("{} [{}]: noticed by {checks:?}", fault.name, fault.clause));
        }
    }
    // For `--nocapture`: the matrix itself.
    std::io::stdout().write_all(matrix.as_bytes()).expect("standard output");
    assert!(escaped.is_empty(), "{} escaped:\n{}", escaped.len(), escaped.join("\n"));
}
