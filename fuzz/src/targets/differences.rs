//! Two documents: what differs, what can be cut out, what a fragment takes over.

use std::sync::LazyLock;

use atlas_codegen::Source;
use atlas_codegen::source_map::{Document, read};
use atlas_codegen::spec_tools::diff::{
    Catalogue, Change, Report, Touches, changes, json, markdown, text,
};
use atlas_codegen::spec_tools::slice::{operation_ids, slice};
use atlas_codegen::spec_tools::update::update;
use atlas_codegen::spec_tools::write;

use super::client::OPENAPI_WORDS;
use super::{Target, part};
use crate::corpus;

/// `spec diff`, `slice` and `update`.
pub static TARGET: Target =
    Target { name: "differences", run, seeds, words: &OPENAPI_WORDS, is_json: false };

static TOUCHES: LazyLock<Touches> = LazyLock::new(|| {
    let name = "spec/clauses.yaml".to_owned();
    let text = corpus::text(&name);
    Touches::read(&Source { name, text }).expect("the clauses")
});

fn seeds() -> Vec<String> {
    let own = |name: &str| corpus::text(&format!("spec/{name}"));
    let twice = |text: &String| [text.as_str(), text].join("\n=====\n");
    let fixtures = corpus::texts("codegen/tests/fixtures/accept");
    let neighbours = fixtures.windows(2).map(|pair| pair.join("\n=====\n"));
    neighbours
        .chain(fixtures.iter().map(twice))
        .chain([twice(&own("remove_role.openapi.yaml"))])
        .collect()
}

fn run(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let (Ok(old), Ok(new)) = (read("old.yaml", part(input, 0)), read("new.yaml", part(input, 1)))
    else {
        return;
    };
    rewritten(&old);
    let Some(own) = differ(&old, &old) else { return };
    assert!(own.is_empty(), "differs from itself: {own:#?}");
    cut(&old);
    let Some(forth) = differ(&old, &new) else { return };
    assert!(differ(&new, &old).is_some(), "only one way can be told");
    report(forth.clone());
    if let Ok(outcome) = update(&old, &new, &forth) {
        assert_eq!(outcome.applied.len() + outcome.by_hand.len(), forth.len());
        differ(&outcome.fragment, &new).expect("an updated fragment is a document");
    }
}

fn differ(old: &Document, new: &Document) -> Option<Vec<Change>> {
    changes(old, new).map_err(|error| assert!(!error.to_string().is_empty())).ok()
}

/// What is written reads as what it was.
fn rewritten(document: &Document) {
    let text = write(document);
    let again = read("again.yaml", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(again.root.same(&document.root), "{text}");
    assert_eq!(write(&again), text);
}

/// A slice of each operation is a document, and the slice of itself.
fn cut(document: &Document) {
    for id in operation_ids(document) {
        let ids = [id];
        let Ok(cut) = slice(document, &ids) else { continue };
        assert_eq!(operation_ids(&cut), ids);
        let again = slice(&cut, &ids).expect("the same operation");
        assert_eq!(write(&again), write(&cut));
        differ(&cut, &cut).expect("a slice is a document");
    }
}

fn report(changes: Vec<Change>) {
    let catalogue = Catalogue::read("[]").expect("a catalogue");
    let changes = changes
        .into_iter()
        .map(|change| {
            let touched = TOUCHES.of(&change, &catalogue);
            (change, touched)
        })
        .collect();
    let report = Report { old: "old.yaml".to_owned(), new: "new.yaml".to_owned(), changes };
    serde_json::from_str::<serde_json::Value>(&json(&report)).expect("JSON");
    for shown in [anstream::adapter::strip_str(&text(&report)).to_string(), markdown(&report)] {
        let drives = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!shown.contains(drives), "a report that drives a terminal: {shown:?}");
    }
}
