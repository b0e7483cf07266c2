//! The reference conforms: no failure, no warning, and every must clause was judged.

use atlas_api::clauses::{Clause, Level};
use atlas_engine::run::case_budget::CaseBudget;
use atlas_engine::run::event::Event;
use atlas_engine::run::report::RunReport;
use atlas_engine::run::verdict::Verdict;
use atlas_reference::Options as Server;
use atlas_remove_role::checks;
use atlas_remove_role::checks::Check;
use atlas_remove_role::run::{self, Options};

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
        let coverage = report.coverage.expect("the coverage");
        for (met, all) in [coverage.pairs, coverage.triples] {
            assert!(met == all && all > 0, "{coverage:?}");
        }
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

#[test]
fn a_short_run_covers_each_pair_and_says_how_many_triples() {
    let short = Options { budget: CaseBudget::cases(CaseBudget::REMOTE), ..Options::default() };
    let covered = checks::all().find(|check| check.id == "roles/combination/covered");
    let checks = [covered.expect("the check")];
    let report = embedded::judge_by(Server::default(), &short, &checks).expect("a verdict");
    let coverage = report.coverage.expect("the coverage");
    assert_eq!(coverage.pairs.0, coverage.pairs.1);
    assert!((1..coverage.triples.1).contains(&coverage.triples.0), "{coverage:?}");
}

/// The bodies that a run of some checks sends, with so many cases at once.
fn bodies(jobs: usize) -> Vec<Vec<u8>> {
    let server = atlas_reference::start(Server { seed: Some(7), ..Server::default() });
    let server = server.expect("a free port");
    let config = atlas_conformance::embedded::config(server.url(), server.fixture());
    let ids = ["roles/last/many-users", "roles/last/everywhere", "auth/permission/refused"];
    let some: Vec<_> = checks::all().filter(|check| ids.contains(&check.id)).collect();
    let options = Options { jobs, seed: 3, ..Options::default() };
    let mut bodies = Vec::new();
    run::run(&config, &some, &options, &mut |event| {
        if let Event::Exchanged(exchange) = event {
            bodies.push(exchange.request.body.to_vec());
        }
    })
    .expect("a run");
    bodies.sort();
    bodies
}

#[test]
fn the_same_seed_sends_the_same_whatever_runs_side_by_side() {
    assert_eq!(bodies(1), bodies(24));
}

/// A check with a defect of its own.
static PANICS: Check = Check {
    id: "http/answers/panics",
    title: "This check is at fault itself",
    clauses: &[Clause::HttpAnswers],
    needs: &[],
    run: |_| Box::pin(async { panic!("out of bounds") }),
};

#[test]
fn a_check_that_panics_is_no_pass_and_ends_no_run() {
    let server = atlas_reference::start(atlas_reference::Options::default()).expect("a free port");
    let config = atlas_conformance::embedded::config(server.url(), server.fixture());
    let good = checks::all().next().expect("a check");
    let (report, _) =
        run::run(&config, &[&PANICS, good], &Options::default(), &mut |_| {}).expect("a run");
    let ended: Vec<_> = report.checks.iter().map(|check| check.verdict).collect();
    assert_eq!(ended, [Verdict::Error, Verdict::Pass]);
    let reason = report.checks[0].reason.as_deref().unwrap_or_default();
    assert!(
        reason.contains("a defect of this suite") && reason.ends_with("out of bounds"),
        "{reason}"
    );
    assert_eq!(report.verdict(), Verdict::Error);
}
