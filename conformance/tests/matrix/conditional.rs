//! Faults that show only where circumstances meet: each of a few faults under each level of each
//! factor, and under each pair of levels; and faults in servers with a legal habit that may hide
//! them.
//!
//! `cargo test` takes a sample of a fixed seed, `cargo xtask test --all` a larger one, and
//! `ATLAS_SAMPLE=500` one of that size. `-- --nocapture` prints the shares and what escapes.

use std::io::Write as _;
use std::time::Duration;

use atlas_reference::{Condition, Fault, Variant, conditions, fault, faults, variants};
use proptest::sample::Index;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::embedded::at_full_length;
use crate::row::{Subject, rows};

/// A fault that any removal shows, or any refusal of the last role does.
struct Base {
    name: &'static str,
    /// The factors whose levels leave nothing of it, or all of it.
    without: &'static [&'static str],
}

/// One of a kind: what is done, to whom, what is said, and how it is sent.
const BASES: [Base; 14] = [
    removal("removal-claimed-only"),
    removal("removal-not-done"),
    removal("second-role-removed-silently"),
    removal("every-user-loses-the-role"),
    removal("other-project-loses-its-role"),
    removal("removed-role-returns"),
    removal("roles-stale"),
    removal("id-of-somebody-else"),
    removal("username-missing"),
    removal("success-is-202"),
    removal("success-as-plain-json"),
    last_role("last-role-removed"),
    last_role("last-role-refused-and-removed"),
    last_role("last-role-drops-the-connection"),
];

const fn removal(name: &'static str) -> Base {
    Base { name, without: &[] }
}

const fn last_role(name: &'static str) -> Base {
    Base { name, without: &["number of roles", "place of the role"] }
}

/// The base and its levels that can hold for a call, a list for each factor.
fn restricted() -> Vec<(&'static Fault, Vec<Vec<Condition>>)> {
    let levels = |base: &Base| {
        let mut factors = conditions();
        factors.retain(|factor| !base.without.contains(&factor.name));
        let possible =
            |level: &Condition| level.name() != "only-role" && level.name() != "holding-1";
        factors
            .into_iter()
            .map(|factor| factor.levels.into_iter().filter(possible).collect())
            .collect()
    };
    let named = |base: &Base| fault(base.name).expect("a fault of this name");
    BASES.iter().map(|base| (named(base), levels(base))).collect()
}

fn under(fault: &Fault, condition: Condition) -> Subject {
    let name = condition.name();
    let crowded = name.ends_with("crowded") && !name.ends_with("not-crowded");
    let latency = Duration::from_millis(if crowded { 3 } else { 0 });
    Subject { latency, ..Subject::from(fault.clone().when(condition).leak()) }
}

fn under_one() -> Vec<Subject> {
    let mut all = Vec::new();
    for (fault, factors) in restricted() {
        let levels = factors.into_iter().flatten();
        all.extend(levels.map(|level| under(fault, level)));
    }
    all
}

/// Levels of two factors that no call has both.
const APART: [[&str; 2]; 3] = [
    ["holding-2", "inner-role"],
    ["first", "after-removals"],
    ["after-success", "not-after-removals"],
];

fn under_two() -> Vec<Subject> {
    let mut all = Vec::new();
    for (fault, factors) in restricted() {
        for (index, first) in factors.iter().enumerate() {
            let further = factors[index + 1..].iter().flatten();
            for (one, two) in further.flat_map(|two| first.iter().map(move |one| (one, two))) {
                let names = [one.name(), two.name()];
                let apart = |pair: &[&str; 2]| pair.iter().all(|name| names.contains(name));
                if !APART.iter().any(apart) {
                    let both = one.clone().and(two.clone());
                    all.push(under(fault, both));
                }
            }
        }
    }
    all
}

/// A fault and a habit that makes it legal: every refusal of the last role has the status then that
/// the fault gives one of them.
const LEGAL_TOGETHER: (&str, &str) = ("pretty-changes-the-status", "last-role-conflict");

fn beside_a_habit() -> Vec<Subject> {
    let all: Vec<&'static Variant> = variants().collect();
    let pairs = faults().flat_map(|fault| all.iter().map(move |variant| (fault, *variant)));
    pairs
        .filter(|(fault, variant)| (fault.name, variant.name) != LEGAL_TOGETHER)
        .map(|(fault, variant)| Subject { variants: vec![variant], ..Subject::from(fault) })
        .collect()
}

/// A sample of a fixed seed; the whole, if it is not larger.
fn sample(all: Vec<Subject>, usual: usize) -> Vec<Subject> {
    let asked = std::env::var("ATLAS_SAMPLE").ok().and_then(|size| size.parse().ok());
    let size = asked.unwrap_or(if at_full_length() { 150 } else { usual });
    if all.len() <= size {
        return all;
    }
    let mut runner = TestRunner::deterministic();
    let indices = proptest::collection::vec(proptest::arbitrary::any::<Index>(), size);
    let indices = indices.new_tree(&mut runner).expect("a sample").current();
    indices.into_iter().map(|index| all[index.index(all.len())].clone()).collect()
}

/// Judges a sample and prints what escapes; at most this share of it may.
fn escape(kind: &str, sample: &[Subject], percent: usize) {
    let rows = rows(sample);
    let missed = sample.iter().zip(&rows).filter(|(_, row)| row.noticed.is_empty());
    let missed: Vec<_> = missed
        .map(|(Subject { fault, variants, .. }, _)| {
            let habits: Vec<_> = variants.iter().map(|variant| variant.name).collect();
            format!("  {} {}", fault.name, habits.join(" "))
        })
        .collect();
    let (caught, of) = (sample.len() - missed.len(), sample.len());
    let few = rows.iter().filter(|row| !row.noticed.is_empty() && row.cases < 32).count();
    let text = format!(
        "{kind}: {caught} of {of} caught, {few} by few cases; missed:\n{}\n",
        missed.join("\n")
    );
    std::io::stdout().write_all(text.as_bytes()).expect("standard output");
    assert!(missed.len() * 100 <= percent * of, "{text}");
}

#[test]
fn faults_under_one_condition_are_caught() {
    escape("under one condition", &sample(under_one(), 8), 1);
}

#[test]
fn faults_under_two_conditions_are_caught() {
    escape("under two conditions", &sample(under_two(), 20), 5);
}

#[test]
fn faults_beside_a_legal_habit_are_caught() {
    escape("beside a legal habit", &sample(beside_a_habit(), 8), 1);
}
