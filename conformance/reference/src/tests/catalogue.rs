//! The lists of faults and variants against the clauses.

use std::collections::{BTreeMap, BTreeSet};

use crate::{faults, variants};

const CLAUSES: &str = include_str!("../../../../spec/clauses.yaml");

/// The level of each clause that a check can show.
fn levels() -> BTreeMap<&'static str, &'static str> {
    let entries = CLAUSES.split("- slug: ").skip(1).filter(|entry| !entry.contains("uncheckable:"));
    entries
        .map(|entry| {
            let slug = entry.lines().next().unwrap_or_default().trim();
            let level = entry.lines().find_map(|line| line.trim().strip_prefix("level: "));
            (slug, level.unwrap_or_default())
        })
        .collect()
}

fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|name| !seen.insert(*name)).collect()
}

#[test]
fn each_requirement_is_broken_by_a_fault() {
    let broken: BTreeSet<&str> = faults().map(|fault| fault.clause).collect();
    let whole: Vec<&str> = levels()
        .into_iter()
        .filter(|(slug, level)| *level != "may" && !broken.contains(slug))
        .map(|(slug, _)| slug)
        .collect();
    assert_eq!(whole, [""; 0], "clauses without a fault");
}

#[test]
fn each_fault_breaks_a_requirement() {
    let levels = levels();
    for fault in faults() {
        let level = levels.get(fault.clause).copied().unwrap_or("no clause");
        assert!(matches!(level, "must" | "should"), "{}: {} is {level}", fault.name, fault.clause);
        assert!(!fault.effect.is_none(), "{} does nothing", fault.name);
    }
}

#[test]
fn names_are_unique() {
    assert_eq!(repeated(faults().map(|fault| fault.name)), [""; 0]);
    assert_eq!(repeated(variants().map(|variant| variant.name)), [""; 0]);
}

#[test]
fn summaries_are_sentences() {
    let faults = faults().map(|fault| (fault.name, fault.summary));
    let variants = variants().map(|variant| (variant.name, variant.summary));
    for (name, summary) in faults.chain(variants) {
        assert!(summary.ends_with('.') && summary.len() < 100, "{name}: {summary}");
    }
}
