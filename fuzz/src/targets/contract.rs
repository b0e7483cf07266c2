//! Any fragments and clauses: a contract that is Rust, or errors that have their place.

use atlas_codegen::{Source, Sources, generate};

use super::client::{OPENAPI_WORDS, placed, sound};
use super::{Target, part};
use crate::corpus;

/// The generator of the project's own contract: two fragments and the clauses.
pub static TARGET: Target =
    Target { name: "contract", run, seeds, words: &OPENAPI_WORDS, is_json: false };

const CLAUSES: &str = "{operation: getThing, clauses: [{slug: a.b, level: must, text: Text., \
    source: page, why: Text., sent: Text., passes: Text., repair: Text., \
    judges: [{body: success, at: \"\"}, {body: error, at: \"\"}], touches: [operation]}]}\n";

fn seeds() -> Vec<String> {
    let own = |name: &str| corpus::text(&format!("spec/{name}"));
    let (removal, users) = (own("remove_role.openapi.yaml"), own("project_users.openapi.yaml"));
    // Those that judge bodies; all of them would make each case slow.
    let clauses = own("clauses.yaml");
    let (_, bodies) = clauses.split_once("# --- The body of a 200").expect("the section");
    let clauses = format!("operation: removeGroupUserRole\nclauses:\n  # {bodies}");
    let mut seeds = vec![
        [removal.as_str(), "", CLAUSES].join("\n=====\n"),
        [removal.as_str(), &users, &clauses].join("\n=====\n"),
    ];
    for folder in ["accept", "reject"] {
        let fixtures = corpus::texts(&format!("codegen/tests/fixtures/{folder}"));
        seeds.extend(fixtures.iter().map(|text| [text.as_str(), "", CLAUSES].join("\n=====\n")));
    }
    let clauses = corpus::texts("codegen/tests/fixtures/clauses");
    let document = corpus::text("codegen/tests/fixtures/accept/enum.yaml");
    seeds.extend(clauses.iter().map(|text| [document.as_str(), "", text].join("\n=====\n")));
    seeds
}

fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let source =
        |name: &str, index| Source { name: name.to_owned(), text: part(text, index).to_owned() };
    let second = Some(source("second.yaml", 1)).filter(|second| !second.text.is_empty());
    let documents = [source("first.yaml", 0)].into_iter().chain(second).collect();
    match generate(&Sources { documents, clauses: source("clauses.yaml", 2) }) {
        Ok(files) => sound(&files),
        Err(errors) => placed(&errors),
    }
}
