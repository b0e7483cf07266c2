//! The reference conforms: no failure, no warning, and every must clause was judged.

use atlas_api::clauses::{Clause, Level};
use atlas_conformance::check::Verdict;
use atlas_conformance::event::RunReport;
use atlas_conformance::reference::Options as Server;
use atlas_conformance::runner::Options;

use crate::embedded;

fn judge(seed: u64) -> RunReport {
    let options = Options { strict: true, seed, ..Options::default() };
    embedded::judge(Server::default(), &options).expect("a verdict")
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
