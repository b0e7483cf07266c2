//! The table of what a change touches, held against the clauses and the project's own contract.

use std::collections::BTreeSet;
use std::fs;

use atlas_codegen::diff::{Catalogue, Rule, Touches, changes, places};
use atlas_codegen::tree::{Document, read, write};

use crate::fixtures::root;

fn own(name: &str) -> Document {
    let text = fs::read_to_string(root().join("spec").join(name)).expect("the file");
    read(name, &text).unwrap_or_else(|error| panic!("{error}"))
}

fn touches() -> Touches {
    Touches::read(&own("touches.yaml")).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_clause_is_reached_and_no_slug_is_unknown() {
    let clauses = own("clauses.yaml");
    let slugs: BTreeSet<_> =
        clauses.root.items().iter().filter_map(|c| c.get_text("slug")).collect();
    let touches = touches();
    let named: BTreeSet<_> = touches.clauses().collect();
    let unknown: Vec<_> = named.difference(&slugs).collect();
    assert!(unknown.is_empty(), "spec/touches.yaml names clauses that are not there: {unknown:?}");
    let unreached: Vec<_> = slugs.difference(&named).collect();
    assert!(unreached.is_empty(), "no row of spec/touches.yaml leads to {unreached:?}");
}

#[test]
fn every_row_is_about_a_place_of_the_contract() {
    let mut all = places(&own("remove_role.openapi.yaml"));
    all.extend(places(&own("project_users.openapi.yaml")));
    let touches = touches();
    // What the page leaves out, and the document has, is foreseen.
    let unused: Vec<_> =
        touches.unused(&all).into_iter().filter(|(_, place)| !is_foreseen(place)).collect();
    assert!(unused.is_empty(), "rows of spec/touches.yaml that match nothing: {unused:?}");
}

fn is_foreseen(place: &str) -> bool {
    ["response default", "response 429*", "response ??? header Retry-After*"].contains(&place)
}

/// Changes one line of the fragment under test and names the clauses that this touches.
fn touched(from: &str, to: &str) -> Vec<String> {
    let old = own("remove_role.openapi.yaml");
    let text = write(&old);
    assert!(text.contains(from), "{from}");
    let new = read("new", &text.replacen(from, to, 1)).expect("YAML");
    let changes = changes(&old, &new).expect("documents");
    assert_eq!(changes.len(), 1, "{changes:#?}");
    touches().of(&changes[0], &Catalogue::default()).clauses
}

#[test]
fn a_change_names_its_clauses() {
    assert_eq!(touched("minItems: 1", "minItems: 2")[0], "success.roles");
    assert_eq!(
        touched("        \"409\":\n          $ref: \"#/components/responses/conflict\"\n", ""),
        ["status.documented", "roles.refusal-status", "roles.absent-role", "roles.never-empty"]
    );
    assert_eq!(touched("required: [error, errorCode]", "required: [errorCode]"), ["error.error"]);
    assert!(
        touched("required: [groupRole]", "required: []").contains(&"request.body-shape".to_owned())
    );
}

#[test]
fn checks_come_from_the_catalogue() {
    let catalogue = r#"[{"id": "a/b/c", "clauses": ["success.roles"], "title": "T"}]"#;
    let catalogue = Catalogue::read(catalogue).expect("a catalogue");
    let old = own("remove_role.openapi.yaml");
    let new = read("new", &write(&old).replacen("minItems: 1", "minItems: 2", 1)).expect("YAML");
    let change = &changes(&old, &new).expect("documents")[0];
    assert_eq!(change.rule, Rule::ConstraintTightened);
    assert_eq!(touches().of(change, &catalogue).checks, ["a/b/c"]);
    assert!(Catalogue::read("{}").is_err());
}

#[test]
fn the_table_is_read_strictly() {
    let reasons: Vec<_> =
        ["[{operation: a}]", "[{operation: a, at: b}]", "[{operation: a, att: b}]"]
            .iter()
            .map(|text| {
                Touches::read(&read("touches.yaml", text).unwrap()).unwrap_err().to_string()
            })
            .collect();
    assert_eq!(
        reasons,
        [
            "touches.yaml:1:2 at /0: expected a row with `operation` and `at`",
            "touches.yaml:1:2 at /0: expected `clauses` or a `note` of what is touched",
            "touches.yaml:1:2 at /0: expected operation, at, rules, clauses or note, got the key `att`",
        ]
    );
}
