//! What a change touches, held against the project's own contract.

use std::fs;

use atlas_codegen::source_map::{Document, read};
use atlas_codegen::spec_tools::diff::{Catalogue, Rule, Touches, changes, places};
use atlas_codegen::spec_tools::write;

use crate::fixtures::{self, root};

fn own(name: &str) -> Document {
    let text = fs::read_to_string(root().join("spec").join(name)).expect("the file");
    read(name, &text).unwrap_or_else(|error| panic!("{error}"))
}

fn touches() -> Touches {
    Touches::read(&fixtures::own().clauses).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_clause_stands_on_places_of_the_contract() {
    let mut all = places(&own("remove_role.openapi.yaml"));
    all.extend(places(&own("project_users.openapi.yaml")));
    let touches = touches();
    // What the page leaves out, and the document has, is foreseen.
    let unused: Vec<_> =
        touches.unused(&all).into_iter().filter(|(_, place)| !is_foreseen(place)).collect();
    assert!(unused.is_empty(), "places in spec/clauses.yaml that match nothing: {unused:?}");
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
        ["status.documented", "roles.never-empty", "roles.refusal-status", "roles.absent-role"]
    );
    assert_eq!(touched("required: [error, errorCode]", "required: [errorCode]"), ["error.error"]);
    assert!(
        touched("required: [groupRole]", "required: []").contains(&"request.body-shape".to_owned())
    );
}

#[test]
fn a_change_of_a_sibling_says_what_it_is_used_for() {
    let old = own("project_users.openapi.yaml");
    let text = write(&old);
    let (before, after) = text.split_once("operationId: addGroupUserRole").expect("the operation");
    let conflict = "        \"409\":\n          $ref: \"#/components/responses/conflict\"\n";
    assert!(after.contains(conflict));
    let after = after.replacen(conflict, "", 1);
    let new = format!("{before}operationId: addGroupUserRole{after}");
    let changes = changes(&old, &read("new", &new).expect("YAML")).expect("documents");
    assert_eq!(changes.len(), 1, "{changes:#?}");
    let touched = touches().of(&changes[0], &Catalogue::default());
    assert_eq!(touched.clauses, ["roles.replace-only-role"]);
    assert_eq!(touched.notes, ["how the suite gives users further roles"]);
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
