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
    let mut child = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"))
        .args(["run", "--seed", "1", "--only", "roles/*", "--config"])
        .arg(config)
        .arg("--journal")
        .arg(journal)
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
fn an_interrupted_run_gives_everything_back_by_itself() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let before = people::all(&server);
    let (folder, config) = reaching(&server);
    let journal = folder.path().join("run.journal");
    let child = under_way(&config, &journal);
    let told = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(told.expect("kill").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("the run was stopped"), "{}", err(&output));
    assert_eq!(people::all(&server), before);
    assert!(!journal.exists());
}

#[test]
fn what_is_no_journal_is_refused() {
    let mut messages = String::new();
    for text in ["", "{\"event\":\"started\",\"target\":\"http://x\",\"with\":\"api\"}\nnonsense\n"]
    {
        let (_folder, path) = file("run.journal", text);
        let output = run(&["clean-up", "--journal", path.to_str().expect("UTF-8")]);
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        messages += &err(&output).replace(&path.display().to_string(), "run.journal");
    }
    insta::assert_snapshot!("journal", messages);
}
