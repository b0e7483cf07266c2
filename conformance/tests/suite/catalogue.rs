//! The catalogue of checks is golden, and covers the clauses.

use std::collections::BTreeSet;

use atlas_api::clauses::Clause;
use atlas_remove_role::checks;

use crate::spawn::{out, run};

#[test]
fn the_catalogue_is_golden() {
    insta::assert_snapshot!("catalogue", out(&run(&["list"])));
}

#[test]
fn every_clause_has_a_check_or_says_why_not() {
    let covered: BTreeSet<Clause> =
        checks::all().flat_map(|check| check.clauses.iter().copied()).collect();
    let bare: Vec<_> = Clause::ALL
        .iter()
        .filter(|clause| clause.uncheckable().is_none() && !covered.contains(clause))
        .map(|clause| clause.slug())
        .collect();
    assert!(bare.is_empty(), "without a check: {bare:?}");
}

#[test]
fn ids_are_unique_and_name_their_section() {
    let ids: Vec<_> = checks::all().map(|check| check.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for (section, list) in
        ["roles", "request", "query", "auth", "status", "media", "success", "error", "http"]
            .iter()
            .zip(checks::ALL)
    {
        for check in *list {
            assert_eq!(check.id.split('/').next(), Some(*section));
            assert_eq!(check.id.split('/').count(), 3, "{}", check.id);
        }
    }
}

#[test]
fn patterns_of_the_contract_compile() {
    use atlas_api::constraints::OPERATIONS;
    use atlas_api::contract::Kind;
    for parameter in OPERATIONS.iter().flat_map(|operation| operation.parameters) {
        if let Kind::String { pattern: Some(pattern), .. } = parameter.schema.kind {
            assert!(regex::Regex::new(pattern).is_ok(), "{pattern}");
            assert!(!atlas_engine::contract::pattern(pattern).is_match("\n"), "{pattern}");
        }
    }
}

#[test]
fn every_check_that_is_written_is_listed() {
    fn written(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder)
            .expect("the checks")
            .map(|entry| entry.expect("an entry").path());
        entries
            .map(|path| match path.is_dir() {
                true => written(&path),
                false => std::fs::read_to_string(&path)
                    .expect("a file")
                    .matches(": Check = Check {")
                    .count(),
            })
            .sum()
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("remove_role/src/checks");
    assert_eq!(
        written(&folder),
        checks::all().count(),
        "a check is missing in its section's CHECKS"
    );
}
