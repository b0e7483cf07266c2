//! How changes are shown, and how a fragment takes them.

use std::fs;

use atlas_codegen::source_map::{Document, read};
use atlas_codegen::spec_tools::diff::{Catalogue, Report, Touches, changes, json, markdown, text};
use atlas_codegen::spec_tools::slice::slice;
use atlas_codegen::spec_tools::update::{PLACEHOLDER, update};
use atlas_codegen::spec_tools::write;

use crate::fixtures::root;

fn own(name: &str) -> Document {
    let text = fs::read_to_string(root().join("spec").join(name)).expect("the file");
    read(name, &text).unwrap_or_else(|error| panic!("{error}"))
}

/// The fragment under test as a later document might have it.
fn later() -> Document {
    let edits = [
        ("minItems: 1", "minItems: 2"),
        ("required: [groupRole]", "required: []"),
        ("^([A-Z]{2})$", "^([A-Z]{3})$"),
        (
            "        country:\n",
            "        team:\n          type: string\n          description: Theirs.\n          example: e\n        country:\n",
        ),
        (
            "        \"500\":\n",
            "        \"429\":\n          $ref: \"#/components/responses/tooMany\"\n        \"500\":\n",
        ),
        (
            "  responses:\n    badRequest:",
            "  responses:\n    tooMany:\n      description: Theirs.\n      content:\n        application/json:\n          schema:\n            $ref: \"#/components/schemas/Limit\"\n    badRequest:",
        ),
        (
            "  schemas:\n",
            "  schemas:\n    Limit:\n      type: object\n      description: Theirs.\n      properties:\n        left:\n          type: integer\n",
        ),
        ("  - DigestAuth: []\n", ""),
    ];
    let mut text = write(&own("remove_role.openapi.yaml"));
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    read("later.yaml", &text).unwrap_or_else(|error| panic!("{error}"))
}

fn report() -> Report {
    let old = own("remove_role.openapi.yaml");
    let touches = Touches::read(&crate::fixtures::own().clauses).expect("the table");
    let catalogue = r#"[
        {"id": "success/fields/roles", "clauses": ["success.roles"]},
        {"id": "roles/last/refused", "clauses": ["roles.never-empty"]}
    ]"#;
    let catalogue = Catalogue::read(catalogue).expect("a catalogue");
    let with_touched = |change| {
        let touched = touches.of(&change, &catalogue);
        (change, touched)
    };
    let changes =
        changes(&old, &later()).expect("documents").into_iter().map(with_touched).collect();
    Report { old: old.name, new: "later.yaml".to_owned(), changes }
}

#[test]
fn the_text_is_grouped_and_aligned() {
    let plain: String = {
        let mut inside = false;
        text(&report())
            .chars()
            .filter(|c| {
                let shown = !inside && *c != '\u{1b}';
                inside = (inside || *c == '\u{1b}') && *c != 'm';
                shown
            })
            .collect()
    };
    insta::assert_snapshot!("text", plain);
}

#[test]
fn a_document_drives_no_terminal() {
    let old = own("remove_role.openapi.yaml");
    let mut new = write(&old);
    for (from, to) in
        [("removeGroupUserRole", "remove\\e[2JRole"), ("groupRole:", "\\u202egroupRole:")]
    {
        let quoted =
            format!("\"{}\"{}", to.trim_end_matches(':'), if to.ends_with(':') { ":" } else { "" });
        assert!(new.contains(from), "{from}");
        new = new.replace(from, &quoted);
    }
    let new = read("later.yaml", &new).unwrap_or_else(|error| panic!("{error}"));
    let touches = Touches::read(&crate::fixtures::own().clauses).expect("the table");
    let catalogue = Catalogue::read("[]").expect("a catalogue");
    let changes = changes(&old, &new).expect("documents").into_iter();
    let changes = changes.map(|change| (change.clone(), touches.of(&change, &catalogue))).collect();
    let report = Report { old: old.name, new: new.name, changes };
    for told in [text(&report), markdown(&report)] {
        assert!(!told.contains("\u{1b}[2J") && !told.contains('\u{202e}'), "{told:?}");
        assert!(told.contains("\\u{1b}[2J"), "{told}");
    }
}

#[test]
fn the_json_and_the_markdown_say_the_same() {
    insta::assert_snapshot!("json", json(&report()));
    insta::assert_snapshot!("markdown", markdown(&report()));
}

#[test]
fn a_fragment_takes_facts_and_keeps_its_words() {
    let old = own("remove_role.openapi.yaml");
    let ids = vec!["removeGroupUserRole".to_owned()];
    let new = slice(&later(), &ids).expect("a slice");
    let outcome = update(&old, &new, &changes(&old, &new).expect("documents")).expect("a fragment");
    let text = write(&outcome.fragment);
    // What is left is what a person has to decide.
    let left = changes(&outcome.fragment, &new).expect("documents");
    let left: Vec<_> = left.iter().map(|change| change.rule).collect();
    let by_hand: Vec<_> = outcome.by_hand.iter().map(|change| change.rule).collect();
    assert_eq!(left, by_hand);
    assert!(!text.contains("Theirs."), "published words were copied\n{text}");
    assert_eq!(outcome.placeholders(), 3, "{text}");
    let lost: Vec<_> = write(&old)
        .lines()
        .filter(|line| line.contains("description: ") && !text.contains(line.trim()))
        .map(str::to_owned)
        .collect();
    assert!(lost.is_empty(), "our words were lost: {lost:?}");
    let before = write(&old);
    let added: Vec<_> = text.lines().filter(|line| !before.lines().any(|l| l == *line)).collect();
    insta::assert_snapshot!("updated", added.join("\n"));
}

#[test]
fn an_update_without_changes_is_the_fragment() {
    let old = own("project_users.openapi.yaml");
    let outcome = update(&old, &old, &[]).expect("a fragment");
    assert!(write(&outcome.fragment) == write(&old));
}

#[test]
fn no_element_of_the_fragments_waits_for_its_words() {
    for name in ["remove_role.openapi.yaml", "project_users.openapi.yaml"] {
        let text = fs::read_to_string(root().join("spec").join(name)).expect("the fragment");
        assert!(!text.contains(PLACEHOLDER), "spec/{name} has `{PLACEHOLDER}`; write what it is");
    }
}
