//! Expectations: what they accept, what they don't, and what is wrong with a file of them.

use std::path::Path;

use atlas_engine::expectations::{self, Covered};
use atlas_reference::{Options, Reference};
use jiff::civil::date;
use serde_json::Value;

use crate::cli::reaching;
use crate::spawn::{err, file, out, run};

fn faulty(fault: &str) -> Reference {
    let fault = Some(atlas_reference::fault(fault).expect("the fault"));
    atlas_reference::start(Options { fault, ..Options::default() }).expect("a free port")
}

/// Runs some checks against a server with these expectations; the exit code, the output and the
/// JSON report.
fn judge(server: &Reference, expectations: &str, arguments: &[&str]) -> (i32, String, Value) {
    let (folder, config) = reaching(server);
    let expected = folder.path().join("expectations.toml");
    std::fs::write(&expected, expectations).expect("the file");
    let report = folder.path().join("report.json");
    let json = format!("json={}", report.display());
    let (config, expected) = (config.display().to_string(), expected.display().to_string());
    let common = ["run", "--seed", "1", "--cases", "2", "--report", &json, "--config", &config];
    let output = run(&[&common[..], &["--expectations", &expected], arguments].concat());
    let text = std::fs::read_to_string(&report).expect("a report");
    let code = output.status.code().expect("an exit code");
    // On one line: where lines break depends on the width.
    let told = (out(&output) + &err(&output)).split_whitespace().collect::<Vec<_>>().join(" ");
    (code, told, serde_json::from_str(&text).unwrap_or_default())
}

fn entry(key: &str, pattern: &str) -> String {
    format!("[[expect]]\n{key} = \"{pattern}\"\nbecause = \"a ticket is open\"\n")
}

fn slugs(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn mistakes_are_named_with_their_line() {
    let texts = [
        "[[expect]]\ncheck = \"roles/lst/refused\"\nbecause = \"x\"\n",
        "[[expect]]\nclause = \"roles.never-emty\"\nbecause = \"x\"\n",
        "[[expect]]\nclause = \"nothing like it\"\nbecause = \"x\"\n",
        "[[expect]]\nclause = \"roles.absent-role\"\nbecause = \"x\"\n",
        "[[expect]]\ncheck = \"roles/[\"\nbecause = \"x\"\n",
        "\n\n[[expect]]\nbecause = \"x\"\n",
        "[[expect]]\ncheck = \"roles/*\"\nclause = \"roles.*\"\nbecause = \"x\"\n",
        "[[expect]]\nclause = \"roles.never-empty\"\n",
        "[[expect]]\nclause = \"roles.never-empty\"\nbecause = \" \"\n",
        "[[expect]]\nclause = \"roles.never-empty\"\nbecause = \"…\"\n",
        "[[expect]]\nclause = \"roles.never-empty\"\nbecause = \"x\"\nuntil = \"soon\"\n",
        "[[expect]]\nclause = \"roles.never-empty\"\nbecause = \"x\"\nuntil = 2027\n",
        "[[expect]]\nclause = \"roles.never-empty\"\nbecause = \"x\"\nuntil = 2027-02-30\n",
        "[[expect]]\nclaus = \"roles.never-empty\"\nbecause = \"x\"\n",
        "[[expected]]\nclause = \"roles.never-empty\"\nbecause = \"x\"\n",
        "[[expect]]\nclause = 5\n",
        "[[expect]\n",
    ];
    let messages: Vec<_> = texts
        .iter()
        .map(|text| {
            let (_folder, path) = file("expectations.toml", text);
            let error =
                expectations::read(&path, &atlas_remove_role::checks::ids(), date(2026, 11, 25))
                    .expect_err(text)
                    .to_string();
            error.replace(&path.display().to_string(), "expectations.toml")
        })
        .collect();
    insta::assert_snapshot!("expectations", messages.join("\n"));
}

#[test]
fn an_entry_holds_to_the_end_of_its_last_day() {
    let text = "[[expect]]\nclause = \"error.*\"\nbecause = \"x\"\nuntil = 2027-01-31\n\
                [[expect]]\ncheck = \"error/*\"\nbecause = \"x\"\nuntil = \"2027-01-30\"\n";
    let (_folder, path) = file("expectations.toml", text);
    let over = |day| {
        let read = expectations::read(&path, &atlas_remove_role::checks::ids(), day)
            .expect("expectations");
        read.entries.iter().map(|entry| entry.over).collect::<Vec<_>>()
    };
    assert_eq!(over(date(2027, 1, 30)), [false, false]);
    assert_eq!(over(date(2027, 1, 31)), [false, true]);
    assert_eq!(over(date(2027, 2, 1)), [true, true]);
}

#[test]
fn the_file_of_the_real_service_names_clauses_that_there_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("expectations/atlas_cloud.toml");
    let read = expectations::read(&path, &atlas_remove_role::checks::ids(), date(2026, 11, 25))
        .expect("expectations");
    assert!(read.entries.len() >= 5);
    for entry in &read.entries {
        // One clause each, with how it is known.
        assert!(matches!(&entry.covered, Covered::Clauses(clauses) if clauses.len() == 1));
        let known = ["recorded: ", "documented: "].iter().any(|how| entry.because.starts_with(how));
        assert!(known && entry.see.is_some(), "{}", entry.place);
    }
}

#[test]
fn an_expected_clause_hides_its_own_breaches_only() {
    let server = faulty("error-body-of-another-framework");
    let only = ["--only", "error/fields/error", "--only", "error/fields/code"];
    let (code, text, report) = judge(&server, &entry("clause", "error.error"), &only);
    assert_eq!(code, 1, "{text}");
    let (error, code_field) = (&report["checks"][0], &report["checks"][1]);
    assert_eq!(error["verdict"], "known");
    assert_eq!(error["known"][0]["clause"], "error.error");
    assert_eq!(error["known"][0]["because"], "a ticket is open");
    assert_eq!(code_field["verdict"], "fail");
    assert_eq!(slugs(&code_field["broken"]), ["error.code"]);

    // With the rest expected as well, the run conforms, and says what it accepted.
    let all = entry("clause", "error.error") + &entry("clause", "error.code");
    let (code, text, report) = judge(&server, &all, &only);
    assert_eq!(code, 0, "{text}");
    assert_eq!(report["verdict"], "pass");
    assert_eq!(report["summary"]["known"], 2);
    assert!(text.contains("error.error is broken as expected: a ticket is open"), "{text}");
    assert!(text.contains("known deviations"), "{text}");
    assert!(text.contains("2 checks deviated as expected"), "{text}");

    // So it does with the checks expected.
    let all = entry("check", "error/fields/error") + &entry("check", "error/fields/code");
    let (code, text, _) = judge(&server, &all, &only);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn what_is_expected_of_one_fault_does_not_hide_another() {
    // Two faults, and for each the clause that it breaks and a check of that clause.
    let faults = [
        ("error-code-null", "error.code", "error/fields/code"),
        ("roles-stale", "success.roles", "success/fields/roles"),
    ];
    for (here, (fault, clause, check)) in faults.iter().enumerate() {
        let server = faulty(fault);
        let (_, other, other_check) = faults[1 - here];
        let only = ["--only", check, "--only", other_check];
        let (code, text, report) = judge(&server, &entry("clause", other), &only);
        assert_eq!(code, 1, "{text}");
        let verdict = |id: &str| {
            let checks = report["checks"].as_array().expect("checks");
            checks.iter().find(|check| check["id"] == id).expect("the check").clone()
        };
        assert!(slugs(&verdict(check)["broken"]).contains(clause), "{text}");
        // The other expectation is stale, which fails as well.
        let message = verdict(other_check)["message"].as_str().expect("a message").to_owned();
        assert!(message.starts_with("stale expectation"), "{message}");
        assert!(
            message.contains("expectations.toml:2") && message.ends_with("remove it"),
            "{message}"
        );
    }
}

#[test]
fn warnings_can_be_expected_and_are_none_then() {
    let server = faulty("parameters-of-strings");
    let only = ["--only", "error/fields/parameter-elements", "--strict"];
    let (code, text, _) = judge(&server, "", &only);
    assert_eq!(code, 1, "{text}");
    let (code, text, report) = judge(&server, &entry("clause", "error.parameter-*"), &only);
    assert_eq!(code, 0, "{text}");
    assert_eq!(report["checks"][0]["verdict"], "known");
}

#[test]
fn a_glob_must_deviate_in_all_that_it_covers() {
    let server = faulty("error-code-null");
    let only = ["--only", "error/fields/*"];
    let (code, text, _) = judge(&server, &entry("clause", "error.*"), &only);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("`error.texts` no longer deviates"), "{text}");
    assert!(!text.contains("`error.code` no longer deviates"), "{text}");
}

#[test]
fn what_did_not_run_is_not_stale() {
    let server = atlas_reference::start(Options::default()).expect("a free port");
    // The configuration has no reader, so the check is skipped.
    let only = ["--only", "auth/permission/*", "--only", "error/fields/code"];
    for expected in [entry("check", "auth/permission/*"), entry("clause", "auth.permission")] {
        let (code, text, report) = judge(&server, &expected, &only);
        assert_eq!(code, 0, "{text}");
        assert_eq!(report["expectations"][0]["state"], "unjudged");
        assert!(text.contains("expectation not judged"), "{text}");
    }
    // Of a clause that several checks are for, all have to run.
    let (code, text, _) =
        judge(&server, &entry("clause", "roles.never-empty"), &["--only", "roles/last/refused"]);
    assert_eq!(code, 0, "{text}");
    let both = ["--only", "roles.never-empty"];
    let (code, text, _) = judge(&server, &entry("clause", "roles.never-empty"), &both);
    assert_eq!(code, 1, "{text}");
}

#[test]
fn an_entry_whose_day_has_passed_accepts_nothing() {
    let server = faulty("error-code-null");
    let expected = entry("clause", "error.code") + "until = 2020-01-31\n";
    let (code, text, report) = judge(&server, &expected, &["--only", "error/fields/code"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("expectation over since 2020-01-31"), "{text}");
    assert_eq!(report["expectations"][0]["state"], "over");
}

#[test]
fn a_set_up_that_fails_is_never_expected() {
    let server = atlas_reference::start(Options::default()).expect("a free port");
    let (folder, path) = reaching(&server);
    let text = std::fs::read_to_string(&path).expect("the configuration");
    // Invited users where active ones are asked for.
    let pending = &server.fixture().pending_username;
    let text = text.replace(&server.fixture().active_username, &pending.replace("{n}", "a{n}"));
    std::fs::write(&path, text).expect("the configuration");
    let expected = folder.path().join("expectations.toml");
    std::fs::write(&expected, entry("check", "roles/last/refused")).expect("the file");
    let (config, expected) = (path.display().to_string(), expected.display().to_string());
    let only = ["run", "--only", "roles/last/refused", "--config", &config];
    let output = run(&[&only[..], &["--expectations", &expected]].concat());
    assert_eq!(output.status.code(), Some(3), "{}", out(&output));
}

#[test]
fn a_pattern_that_matches_nothing_ends_with_2_before_any_request() {
    let (_folder, path) = file("expectations.toml", &entry("check", "no/such/check"));
    let (_folder, config) = file(
        "target.toml",
        "target = \"http://127.0.0.1:1\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
         [credentials.owner]\nclient_id = \"a\"\nclient_secret = \"b\"\n",
    );
    let (path, config) = (path.display().to_string(), config.display().to_string());
    let output = run(&["run", "--config", &config, "--expectations", &path]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
}

#[test]
fn the_first_file_comes_from_a_run_and_wants_its_reasons() {
    let server = faulty("last-role-removed");
    let (folder, config) = reaching(&server);
    let path = folder.path().join("first.toml");
    let (config, first) = (config.display().to_string(), path.display().to_string());
    let only = ["run", "--seed", "1", "--only", "roles/last/refused", "--config", &config];
    let write = [&only[..], &["--write-expectations", &first]].concat();
    let output = run(&write);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(text.contains("clause = \"roles.never-empty\"\nbecause = \"…\""), "{text}");

    let output = run(&write);
    assert_eq!(output.status.code(), Some(2), "a file must not be overwritten");
    assert!(err(&output).contains("exists already"), "{}", err(&output));
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 2, "no remains");

    let read = [&only[..], &["--expectations", &first]].concat();
    assert_eq!(run(&read).status.code(), Some(2), "reasons are wanted");
    std::fs::write(&path, text.replace('…', "known")).expect("the file");
    assert_eq!(run(&read).status.code(), Some(0), "{}", out(&run(&read)));

    // Where nothing deviates there is nothing to write.
    let server = atlas_reference::start(Options::default()).expect("a free port");
    let (folder, config) = reaching(&server);
    let path = folder.path().join("first.toml");
    let (config, first) = (config.display().to_string(), path.display().to_string());
    let only = ["run", "--only", "roles/last/refused", "--config", &config];
    let output = run(&[&only[..], &["--write-expectations", &first]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(!path.exists() && out(&output).contains("nothing deviates"), "{}", out(&output));
}
