//! Legal variety: every unusual but legal habit of the reference server passes, alone and
//! combined at random, without a failure and without a warning.

mod embedded;

use std::time::Duration;

use atlas_conformance::check::Verdict;
use atlas_conformance::effort::Effort;
use atlas_conformance::reference::{self, Options as Server, Variant};
use atlas_conformance::runner::Options;
use embedded::judge;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// What the suite holds against a server with these habits.
fn accusations(variants: Vec<&'static Variant>) -> Vec<String> {
    let server = Server { variants, seed: Some(3), ..Server::default() };
    let options = Options {
        strict: true,
        jobs: 8,
        timeout: Duration::from_secs(20),
        effort: Effort::cases(4),
        ..Options::default()
    };
    let report = match judge(server, &options) {
        Ok(report) => report,
        Err(reason) => return vec![reason],
    };
    let accused = report.checks.iter().filter(|check| check.verdict != Verdict::Pass);
    accused
        .map(|check| {
            let found = check.violations.first();
            let why = found.map(|v| format!("{}: {} / {}", v.clause, v.expected, v.received));
            format!("{}: {}", check.check.id, why.or(check.reason.clone()).unwrap_or_default())
        })
        .collect()
}

#[test]
fn every_variant_alone_passes() {
    let only = std::env::var("ATLAS_VARIANTS").unwrap_or_default();
    let chosen = reference::variants().filter(|variant| variant.name.contains(&only));
    let accused: Vec<_> = chosen
        .filter_map(|variant| {
            let found = accusations(vec![variant]);
            (!found.is_empty()).then(|| format!("{}: {found:#?}", variant.name))
        })
        .collect();
    assert!(accused.is_empty(), "{} accused:\n{}", accused.len(), accused.join("\n"));
}

#[test]
fn combinations_of_variants_pass() {
    let all: Vec<&'static Variant> = reference::variants().collect();
    let some = proptest::sample::subsequence(all, 2..6);
    let mut runner = TestRunner::deterministic();
    for _ in 0..12 {
        let variants = some.new_tree(&mut runner).expect("a combination").current();
        let names: Vec<_> = variants.iter().map(|variant| variant.name).collect();
        let found = accusations(variants);
        assert!(found.is_empty(), "{names:?}: {found:#?}");
    }
}
