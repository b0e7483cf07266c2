//! Two reports side by side.

use atlas_reference::{Options, Reference};
use serde_json::Value;

use crate::cli::reaching;
use crate::spawn::{err, file, out, run};

fn variant(name: &str) -> Reference {
    let variants = vec![atlas_reference::variant(name).expect("the variant")];
    atlas_reference::start(Options { variants, ..Options::default() }).expect("a free port")
}

const SOME: [&str; 8] =
    ["--seed", "1", "--cases", "2", "--only", "roles/last/refused", "--only", "error/fields/*"];

/// The report of a run, written into the folder.
fn report(server: &Reference, folder: &tempfile::TempDir, name: &str) -> String {
    let (_kept, config) = reaching(server);
    let path = folder.path().join(name).display().to_string();
    let config = config.display().to_string();
    let to = format!("json={path}");
    run(&[&["run", "--config", &config, "--report", &to][..], &SOME].concat());
    path
}

#[test]
fn two_runs_of_one_server_are_the_same_and_two_servers_differ() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = atlas_reference::start(Options::default()).expect("a free port");
    let (a, again) = (report(&plain, &folder, "a.json"), report(&plain, &folder, "again.json"));
    let output = run(&["compare", &a, &again]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    assert!(out(&output).contains("no difference in "), "{}", out(&output));

    let fault = Some(atlas_reference::fault("error-code-null").expect("the fault"));
    let faulty =
        atlas_reference::start(Options { fault, ..Options::default() }).expect("a free port");
    let b = report(&faulty, &folder, "b.json");
    let output = run(&["compare", &a, &b, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
    let comparison: Value = serde_json::from_str(&out(&output)).expect("JSON");
    assert_eq!(comparison["same"], false);
    let differences = comparison["differences"].as_array().expect("differences");
    let seen = |aspect: &str, what: &str| {
        let mut all = differences.iter();
        let found = all.find(|d| d["aspect"] == aspect && d["what"] == what);
        found.map(|d| (d["a"].as_str().unwrap_or_default(), d["b"].as_str().unwrap_or_default()))
    };
    assert_eq!(seen("verdict", "error/fields/code"), Some(("pass", "breaks error.code")));
    assert_eq!(seen("field", "404 body.errorCode"), Some(("string", "null")));
    assert_eq!(seen("error-code", "404 errorCode").map(|(_, b)| b), Some("none"));
    assert_eq!(seen("observation", "removing the only role [roles.refusal-status]"), None);
    assert_eq!(seen("status", "statuses"), None);

    let text = out(&run(&["compare", &a, &b]));
    assert!(text.contains("A  pass\n    B  breaks error.code"), "{text}");
}

#[test]
fn a_run_against_a_second_target_shows_where_they_differ() {
    let (plain, other) = (
        atlas_reference::start(Options::default()).expect("a free port"),
        variant("last-role-bad-request"),
    );
    let ((_a, one), (_b, two)) = (reaching(&plain), reaching(&other));
    let (one, two) = (one.display().to_string(), two.display().to_string());
    let common = [&["run", "--config", &one, "--against", other.url()][..], &SOME].concat();
    let output = run(&[&common[..], &["--against-config", &two]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let text = out(&output);
    assert!(text.contains("removing the only role [roles.refusal-status]"), "{text}");
    assert!(!text.contains("verdicts"), "both conform: {text}");

    let same = [&["run", "--config", &one, "--against", plain.url()][..], &SOME].concat();
    let output = run(&same);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
}

#[test]
fn bad_input_ends_with_2_and_says_why() {
    let (_folder, no_json) = file("a.json", "{");
    let (_folder, no_report) = file("b.json", "{\"log\": {}}");
    let (_folder, newer) = file("c.json", "{\"schema_version\": 9}");
    let (_folder, cut) = file("d.json", "{\"schema_version\": 1, \"target\": \"http://x\"}");
    let empty = "{\"schema_version\": 1, \"target\": \"x\", \"seed\": 1, \"checks\": [], \
                 \"observations\": [], \"answers\": []}";
    let (_folder, empty) = file("e.json", empty);
    let mut messages = String::new();
    for path in [&no_json, &no_report, &newer, &cut, &empty] {
        let name = path.display().to_string();
        let output = run(&["compare", &name, &name]);
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        let folder = path.parent().expect("a folder").display().to_string();
        messages += &err(&output).replace(&folder, "");
    }
    let output = run(&["compare", "/no/such/file", "/no/such/file"]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    insta::assert_snapshot!("compare", messages);
}
