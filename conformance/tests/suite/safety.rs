//! A server is left as it was, and one elsewhere is not touched unasked.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use atlas_remove_role::config::Config;
use atlas_remove_role::config::confirmation;

use crate::people;
use crate::spawn::{err, file, out, run};

#[test]
fn a_target_elsewhere_is_confirmed_before_anything_is_sent() {
    let config = |more: &str| {
        format!(
            "group_id = \"5f1b2c3d4e5f60718293a4b5\"\n{more}[credentials.owner_token]\n\
             access_token = \"a-very-secret-value\"\n[state]\nactive_username = \"a-{{n}}@example.com\"\n"
        )
    };
    let (_folder, path) = file("target.toml", &config(""));
    let path = path.to_str().expect("UTF-8");
    let cases: [&[&str]; 5] = [
        &["--target", "https://mock.example.invalid"],
        &["--target", "https://mock.example.invalid", "--confirm-target", "mock.example.com"],
        &["--target", "https://cloud.mongodb.com", "--confirm-target", "cloud.mongodb.com"],
        &[
            "--target",
            "https://mongodb.com.example.invalid",
            "--confirm-project",
            "5f1b2c3d4e5f60718293a4b5",
        ],
        &[
            "--target",
            "https://cloud.mongodbgov.com",
            "--confirm-target",
            "cloud.mongodbgov.com",
            "--confirm-project",
            "5f1b2c3d4e5f60718293a4b6",
        ],
    ];
    let mut messages = String::new();
    for case in cases {
        let output = run(&[&["run", "--config", path], case].concat());
        assert_eq!(output.status.code(), Some(2), "{case:?}: {}", err(&output));
        messages += &format!("$ atlas-conformance run {}\n{}\n", case.join(" "), err(&output));
    }
    insta::assert_snapshot!("confirmation", messages);
}

#[test]
fn only_what_is_below_the_services_domains_is_the_service() {
    let confirmed = |host: &str| {
        let config = Config {
            target: Some(format!("https://{host}")),
            group_id: Some("5f1b2c3d4e5f60718293a4b5".to_owned()),
            confirm_target: Some(host.to_owned()),
            ..Config::default()
        };
        confirmation::check_confirmed(&config).is_ok()
    };
    for host in ["mongodb.com", "cloud-dev.mongodb.com", "MongoDB.com", "a.b.mongodbgov.com"] {
        assert!(!confirmed(host), "{host}");
    }
    for host in ["notmongodb.com", "mongodb.com.example.org", "mock.example.org"] {
        assert!(confirmed(host), "{host}");
    }
}

#[test]
fn a_dry_run_sends_nothing_and_says_what_would_be() {
    let (_folder, path) = file(
        "target.toml",
        "target = \"http://127.0.0.1:1\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
         protect = [\"me@example.com\"]\n[credentials.owner_token]\naccess_token = \"t\"\n\
         [state]\nactive_username = \"a-{n}@example.com\"\n",
    );
    let output = run(&[
        "run",
        "--dry-run",
        "--seed",
        "1",
        "--only",
        "roles/last/refused",
        "--config",
        path.to_str().expect("UTF-8"),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    // How many requests it are is the check's affair; that it is a number is this one's.
    let text = out(&output);
    let requests = text.split("about ").nth(1).and_then(|rest| rest.split(' ').next());
    let requests = requests.expect("a number");
    assert!(requests.parse::<u32>().is_ok_and(|number| number > 5), "{text}");
    insta::assert_snapshot!("dry_run", text.replacen(requests, "N", 1));
}

/// A run against the server that is under way: its journal shows users.
fn under_way(config: &Path, journal: &Path) -> Child {
    under_way_with(config, journal, &[])
}

/// ... with these options.
fn under_way_with(config: &Path, journal: &Path, options: &[&str]) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"))
        .args(["run", "--seed", "1", "--only", "roles/*", "--config"])
        .arg(config)
        .arg("--journal")
        .arg(journal)
        .args(options)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    loop {
        let lines = std::fs::read_to_string(journal).unwrap_or_default().matches("made").count();
        if lines > 8 {
            return child;
        }
        assert!(child.try_wait().expect("a status").is_none(), "it ended too early");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn reaching(server: &atlas_reference::Reference) -> (tempfile::TempDir, std::path::PathBuf) {
    let fixture = server.fixture();
    let text = format!(
        "{}[state]\nactive_username = \"{}\"\npending_username = \"{}\"\n",
        people::owner(server),
        fixture.active_username,
        fixture.pending_username
    );
    file("target.toml", &text)
}

#[test]
fn after_a_killed_run_clean_up_leaves_the_server_as_it_was() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let before = people::all(&server);
    let (folder, config) = reaching(&server);
    let journal = folder.path().join("run.journal");
    let mut child = under_way(&config, &journal);
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    assert_ne!(people::all(&server), before, "the run had nothing under way");
    let output = run(&[
        "clean-up",
        "--journal",
        journal.to_str().expect("UTF-8"),
        "--config",
        config.to_str().expect("UTF-8"),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    assert_eq!(people::all(&server), before);
    assert!(!journal.exists());
}

#[test]
fn a_journal_that_was_left_is_not_overwritten() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let (folder, config) = reaching(&server);
    let journal = folder.path().join("run.journal");
    std::fs::write(&journal, "left").expect("the file");
    let [config, path] = [&config, &journal].map(|path| path.to_str().expect("UTF-8"));
    let output = run(&["run", "--config", config, "--journal", path]);
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(err(&output).contains("clean-up --journal"), "{}", err(&output));
    assert_eq!(std::fs::read_to_string(&journal).expect("the file"), "left");
}

#[cfg(unix)]
#[test]
fn whatever_signal_ends_a_run_everything_is_given_back_and_the_reports_say_it() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let server = atlas_reference::start(Default::default()).expect("a free port");
        let before = people::all(&server);
        let (folder, config) = reaching(&server);
        let journal = folder.path().join("run.journal");
        let [json, junit] = ["r.json", "r.xml"].map(|name| folder.path().join(name));
        let json_option = format!("json={}", json.display());
        let junit_option = format!("junit={}", junit.display());
        let options = ["--report", &json_option, "--report", &junit_option];
        let child = under_way_with(&config, &journal, &options);
        let told = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(told.expect("kill").success());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(3), "{signal}: {}", err(&output));
        assert!(err(&output).contains("the run was stopped"), "{signal}: {}", err(&output));
        assert_eq!(people::all(&server), before, "{signal}");
        assert!(!journal.exists());
        let report = std::fs::read_to_string(&json).expect("a report");
        let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        assert_eq!(report["verdict"], "error", "{signal}");
        let reason = report["reason"].as_str().expect("a reason");
        assert!(reason.starts_with("the run was stopped; "), "{reason}");
        assert!(report["requests"].as_u64().is_some_and(|count| count > 8), "{signal}");
        let junit = std::fs::read_to_string(&junit).expect("a report");
        assert!(junit.contains("<error type=\"no-verdict\" message=\"the run was stopped\">"));
    }
}

#[test]
fn a_run_that_reaches_nothing_writes_its_reports() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let right = people::owner(&server);
    let wrong = right.replace(&server.fixture().owner.client_secret, "a-very-secret-value");
    let nowhere = right.replace(server.url(), "http://127.0.0.1:1");
    for (text, why) in [(nowhere, "no connection"), (wrong, "refused client_id")] {
        let text = format!("{text}[state]\nactive_username = \"active-{{n}}@example.com\"\n");
        let (folder, config) = file("target.toml", &text);
        let [json, junit] = ["r.json", "r.xml"].map(|name| folder.path().join(name));
        let output = run(&[
            "run",
            "--config",
            config.to_str().expect("UTF-8"),
            "--report",
            &format!("json={}", json.display()),
            "--report",
            &format!("junit={}", junit.display()),
        ]);
        assert_eq!(output.status.code(), Some(3), "{}", err(&output));
        let report = std::fs::read_to_string(&json).expect("a report");
        let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        assert_eq!(report["verdict"], "error");
        assert!(report["reason"].as_str().is_some_and(|reason| reason.contains(why)), "{report}");
        let junit = std::fs::read_to_string(&junit).expect("a report");
        assert!(junit.contains("<error ") && junit.contains(why), "{junit}");
        assert!(!junit.contains("a-very-secret-value"));
    }
}

#[test]
fn nobody_cleans_up_after_a_run_that_is_under_way() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let (folder, config) = reaching(&server);
    let journal = folder.path().join("run.journal");
    let mut child = under_way(&config, &journal);
    let arguments = ["--journal", journal.to_str().expect("UTF-8"), "--config"];
    let arguments = [&arguments[..], &[config.to_str().expect("UTF-8")]].concat();
    let outputs = ["clean-up", "run"].map(|command| run(&[&[command], &arguments[..]].concat()));
    let done = child.wait().expect("it ends");
    for output in outputs {
        assert_eq!(output.status.code(), Some(2), "{}{}", out(&output), err(&output));
        let expected = format!("is under way, process {}", child.id());
        assert!(err(&output).contains(&expected), "{}", err(&output));
    }
    assert_eq!(done.code(), Some(0), "the run was disturbed");
}

#[test]
fn clean_up_sends_credentials_to_the_configured_target_alone_and_spares_the_protected() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let (folder, config) = reaching(&server);
    let journal = folder.path().join("run.journal");
    let mut child = under_way(&config, &journal);
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    let config_text = std::fs::read_to_string(&config).expect("the file");
    let clean_up = |text: &str| {
        std::fs::write(&config, text).expect("the file");
        let journal = journal.to_str().expect("UTF-8");
        run(&["clean-up", "--journal", journal, "--config", config.to_str().expect("UTF-8")])
    };
    let line = config_text.lines().next().expect("the target");
    for other in ["", "target = \"http://127.0.0.1:1\""] {
        let output = clean_up(&config_text.replace(line, other));
        assert_eq!(output.status.code(), Some(2), "{}", out(&output));
        assert!(err(&output).contains("the journal is about http://127"), "{}", err(&output));
    }
    let user = std::fs::read_to_string(&journal).expect("the journal");
    let ids: Vec<String> = people::all(&server).into_keys().collect();
    assert!(ids.iter().any(|id| user.contains(id)), "{user}");
    let protecting = format!("protect = {ids:?}\n{config_text}");
    let output = clean_up(&protecting);
    assert_eq!(output.status.code(), Some(3), "{}{}", out(&output), err(&output));
    assert!(out(&output).contains("is protected"), "{}", out(&output));
    assert!(people::all(&server).keys().eq(&ids) && journal.exists());
    assert_eq!(clean_up(&config_text).status.code(), Some(0));
    assert!(people::all(&server).is_empty());
}

#[test]
fn an_empty_journal_leaves_nothing_to_do() {
    for text in ["", "{\"event\":\"started\",\"target\":\"http://x\",\"with\":\"api\"}\n"] {
        let (_folder, path) = file("run.journal", text);
        let output = run(&["clean-up", "--journal", path.to_str().expect("UTF-8")]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert!(!path.exists());
    }
}

#[test]
fn what_is_no_journal_is_refused() {
    let mut messages = String::new();
    for text in
        ["left\n", "{\"event\":\"started\",\"target\":\"http://x\",\"with\":\"api\"}\nnonsense\n"]
    {
        let (_folder, path) = file("run.journal", text);
        let output = run(&["clean-up", "--journal", path.to_str().expect("UTF-8")]);
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        messages += &err(&output).replace(&path.display().to_string(), "run.journal");
    }
    insta::assert_snapshot!("journal", messages);
}
