//! Legal variety: every unusual but legal habit of the reference server passes, alone and combined
//! at random, without a failure and without a warning. `cargo test` tries few cases of each,
//! `cargo xtask test --all` as many as a run has by default.

mod embedded;

use std::time::Duration;

use atlas_engine::run::case_budget::CaseBudget;
use atlas_engine::run::verdict::Verdict;
use atlas_reference::{Options as Server, Variant};
use atlas_remove_role::run::Options;
use embedded::{at_full_length, judge, side_by_side};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// Habits that cost time: a few cases show as much of them as many.
const LEISURELY: [&str; 6] = [
    "trickled",
    "slow",
    "one-at-a-time",
    "rate-limited",
    "rate-limited-for-a-second",
    "rate-limited-without-a-word",
];

/// Threads that judge servers.
const THREADS: usize = 3;

/// What the suite holds against a server with these habits.
fn accusations(variants: Vec<&'static Variant>, seed: u64) -> Vec<String> {
    let leisurely = variants.iter().any(|variant| LEISURELY.contains(&variant.name));
    let server = Server { variants, seed: Some(3), ..Server::default() };
    let options = Options {
        strict: true,
        seed,
        jobs: if leisurely { 8 } else { 4 },
        timeout: Duration::from_secs(20),
        budget: CaseBudget::cases(match at_full_length() && !leisurely {
            true => CaseBudget::LOCAL,
            false => CaseBudget::REMOTE,
        }),
        ..Options::default()
    };
    let report = match judge(server, &options) {
        Ok(report) => report,
        Err(error) => return vec![error.to_string()],
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

/// Judges servers with each of these sets of habits; what is held against any of them.
fn accused(sets: Vec<Vec<&'static Variant>>) -> String {
    let accused = side_by_side(THREADS, &sets, |index, variants| {
        // Each set meets other requests.
        let found = accusations(variants.clone(), index as u64);
        let names: Vec<_> = variants.iter().map(|variant| variant.name).collect();
        (!found.is_empty()).then(|| format!("{names:?}, seed {index}: {found:#?}"))
    });
    accused.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

#[test]
fn every_variant_alone_passes() {
    let only = std::env::var("ATLAS_VARIANTS").unwrap_or_default();
    let chosen = atlas_reference::variants().filter(|variant| variant.name.contains(&only));
    let accused = accused(chosen.map(|variant| vec![variant]).collect());
    assert!(accused.is_empty(), "accused:\n{accused}");
}

#[test]
fn combinations_of_variants_pass() {
    let all: Vec<&'static Variant> = atlas_reference::variants().collect();
    let some = proptest::sample::subsequence(all, 2..6);
    let mut runner = TestRunner::deterministic();
    let sets = (0..if at_full_length() { 24 } else { 8 })
        .map(|_| some.new_tree(&mut runner).expect("a combination").current());
    let accused = accused(sets.collect());
    assert!(accused.is_empty(), "accused:\n{accused}");
}
