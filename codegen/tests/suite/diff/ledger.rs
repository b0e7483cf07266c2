//! `spec/discrepancies.md` lists the differences between the fragments and the published document.

use std::fs;

use atlas_codegen::source_map::{Document, read};
use atlas_codegen::spec_tools::diff::{Ledger, changes};
use atlas_codegen::spec_tools::slice::{operation_ids, slice};
use atlas_codegen::spec_tools::write;

use crate::fixtures::root;

/// Where the published document lies on a machine that has it.
const PUBLISHED: &str = "../shared/atlas/atlas-admin-api-v2.yaml";
const FRAGMENTS: [&str; 2] = ["remove_role.openapi.yaml", "project_users.openapi.yaml"];

fn own(name: &str) -> Document {
    let text = fs::read_to_string(root().join("spec").join(name)).expect("the fragment");
    read(name, &text).unwrap_or_else(|error| panic!("{error}"))
}

fn ledger() -> Ledger {
    let text = fs::read_to_string(root().join("spec/discrepancies.md")).expect("the list");
    Ledger::read("spec/discrepancies.md", &text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
#[ignore = "needs the published document, which is not part of the repository; .ci/run runs it"]
fn the_list_is_exactly_what_differs() {
    let text = fs::read_to_string(root().join(PUBLISHED)).expect("the published document");
    let published = read("published", &text).unwrap_or_else(|error| panic!("{error}"));
    for name in FRAGMENTS {
        let fragment = own(name);
        let ids = operation_ids(&fragment);
        let cut = slice(&published, &ids).unwrap_or_else(|error| panic!("{error}"));
        let found = changes(&fragment, &cut).unwrap_or_else(|error| panic!("{error}"));
        assert!(!found.is_empty(), "{name} is known to differ");
        let mismatch = ledger().hold(&found, &ids);
        let rows: Vec<_> = mismatch.unlisted.iter().map(Ledger::row).collect();
        assert!(
            mismatch.is_empty(),
            "spec/discrepancies.md lacks these rows:\n{}\nand has these too many:\n{}",
            rows.join("\n"),
            mismatch.stale.join("\n")
        );
    }
}

#[test]
fn a_list_is_held_against_the_changes_row_by_row() {
    let old = own(FRAGMENTS[0]);
    let text = write(&old).replacen("minItems: 1", "minItems: 2", 1);
    let new = read("new", &text).expect("YAML");
    let found = changes(&old, &new).expect("documents");
    let ids = operation_ids(&old);
    let head =
        "| operation | place | rule | ours | the document's | why |\n|---|---|---|---|---|---|\n";
    let list = |rows: &str| Ledger::read("list", &format!("{head}{rows}\n")).expect("a list");
    let row = "| every | response 200 body.roles | constraint-tightened | `minItems 1` | minItems 2 | w |";
    assert!(list(row).hold(&found, &ids).is_empty(), "{found:#?}");
    assert!(list(&Ledger::row(&found[0])).hold(&found, &ids).is_empty());
    assert_eq!(list("").hold(&found, &ids).unlisted.len(), 1);
    let other = row.replace("minItems 2", "minItems 3");
    let mismatch = list(&other).hold(&found, &ids);
    assert_eq!((mismatch.unlisted.len(), mismatch.stale.len()), (1, 1), "{mismatch:?}");
    // A row about an operation that was not compared is left alone.
    let elsewhere = format!("{row}\n{}", row.replace("every", "another"));
    assert!(list(&elsewhere).hold(&found, &ids).is_empty());
    let unknown = format!("{head}{}", row.replace("tightened", "tightend"));
    let error = Ledger::read("list", &unknown).unwrap_err().to_string();
    assert_eq!(
        error,
        "list:3:1: expected a rule of `cargo xtask spec diff`, got `constraint-tightend`"
    );
}
