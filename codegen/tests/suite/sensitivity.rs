//! A changed fragment changes the contract that the suite reads, and nothing else has to change.

use atlas_codegen::{Sources, generate};

use crate::fixtures::own;

fn constraints(sources: &Sources) -> String {
    let files = generate(sources).unwrap_or_else(|error| panic!("{error}"));
    files.into_iter().find(|file| file.path == "constraints.rs").expect("constraints.rs").text
}

/// The constraints after a change of both fragments, which have shapes in common.
fn changed(from: &str, to: &str) -> String {
    let mut sources = own();
    assert!(sources.documents[0].text.contains(from), "nothing to change: {from}");
    for document in &mut sources.documents {
        document.text = document.text.replace(from, to);
    }
    constraints(&sources)
}

#[test]
fn a_pattern_reaches_the_contract() {
    let after = changed("^([a-f0-9]{24})$", "^([A-F0-9]{24})$");
    assert!(after.contains("^([A-F0-9]{24})$") && !after.contains("^([a-f0-9]{24})$"));
}

#[test]
fn a_status_reaches_the_contract() {
    let conflict = "        \"409\":\n          $ref: \"#/components/responses/conflict\"\n";
    let teapot = "        \"418\":\n          $ref: \"#/components/responses/conflict\"\n";
    let after = changed(conflict, teapot);
    assert!(after.contains("status: 418") && !after.contains("status: 409"));
}

#[test]
fn a_media_type_reaches_the_contract() {
    let after =
        changed("application/vnd.atlas.2025-02-19+json", "application/vnd.atlas.2026-01-01+json");
    assert!(after.contains("2026-01-01") && !after.contains("2025-02-19"));
}

#[test]
fn a_required_field_reaches_the_contract() {
    let before = constraints(&own());
    let after = changed(
        "required: [id, orgMembershipStatus, roles, username]",
        "required: [id, roles, username, country]",
    );
    assert_ne!(before, after);
    let required = |text: &str, field: &str| {
        let at = text.find("pub static GROUP_USER_RESPONSE_SCHEMA").expect("the schema");
        let rest = &text[at..];
        let at = rest.find(&format!("name: \"{field}\"")).expect("the field");
        rest[at..at + 60].contains("required: true")
    };
    assert!(required(&after, "country") && !required(&before, "country"));
}

#[test]
fn two_definitions_that_differ_are_told_with_both_places_and_the_difference() {
    let mut sources = own();
    let text = &mut sources.documents[1].text;
    *text = text.replace("enum: [PENDING,", "enum: [WAITING,");
    let error = generate(&sources).expect_err("two shapes").to_string();
    let [here, there] = ["spec/project_users", "spec/remove_role"].map(|file| {
        let at = error.find(file).unwrap_or_else(|| panic!("{file} is not in {error}"));
        let (line, _) =
            error[at..].split_once(" at /components/schemas/GroupUserResponse").expect("a pointer");
        line.rsplit_once(".yaml:").is_some_and(|(_, position)| position.contains(':'))
    });
    assert!(here && there, "{error}");
    let difference = "gives it another shape: `orgMembershipStatus`: enum is [\"PENDING\"";
    assert!(error.contains(difference), "{error}");
}
