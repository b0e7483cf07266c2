//! Getting started: init, doctor, explain, completions and the manual page.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use atlas_api::clauses::Clause;
use atlas_conformance::config::load;
use atlas_remove_role::checks;

use crate::people;
use crate::spawn::{err, file, out, run, run_with};

#[test]
fn a_configuration_is_written_from_options_and_can_be_used() {
    for with in ["api", "hook", "fixtures"] {
        for auth in ["service-account", "api-key", "access-token"] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("target.toml");
            let path_text = path.to_str().expect("UTF-8");
            let output = run(&["init", path_text, "--with", with, "--auth", auth, "--yes"]);
            assert_eq!(output.status.code(), Some(0), "{}", err(&output));
            let text = std::fs::read_to_string(&path).expect("the file");
            // The secret that it names is set here for the reading.
            let secret =
                text.lines().find(|line| line.contains("env = ") && !line.starts_with('#'));
            assert!(secret.is_some(), "{text}");
            let text = text.replace("{ env = ", "{ env = \"PATH\" } #");
            std::fs::write(&path, text).expect("the file");
            let config = load(Some(&path), &|_| None).expect("a configuration");
            config.validate().expect("a usable configuration");
            assert_eq!(config.state.with.word(), with);
            // What is there is never overwritten.
            assert_eq!(run(&["init", path_text, "--yes"]).status.code(), Some(2));
        }
    }
}

#[test]
fn a_configuration_is_written_by_asking_again_after_a_mistake() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("target.toml");
    let answers = [
        ("mock.example.com", "expected a URL like http://127.0.0.1:8080, got `mock.example.com`"),
        ("https://mock.example.com/base", ""),
        ("my project", "expected an id like 5f1b2c3d4e5f60718293a4b5, got `my project`"),
        ("", ""),
        ("hok", "expected api, hook, fixtures, got `hok`"),
        ("hook", ""),
        ("", "URL of the hook [https://mock.example.com/base/state]"),
        ("A, B", "expected three roles or more, separated by commas, got `A, B`"),
        ("A, B, C", ""),
        ("key", "expected service-account, api-key, access-token, got `key`"),
        ("access-token", ""),
        ("me@example.com", ""),
    ];
    let lines: Vec<_> = answers.iter().map(|(answer, _)| format!("{answer}\n")).collect();
    let output = init(&path, &lines.concat());
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    for (_, said) in answers {
        assert!(out(&output).contains(said), "{said}: {}", out(&output));
    }
    insta::assert_snapshot!("init", std::fs::read_to_string(&path).expect("the file"));
}

#[test]
fn questions_without_an_answer_end_with_2_and_write_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("target.toml");
    let output = init(&path, "http://127.0.0.1:8080\n");
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(err(&output).contains("pass --yes"), "{}", err(&output));
    assert!(!path.exists());
    let path = path.to_str().expect("UTF-8");
    let output = run(&["init", path, "--yes", "--roles", "A,B"]);
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(err(&output).contains("three roles"), "{}", err(&output));
}

fn init(path: &Path, answers: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"))
        .arg("init")
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("its input").write_all(answers.as_bytes()).expect("answers");
    child.wait_with_output().expect("it ends")
}

#[test]
fn the_doctor_finds_a_healthy_server_healthy() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let fixture = server.fixture();
    let before = people::all(&server);
    let text = format!(
        "{}[credentials.owner_key]\npublic_key = \"{}\"\nprivate_key = \"{}\"\n\
         [state]\nactive_username = \"{}\"\npending_username = \"{}\"\n",
        people::owner(&server),
        fixture.owner_key.public_key,
        fixture.owner_key.private_key,
        fixture.active_username,
        fixture.pending_username
    );
    let (_folder, path) = file("target.toml", &text);
    let output = run(&["doctor", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    let text = out(&output);
    for word in
        ["reachability", "clock", "owner, bearer", "owner, Digest", "read back", "roles added"]
    {
        let line = text.lines().find(|line| line.contains(word)).unwrap_or_default();
        assert!(line.starts_with("ok"), "{word}: {text}");
    }
    assert!(text.contains(&format!("of {} checks can run", checks::all().count())), "{text}");
    assert!(text.contains("needs reader: set"), "{text}");
    assert!(!text.contains(&fixture.owner_key.private_key));
    assert_eq!(people::all(&server), before);
}

#[test]
fn the_doctor_says_what_is_wrong() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    // These names make invited users of those that are to be active.
    let text = format!(
        "{}[state]\nactive_username = \"pending-{{n}}@example.com\"\n",
        people::owner(&server)
    );
    let (_folder, path) = file("target.toml", &text);
    let output = run(&["doctor", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}{}", out(&output), err(&output));
    assert!(out(&output).contains("BAD   active users"), "{}", out(&output));
    assert!(people::all(&server).is_empty(), "the wrong user is still there");
    let nothing = text.replace(server.url(), "http://127.0.0.1:1");
    let (_folder, path) = file("target.toml", &nothing);
    let output = run(&["doctor", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3));
    assert!(out(&output).contains("BAD   reachability"), "{}", out(&output));
}

/// A server that answers everything with this.
fn answering(answer: &'static str) -> String {
    use std::io::Read;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn the_doctor_calls_nothing_accepted_that_was_not_asked_for() {
    let html = "Content-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>";
    let moved = "Location: https://moved.example/\r\n";
    for (status, more, said) in [
        ("200 OK", "", "200"),
        ("301 Moved", moved, "which leads to https://moved.example/: set `target`"),
        ("308 Moved", moved, "which leads to https://moved.example/: set `target`"),
        ("403 No", "", "403"),
        ("404 No", "", "404"),
        ("500 No", "", "500"),
    ] {
        let answer = format!("HTTP/1.1 {status}\r\n{more}{html}").leak();
        let (_folder, path) = file(
            "target.toml",
            &format!(
                "target = \"{}\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
                 [credentials.owner_key]\npublic_key = \"abcdefgh\"\nprivate_key = \"x-secret-x\"\n\
                 [state]\nactive_username = \"active-{{n}}@example.com\"\n",
                answering(answer)
            ),
        );
        let output = run(&["doctor", "--config", path.to_str().expect("UTF-8")]);
        assert_eq!(output.status.code(), Some(3), "{status}: {}", out(&output));
        let line = out(&output);
        let line = line.lines().find(|line| line.contains("owner, Digest")).unwrap_or_default();
        assert!(line.starts_with("BAD") && line.contains(said), "{status}: {}", out(&output));
    }
}

#[test]
fn a_wrong_reader_is_named_before_any_check() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let text = format!(
        "{}[credentials.reader_token]\naccess_token = \"no-token-of-this-server\"\n\
         [state]\nactive_username = \"{}\"\n",
        people::owner(&server),
        server.fixture().active_username
    );
    let (_folder, path) = file("target.toml", &text);
    let output = run(&["run", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}{}", out(&output), err(&output));
    assert!(err(&output).contains("refused credentials.reader_token"), "{}", err(&output));
}

#[test]
fn the_doctor_names_the_roles_that_the_target_does_not_know() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let text = format!(
        "{}[state]\nactive_username = \"{}\"\n\
         roles = [\"NO_SUCH_ROLE\", \"GROUP_READ_ONLY\", \"GROUP_OWNER\", \"GROUP_BACKUP_MANAGER\"]\n",
        people::owner(&server),
        server.fixture().active_username
    );
    let (_folder, path) = file("target.toml", &text);
    let output = run(&["doctor", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}{}", out(&output), err(&output));
    let said = "BAD   project roles    no user could be given NO_SUCH_ROLE: set `state.roles`";
    assert!(out(&output).contains(said), "{}", out(&output));
    assert!(out(&output).contains("ok    active users"), "{}", out(&output));
    assert!(people::all(&server).is_empty());
}

#[test]
fn every_clause_is_explained() {
    for clause in Clause::ALL {
        let explained = clause.explanation();
        for text in [explained.why, explained.sent, explained.passes, explained.repair] {
            assert!(text.len() > 3 && text.ends_with('.'), "{clause}: {text}");
        }
    }
}

#[test]
fn clauses_and_checks_are_explained() {
    let mut text = out(&run(&["explain", "roles.never-empty"]));
    text += &out(&run(&["explain", "auth/permission/refused"]));
    let output = run(&["explain", "roles.never-emty"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!("explain", text + &err(&output));
}

#[test]
fn shells_and_man_are_served() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        assert!(out(&output).contains("clean-up"), "{shell}");
        // elvish and PowerShell complete no values.
        if ["bash", "zsh", "fish"].contains(&shell) {
            for name in ["roles/last/refused", "roles.never-empty", "last-role-removed", "html="] {
                assert!(out(&output).contains(name), "{shell} lacks {name}");
            }
        }
    }
    let page = out(&run(&["man"]));
    for word in [".TH", "DOCTOR", "\\-\\-confirm\\-target", "Exit codes"] {
        assert!(page.contains(word), "{word} is missing");
    }
    assert!(!page.contains("(1)"), "the page refers to others, which are not there");
}

#[test]
fn needs_are_counted_for_a_configuration() {
    let (_folder, path) = file(
        "target.toml",
        "target = \"http://127.0.0.1:1\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
         [credentials.owner_token]\naccess_token = { env = \"TOKEN\" }\n\
         [state]\nwith = \"fixtures\"\nroles = [\"A\", \"B\", \"C\"]\n",
    );
    let path = path.to_str().expect("UTF-8");
    let output = run_with(&["list", "--needs", "--config", path], &[("TOKEN", "t")]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("PENDING      A, B, C"), "{}", out(&output));
    assert_eq!(run(&["list", "--needs", "--config", path]).status.code(), Some(2));
}
