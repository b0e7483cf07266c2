//! The command line: exit codes, errors, and reports.

use serde_json::Value;

use crate::spawn::{err, file, out, run};

#[test]
fn bad_usage_ends_with_2_and_says_what_to_do() {
    let cases: [&[&str]; 12] = [
        &["run", "--only", "no/such/*"],
        &["run", "--skip", "no.such-clause"],
        &["run", "--report", "json"],
        &["run", "--report", "xml=a.xml"],
        &["run", "--jobs", "0"],
        &["run", "--target", "ftp://127.0.0.1"],
        &["run", "--target", "localhost:8080"],
        &["run", "--target", "myhost:8080"],
        &["run", "--target", "http://127.0.0.1:8080/?x=1"],
        &["run", "--report", "json=."],
        &["run", "--target", "http://127.0.0.1:1"],
        &["serve", "--fault", "no-such-fault"],
    ];
    let mut messages = String::new();
    for case in cases {
        let output = run(case);
        assert_eq!(output.status.code(), Some(2), "{case:?}: {}", err(&output));
        messages += &format!("$ atlas-conformance {}\n{}\n", case.join(" "), err(&output));
    }
    insta::assert_snapshot!("usage", messages);
}

#[test]
fn a_report_that_cannot_be_written_is_found_before_the_run() {
    let output = run(&["run", "--report", "json=/no/such/folder/report.json"]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(out(&output).is_empty(), "the run must not start");
}

#[test]
fn a_report_may_go_to_standard_output_and_the_text_then_goes_elsewhere() {
    let output = run(&["run", "--only", "roles/last/refused", "--report", "json=-"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let report: Value = serde_json::from_str(&out(&output)).expect("JSON alone");
    assert_eq!(report["verdict"], "pass");
    assert!(err(&output).contains("conforms"), "{}", err(&output));
    assert!(!std::path::Path::new("-").exists());
    let twice = run(&["run", "--report", "json=-", "--report", "html=-"]);
    assert_eq!(twice.status.code(), Some(2), "{}", err(&twice));
}

#[test]
fn an_empty_selection_ends_with_4() {
    let output = run(&["run", "--only", "roles/last/refused", "--skip", "roles/*"]);
    assert_eq!(output.status.code(), Some(4), "{}", err(&output));
}

#[test]
fn an_unreachable_target_ends_with_3() {
    let (_folder, path) = config("http://127.0.0.1:1");
    let output = run(&["run", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("no connection"), "{}", err(&output));
}

#[test]
fn refused_credentials_end_with_3_and_show_no_secret() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let (_folder, path) = config(server.url());
    let output = run(&["run", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("credentials.owner"), "{}", err(&output));
    assert!(!err(&output).contains("a-very-secret-value"), "{}", err(&output));
}

#[test]
fn a_target_that_speaks_no_http_ends_with_3() {
    use std::io::Write;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let _ = stream.write_all(b"SSH-2.0-nothing\r\n");
        }
    });
    let (_folder, path) = config(&format!("http://{address}"));
    let output = run(&["run", "--timeout", "2", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
}

#[test]
fn a_failing_run_ends_with_1_names_the_clause_and_repeats() {
    let fault = atlas_reference::fault("last-role-removed").expect("the fault");
    let options = atlas_reference::Options { fault: Some(fault), ..Default::default() };
    let server = atlas_reference::start(options).expect("a free port");
    let (folder, path) = reaching(&server);
    let report = folder.path().join("report.json");
    let report_argument = format!("json={}", report.display());
    let arguments =
        ["run", "--seed", "5", "--only", "roles/last/*", "--config", path.to_str().expect("UTF-8")];
    let output = run(&[&arguments[..], &["--report", &report_argument]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(out(&output).contains("roles.never-empty"), "{}", out(&output));
    let report: Value =
        serde_json::from_str(&std::fs::read_to_string(&report).expect("a report")).expect("JSON");
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["verdict"], "fail");
    assert_eq!(report["seed"], 5);
    let check = &report["checks"][0];
    assert_eq!(check["id"], "roles/last/refused");
    assert_eq!(check["verdict"], "fail");
    let curl = check["repeat"]["curl"].as_str().expect("a curl line");
    assert!(curl.starts_with("curl ") && curl.contains(":removeRole"), "{curl}");
    // The command can be pasted: it ends as this run did.
    let command = check["repeat"]["command"].as_str().expect("a command");
    assert!(command.contains("--seed 5"), "{command}");
    let words: Vec<_> = command.split(' ').skip(1).collect();
    assert_eq!(run(&words).status.code(), Some(1), "{command}");
    let broken: Vec<_> = check["broken"].as_array().expect("clauses").iter().collect();
    assert!((1..broken.len()).all(|at| !broken[..at].contains(&broken[at])), "{broken:?}");
    assert!(!check["exchanges"].as_array().expect("exchanges").is_empty());
    // What authenticates is in no output.
    for secret in [&server.fixture().owner.client_secret, &server.fixture().owner_key.private_key] {
        assert!(
            !report.to_string().contains(secret.as_str())
                && !out(&output).contains(secret.as_str())
        );
    }
    assert!(!report.to_string().contains("Bearer ey") && report.to_string().contains("<redacted>"));
}

/// A configuration whose credentials no server knows.
fn config(target: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    file(
        "target.toml",
        &format!(
            "target = \"{target}\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
             [credentials.owner]\nclient_id = \"mdb_sa_id_x\"\nclient_secret = \"a-very-secret-value\"\n\
             [state]\nactive_username = \"active-{{n}}@example.com\"\n"
        ),
    )
}

/// A configuration that reaches this server.
pub(crate) fn reaching(
    server: &atlas_reference::Reference,
) -> (tempfile::TempDir, std::path::PathBuf) {
    let fixture = server.fixture();
    file(
        "target.toml",
        &format!(
            "target = \"{}\"\ngroup_id = \"{}\"\n[credentials.owner]\nclient_id = \"{}\"\nclient_secret = \"{}\"\n\
             [credentials.owner_key]\npublic_key = \"{}\"\nprivate_key = \"{}\"\n\
             [state]\nactive_username = \"{}\"\npending_username = \"{}\"\n",
            server.url(),
            fixture.group_id,
            fixture.owner.client_id,
            fixture.owner.client_secret,
            fixture.owner_key.public_key,
            fixture.owner_key.private_key,
            fixture.active_username,
            fixture.pending_username,
        ),
    )
}

#[test]
fn short_secrets_do_not_destroy_what_is_said() {
    let redactor = atlas_engine::evidence::Redactor::new(
        &["e", "s3cret-value"].map(|text| text.to_owned().into()),
    );
    assert_eq!(redactor.clean("the s3cret-value here"), "the <redacted> here");
}
