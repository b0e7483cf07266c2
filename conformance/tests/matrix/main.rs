//! The fault matrix: a check of its clause catches each deliberate fault of the reference server,
//! every check catches something, and a fault breaks every clause that a check is for.
//!
//! `cargo test` runs the checks of the fault's clause one by one; `cargo xtask test --all` runs every
//! check against every fault. `-- --nocapture` prints fault × checks; `ATLAS_FAULTS=name,other` takes
//! only faults whose name contains one of these.

mod conditional;
#[path = "../embedded/mod.rs"]
mod embedded;
mod row;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;

use atlas_api::clauses::{Clause, Level};
use atlas_reference::Fault;
use atlas_remove_role::checks;
use embedded::at_full_length;
use row::{Row, rows};

/// Fault × all checks that noticed.
fn matrix(faults: &[&'static Fault], rows: &BTreeMap<&'static str, Row>) -> String {
    listed(faults, |fault| {
        let Row { cases, noticed, caught, named, .. } = &rows[fault.name];
        let mark = if caught.is_empty() { "MISSED " } else { "" };
        let (named, noticed) = (named.join(" "), noticed.join(" "));
        format!("{mark}{} ({cases} cases): names {named}; met by {noticed}", fault.name)
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
    let subjects: Vec<_> = faults.iter().map(|fault| (*fault).into()).collect();
    let rows: BTreeMap<_, _> = faults.iter().map(|fault| fault.name).zip(rows(&subjects)).collect();
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
        let names = |few: &dyn Fn(&Fault) -> bool| faults.iter().filter(|it| few(it)).count();
        let first = names(&|fault| rows[fault.name].named.first() == Some(&fault.clause));
        let few = names(&|fault| rows[fault.name].named.len() <= 2);
        assert!(first * 10 >= faults.len() * 9, "{first} of {} name it first", faults.len());
        assert!(few * 10 >= faults.len() * 9, "{few} of {} name at most two", faults.len());
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
