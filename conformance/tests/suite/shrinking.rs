//! Failures are small: a walk or a race that fails is told with the few requests that it takes.

use atlas_reference::Options;
use serde_json::Value;

use crate::cli::reaching;
use crate::spawn::run;

/// The report of one check against a server with this fault.
fn failure(fault: &str, check: &str) -> Value {
    let fault = atlas_reference::fault(fault);
    assert!(fault.is_some(), "no such fault");
    let server = atlas_reference::start(Options { fault, seed: Some(7), ..Options::default() });
    let server = server.expect("a free port");
    let (folder, config) = reaching(&server);
    let report = folder.path().join("report.json");
    let json = format!("json={}", report.display());
    let config = config.display().to_string();
    run(&["run", "--seed", "1", "--only", check, "--report", &json, "--config", &config]);
    let text = std::fs::read_to_string(&report).expect("a report");
    serde_json::from_str::<Value>(&text).expect("JSON")["checks"][0].clone()
}

/// The requests that change something, set-up included.
fn changes(check: &Value) -> usize {
    let exchanges = check["exchanges"].as_array().expect("exchanges");
    exchanges.iter().filter(|exchange| exchange["request"]["method"] == "POST").count()
}

#[test]
fn a_walk_that_fails_shrinks_to_a_few_requests() {
    for fault in [
        "last-role-removed",
        "removal-not-done",
        "all-but-one-removed",
        "last-role-removed-for-pending",
        "absent-role-removes-another",
        "unknown-role-removes-a-role",
    ] {
        let check = failure(fault, "roles/walk/model");
        assert_eq!(check["verdict"], "fail", "{fault}");
        assert!((1..=4).contains(&changes(&check)), "{fault}: {:#}", check["exchanges"]);
        let script = check["repeat"]["script"].as_array().expect("a script");
        assert!(script.len() >= changes(&check), "{fault}: {script:#?}");
        let first = script[0].as_str().unwrap_or_default();
        assert!(first.starts_with("USER1=$(curl -s ") && first.contains("/users "), "{first}");
        let removes =
            |line: &Value| line.as_str().is_some_and(|l| l.contains("${USER1}:removeRole"));
        assert!(script.iter().any(removes), "{script:#?}");
        assert!(check["repeat"]["command"].as_str().is_some_and(|line| line.contains("--seed 1")));
    }
}

#[test]
fn a_race_that_fails_is_told_with_the_fewest_that_show_it() {
    for (fault, check, most) in [
        ("race-empties-the-user", "roles/race/last-roles", 2),
        ("race-empties-pending-users", "roles/race/last-roles", 2),
        ("race-loses-removals", "roles/race/last-roles", 3),
    ] {
        let check = failure(fault, check);
        assert_eq!(check["verdict"], "fail", "{fault}");
        assert!((2..=most).contains(&changes(&check)), "{fault}: {:#}", check["exchanges"]);
    }
}
