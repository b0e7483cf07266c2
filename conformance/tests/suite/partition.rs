//! A run in parts: a process for each check, several machines, one verdict.

use std::collections::{BTreeMap, BTreeSet};

use atlas_conformance::embedded;
use atlas_engine::run::case_budget::CaseBudget;
use atlas_engine::run::report::RunReport;
use atlas_engine::run::verdict::Verdict;
use atlas_reference::{Options as Server, Reference};
use atlas_remove_role::checks;
use atlas_remove_role::run::shard;
use atlas_remove_role::run::{self, Options};

use crate::spawn::{cargo, err, out};

/// Faults that show in one answer, in every answer, and hardly ever. `ATLAS_PARTS=name` takes all
/// whose name contains it instead.
const FAULTS: [&str; 4] =
    ["last-role-removed", "error-code-null", "get-removes", "roles-stale-with-digest-and-envelope"];

fn options() -> Options {
    Options { budget: CaseBudget::cases(4), ..Options::default() }
}

fn failing(report: &RunReport) -> BTreeSet<&'static str> {
    let failing = |verdict| matches!(verdict, Verdict::Fail | Verdict::Warn);
    report.checks.iter().filter(|c| failing(c.verdict)).map(|check| check.check.id).collect()
}

/// The checks that fail in a run of all, and those that met what they report.
fn in_one_run(server: &Reference) -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
    let config = embedded::config(server.url(), server.fixture());
    let all: Vec<_> = checks::all().collect();
    let report = run::run(&config, &all, &options(), &mut |_| {}).expect("a verdict").0;
    let met = report.causes.iter().flat_map(|cause| cause.checks.iter().chain([&cause.owner.id]));
    (failing(&report), met.copied().collect())
}

fn each_alone(server: &Reference) -> BTreeSet<&'static str> {
    let config = embedded::config(server.url(), server.fixture());
    let alone = |check| shard::run(&config, &[check], &options()).expect("a verdict").0;
    checks::all().flat_map(|check| failing(&alone(check))).collect()
}

#[test]
fn checks_that_run_alone_find_what_they_find_together() {
    let wanted = std::env::var("ATLAS_PARTS").ok();
    let chosen = |name: &str| match &wanted {
        Some(part) => name.contains(part.as_str()),
        None => FAULTS.contains(&name),
    };
    for fault in atlas_reference::faults().filter(|fault| chosen(fault.name)) {
        let start = || {
            let options = Server { fault: Some(fault), seed: Some(7), ..Server::default() };
            atlas_reference::start(options).expect("a free port")
        };
        let ((together, met), alone) = (in_one_run(&start()), each_alone(&start()));
        if together.is_empty() && !FAULTS.contains(&fault.name) {
            // Some faults show with more cases only.
            continue;
        }
        assert!(!together.is_empty(), "{} was not noticed together", fault.name);
        assert!(!alone.is_empty(), "{} was not noticed alone", fault.name);
        // A check alone can't know that another finds the same, but it accuses of nothing else.
        let other: Vec<_> = alone.difference(&met).collect();
        assert!(other.is_empty(), "{}: {other:?}", fault.name);
    }
}

/// `cargo nextest` on the target's tests, or `None` where it is not installed.
fn nextest(command: &str, arguments: &[&str]) -> Option<String> {
    if !cargo(&["nextest", "--version"], &[]).status.success() {
        return None;
    }
    let common = ["nextest", command, "-p", "atlas-conformance", "--test", "target"];
    let few = [("ATLAS_CONFORMANCE_CASES", "1")];
    let output = cargo(&[&common[..], arguments].concat(), &few);
    let text = out(&output) + &err(&output);
    assert!(output.status.success(), "{text}");
    Some(text)
}

/// The ids of checks in the output of nextest.
fn ids(text: &str) -> Vec<&'static str> {
    let words: BTreeMap<&str, usize> =
        text.split_whitespace().fold(BTreeMap::new(), |mut words, word| {
            *words.entry(word).or_default() += 1;
            words
        });
    let times = |id| std::iter::repeat_n(id, words.get(id).copied().unwrap_or_default());
    checks::all().flat_map(|check| times(check.id)).collect()
}

/// What all of `count` shards together list or run, each check as often as it comes.
fn shards(command: &str, arguments: &[&str], count: usize) -> Option<Vec<&'static str>> {
    let mut all = Vec::new();
    for shard in 1..=count {
        let partition = format!("count:{shard}/{count}");
        let text = nextest(command, &[arguments, &["--partition", &partition]].concat())?;
        let ids = ids(&text);
        assert!(count == 1 || ids.len() < checks::all().count(), "shard {partition} has all");
        all.extend(ids);
    }
    all.sort_unstable();
    Some(all)
}

#[test]
fn shards_together_are_the_whole_catalogue() {
    let mut catalogue: Vec<_> = checks::all().map(|check| check.id).collect();
    catalogue.sort_unstable();
    for count in [1, 2, 4] {
        let Some(listed) = shards("list", &[], count) else {
            return skipped();
        };
        assert_eq!(listed, catalogue, "{count} shards");
    }
}

#[test]
fn shards_together_run_the_same_checks_as_one() {
    // A section, since each check costs a process; what is listed is what runs.
    let arguments = ["query/", "error/", "--status-level", "pass", "--final-status-level", "none"];
    let wanted = |id: &&str| id.starts_with("query/") || id.starts_with("error/");
    let mut section: Vec<_> = checks::all().map(|check| check.id).filter(wanted).collect();
    section.sort_unstable();
    for count in [1, 2, 4] {
        let Some(ran) = shards("run", &arguments, count) else {
            return skipped();
        };
        assert_eq!(ran, section, "{count} shards");
    }
}

fn skipped() {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "skipped: cargo-nextest is not installed");
}
