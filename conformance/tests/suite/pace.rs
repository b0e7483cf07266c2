//! Targets that are far away, slow, or limited: judged rightly, and neither overrun nor idle. How long
//! that takes is measured by `cargo xtask bench suite`.

use std::time::Duration;

use serde_json::Value;

use crate::distance::{self, Way};
use crate::spawn::{err, out, run};

/// What a run of some checks through this way says, and its report.
fn judged(server: &atlas_reference::Reference, way: &Way, options: &[&str]) -> (String, Value) {
    let (folder, config) = crate::cli::reaching(server);
    let text = std::fs::read_to_string(&config).expect("the file");
    std::fs::write(&config, text.replace(server.url(), &way.url)).expect("the file");
    let report = folder.path().join("report.json");
    let to = format!("json={}", report.display());
    let config = config.to_str().expect("UTF-8");
    let output = run(&[&["run", "--config", config, "--report", &to], options].concat());
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    let report = std::fs::read_to_string(report).expect("a report");
    (err(&output), serde_json::from_str(&report).expect("JSON"))
}

const SOME: [&str; 4] = ["--only", "roles/last/refused", "--only", "roles/removal/*"];

#[test]
fn a_distant_target_is_asked_for_much_at_once_on_connections_that_are_open() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let way = distance::distant(server.url(), Duration::from_millis(15));
    let (said, report) = judged(&server, &way, &SOME);
    assert!(said.contains("21 checks at work at once"), "{said}");
    let sent = report["requests"].as_u64().expect("a number");
    let judged: u64 = report["checks"]
        .as_array()
        .expect("checks")
        .iter()
        .filter_map(|check| check["requests"].as_u64())
        .sum();
    // One for each request that is judged, some that were opened in vain, and few for the others.
    let connections = way.connections() as u64;
    assert!(connections < judged + (sent - judged) / 2, "{connections} of {judged} and {sent}");
    // A cap is a cap.
    let (said, _) = judged_with_jobs(&server, &way, "2");
    assert!(said.contains("2 checks at work at once"), "{said}");
}

fn judged_with_jobs(server: &atlas_reference::Reference, way: &Way, jobs: &str) -> (String, Value) {
    judged(server, way, &["--only", "roles/last/refused", "--jobs", jobs])
}

#[test]
fn a_single_threaded_target_is_not_overrun() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let way = distance::single_threaded(server.url(), Duration::from_millis(22));
    let (said, report) = judged(&server, &way, &["--only", "roles/last/refused"]);
    assert!(said.contains("4 checks at work at once"), "{said}");
    assert_eq!(report["summary"]["passed"], 1, "{report}");
}

#[test]
fn a_target_that_restarts_is_waited_for() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    for after in [40, 77, 160] {
        let way = distance::restarting(server.url(), after, Duration::from_millis(400));
        let (_, report) =
            judged(&server, &way, &["--seed", "1", "--cases", "6", "--only", "roles/removal/*"]);
        assert!(way.connections() > after, "{} connections", way.connections());
        assert_eq!(report["summary"]["failed"], 0, "{report}");
        assert_eq!(report["left_behind"], Value::Array(Vec::new()));
    }
}

#[test]
fn a_rate_limit_is_noticed_and_fewer_cases_are_tried() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let way = distance::limited(server.url(), 25);
    let (said, report) = judged(&server, &way, &["--only", "roles/last/refused"]);
    assert!(said.contains("6 cases of each property"), "{said}");
    assert!(report["rate_limited"].as_u64().is_some_and(|count| count > 0), "{report}");
    // Whoever asks for more gets it.
    let (said, _) = judged(&server, &way, &["--only", "roles/last/refused", "--cases", "1"]);
    assert!(!said.contains("of each property"), "{said}");
}

#[test]
fn the_same_seed_and_cases_send_the_same_however_far_away() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let near = distance::distant(server.url(), Duration::ZERO);
    let far = distance::distant(server.url(), Duration::from_millis(12));
    let requests = [near, far].map(|way| {
        let options = ["--seed", "7", "--cases", "3", "--only", "roles/removal/*"];
        let (_, report) = judged(&server, &way, &options);
        let checks = report["checks"].as_array().expect("checks").clone();
        checks.into_iter().map(|check| check["requests"].clone()).collect::<Vec<_>>()
    });
    assert_eq!(requests[0], requests[1]);
}

#[test]
fn when_the_time_is_up_each_must_clause_is_judged_all_the_same() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let (folder, config) = crate::cli::reaching(&server);
    let report = folder.path().join("report.json");
    let to = format!("json={}", report.display());
    let config = config.to_str().expect("UTF-8");
    let output = run(&["run", "--config", config, "--time", "0.01", "--report", &to]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    let report = std::fs::read_to_string(report).expect("a report");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert!(report["summary"]["skipped"].as_u64().is_some_and(|count| count > 0), "{report}");
    let unmet = ["roles.deprecated-invitation", "auth.permission"];
    for clause in report["clauses"].as_array().expect("clauses") {
        let slug = clause["slug"].as_str().expect("a slug");
        // The configuration lacks what these need.
        if clause["level"] == "must" && !unmet.contains(&slug) {
            assert_ne!(clause["state"], "not-judged", "{clause}");
        }
    }
}
