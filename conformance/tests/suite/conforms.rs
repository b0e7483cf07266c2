//! The reference conforms: no failure, no warning, and every must clause was judged.

use atlas_api::clauses::{Clause, Level};
use atlas_conformance::check::Verdict;
use atlas_conformance::checks;
use atlas_conformance::event::RunReport;
use atlas_conformance::probe::Effort;
use atlas_conformance::reference::{self, Options as Server};
use atlas_conformance::runner::{self, Options};
use atlas_conformance::target::embedded;
use std::time::Duration;

fn judge(seed: u64) -> RunReport {
    let server = reference::start(Server::default()).expect("a free port");
    let config = embedded::config(server.url(), server.fixture());
    let all: Vec<_> = checks::all().collect();
    let timeout = Duration::from_secs(10);
    let options = Options {
        strict: true,
        seed,
        jobs: 4,
        timeout,
        effort: Effort { cases: 32 },
        ..Options::default()
    };
    runner::run(&config, &all, &options, &mut |_| {}).expect("a verdict").0
}

#[test]
fn the_reference_passes_every_check_that_there_is() {
    for seed in 1..=3 {
        let report = judge(seed);
        let bad: Vec<_> = report
            .checks
            .iter()
            .filter(|check| check.verdict != Verdict::Pass)
            .map(|check| {
                (
                    check.check.id,
                    check.reason.clone(),
                    check.violations.first().map(|v| (v.expected.clone(), v.received.clone())),
                )
            })
            .collect();
        assert!(bad.is_empty(), "seed {seed}: {bad:#?}");
        assert!(report.left_behind.is_empty(), "{:?}", report.left_behind);
        let judged = |clause: &Clause| {
            report.checks.iter().any(|check| check.check.clauses.contains(clause))
        };
        for clause in Clause::ALL.iter().filter(|clause| clause.level() == Level::Must) {
            assert!(judged(clause), "{clause} was not judged");
        }
    }
}

#[test]
fn the_same_seed_asks_the_same_questions() {
    // Races decide how many requests Digest and refusals take, so the checks without are compared.
    let requests = |report: &RunReport| {
        let steady = report.checks.iter().filter(|check| check.check.id.starts_with("request/"));
        steady.map(|check| (check.check.id, check.requests)).collect::<Vec<_>>()
    };
    assert_eq!(requests(&judge(9)), requests(&judge(9)));
}
