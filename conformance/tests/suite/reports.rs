//! The reports: each is a snapshot of the same run, keeps to its format, and shows what a target
//! sends as text.

use std::collections::BTreeMap;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use atlas_conformance::report::document::Document;
use atlas_conformance::report::format::Format;
use atlas_conformance::report::terminal::layout::Look;
use atlas_conformance::report::{github, terminal};
use atlas_engine::judge::violation::Violation;
use serde_json::Value;

use crate::sample_run::{self, HOSTILE, SECRET};

fn rendered(format: Format) -> String {
    format.render(&sample_run::document()).expect("a report")
}

fn printed(columns: usize, verbose: bool) -> String {
    let mut bytes = Vec::new();
    let look = Look::new(columns, verbose);
    terminal::summary::write(&mut bytes, &sample_run::document(), look).expect("a vector");
    anstream::adapter::strip_str(&String::from_utf8(bytes).expect("UTF-8")).to_string()
}

#[test]
fn each_report_of_one_run() {
    for format in [Format::Har, Format::Json, Format::Junit, Format::Markdown, Format::Sarif] {
        insta::assert_snapshot!(format.name(), rendered(format));
    }
    insta::assert_snapshot!("github", github::annotations(&sample_run::document()));
    insta::assert_snapshot!("terminal_80", printed(80, false));
    insta::assert_snapshot!("terminal_140_verbose", printed(140, true));
}

#[test]
fn the_html_report_of_one_run() {
    let page = rendered(Format::Html);
    let between = |from: &str, to: &str| {
        let from = page.find(from).expect("a beginning") + from.len();
        &page[from..from + page[from..].find(to).expect("an end")]
    };
    // Style and script are files of their own.
    let page = page
        .replace(between("<style>", "</style>"), "…")
        .replace(between("<script>", "</script>"), "…")
        .replace(between("style-src '", "'"), "…")
        .replace(between("script-src '", "'"), "…");
    insta::assert_snapshot!("html", page);
}

#[test]
fn what_a_target_sends_is_no_markup() {
    let page = rendered(Format::Html);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("<style").count(), 1);
    assert_eq!(page.matches("<img").count(), 0);
    assert!(page.contains("&lt;img src=x onerror="));
    let xml = rendered(Format::Junit);
    roxmltree::Document::parse(&xml).expect("well-formed XML");
    for format in Format::ALL {
        let text = rendered(format);
        let driving = |c: char| c.is_control() && c != '\n' && c != '\t';
        let found = text.chars().find(|c| driving(*c) || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(found, None, "{format} lets a character through that drives a terminal");
        assert!(!HOSTILE.is_empty() && text.contains("pwned"), "{format} keeps the evidence");
    }
}

#[test]
fn no_line_of_a_target_is_a_line_of_the_terminal_report() {
    for text in [printed(80, false), printed(140, true)] {
        let forged = text.lines().find(|line| line.starts_with("::") || line.starts_with("##["));
        assert_eq!(forged, None);
        assert!(text.lines().all(|line| line.chars().count() <= 140 || is_command(line)), "{text}");
    }
    let annotations = github::annotations(&sample_run::document());
    for line in annotations.lines() {
        assert!(
            line.starts_with("::error title=") || line.starts_with("::warning title="),
            "{line}"
        );
    }
}

/// What is to be copied is not wrapped.
fn is_command(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("script").trim_start();
    ["curl ", "repeat ", "USER"].iter().any(|word| line.starts_with(word))
}

#[test]
fn of_long_lists_the_terminal_tells_what_is_missing() {
    let mut run = sample_run::run();
    let violation = &mut run.checks[1].violations[0];
    violation.expected = "the roles read back: A_1, B_2, C_3, D_4, E_5".to_owned();
    violation.received = "A_1, B_2, D_4, E_5, F_6".to_owned();
    let document = sample_run::document_of(&run);
    let failed = document.checks.iter().find(|check| check.id == "roles/last/refused");
    let text = terminal::failure::plain(&document, failed.expect("the check"));
    assert!(text.contains("  missing   C_3\n") && text.contains("  too many  F_6\n"), "{text}");
}

#[test]
fn a_markdown_fence_is_longer_than_what_it_holds() {
    let text = rendered(Format::Markdown);
    assert!(text.contains("``````http"), "{text}");
    let (mut within, mut outside) = (None, String::new());
    for line in text.lines() {
        match within {
            None if line.starts_with("```") => {
                within = Some(line.chars().take_while(|c| *c == '`').count());
            }
            Some(fence) if line == "`".repeat(fence) => within = None,
            Some(_) => {}
            None => outside += line,
        }
    }
    assert_eq!(within, None, "every fence ends");
    assert!(!outside.contains("<img") && !outside.contains("<script"), "{outside}");
}

#[test]
fn megabytes_stay_short() {
    let mut run = sample_run::run();
    let body = HOSTILE.repeat(20_000);
    let exchange = Rc::new(sample_run::exchange(run.started, "GROUP_OWNER", 200, &body));
    let violation = Violation::new(Clause::RolesNeverEmpty, body.clone(), body.clone(), &exchange);
    run.checks[1].violations = vec![violation];
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Har) {
        let text = format.render(&sample_run::document_of(&run)).expect("a report");
        assert!(body.len() > 4_000_000 && text.len() < 400_000, "{format}: {} bytes", text.len());
    }
}

#[test]
fn many_failures_stay_readable() {
    let mut run = sample_run::run();
    let failed: Vec<_> = atlas_remove_role::checks::all().collect();
    let worst = run.checks[1].violations.clone();
    run.checks = failed
        .into_iter()
        .map(|check| atlas_engine::run::report::CheckReport {
            check: check.info(),
            verdict: atlas_engine::run::verdict::Verdict::Fail,
            reason: None,
            complete: true,
            violations: worst.clone(),
            known: Vec::new(),
            origins: std::collections::BTreeSet::from([check.id]),
            requests: 1,
            duration: std::time::Duration::ZERO,
        })
        .collect();
    let document = sample_run::document_of(&run);
    let annotations = github::annotations(&document);
    assert_eq!(annotations.lines().count(), 10, "GitHub shows no more of a step");
    let page = Format::Html.render(&document).expect("a page");
    assert_eq!(
        page.matches("class=\"check fail\" open").count(),
        1,
        "one is open, the others folded"
    );
    let mut ids: Vec<_> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id is used twice");
    let summary = Format::Markdown.render(&document).expect("a summary");
    assert!(summary.len() < 1024 * 1024, "GitHub takes no more");
}

#[test]
fn a_run_without_failures_is_told_as_well() {
    let mut run = sample_run::run();
    run.checks.retain(|check| check.verdict == atlas_engine::run::verdict::Verdict::Pass);
    run.left_behind.clear();
    let document = sample_run::document_of(&run);
    assert_eq!(document.headline, "conforms");
    let page = Format::Html.render(&document).expect("a page");
    assert!(page.contains("Conforms") && !page.contains("id=\"failed\""));
    let sarif: Value =
        serde_json::from_str(&Format::Sarif.render(&document).expect("SARIF")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(github::annotations(&document), "");
}

#[test]
fn secrets_are_taken_out_however_they_are_written() {
    for format in Format::ALL {
        let text = rendered(format);
        for form in crate::reports_secrets::forms(SECRET) {
            assert!(!text.contains(&form), "{format} shows {form}");
        }
        assert!(
            !text.contains("a.very.secret.token") && !text.contains("session=abcdef"),
            "{format}"
        );
    }
}

/// The elements of `junit-10.xsd` of Jenkins' xUnit plugin: children in their order, and
/// attributes, of which those with `!` are required.
const JUNIT: [(&str, &[&str], &[&str]); 10] = [
    ("testsuites", &["testsuite"], &["name", "time", "tests", "failures", "errors", "disabled"]),
    (
        "testsuite",
        &["properties", "testcase", "system-out", "system-err"],
        &[
            "name!",
            "tests!",
            "failures",
            "errors",
            "time",
            "disabled",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
        ],
    ),
    ("properties", &["property"], &[]),
    ("property", &[], &["name!", "value!"]),
    (
        "testcase",
        &["skipped", "error", "failure", "system-out", "system-err"],
        &["name!", "classname", "time", "assertions", "status"],
    ),
    ("skipped", &[], &[]),
    ("error", &[], &["type", "message"]),
    ("failure", &[], &["type", "message"]),
    ("system-out", &[], &[]),
    ("system-err", &[], &[]),
];

#[test]
fn the_junit_report_keeps_to_the_usual_schema() {
    let text = rendered(Format::Junit);
    let xml = roxmltree::Document::parse(&text).expect("well-formed XML");
    assert_eq!(xml.root_element().tag_name().name(), "testsuites");
    for node in xml.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let known: BTreeMap<_, _> = JUNIT
            .iter()
            .map(|(name, children, attributes)| (*name, (children, attributes)))
            .collect();
        let (children, attributes) =
            known.get(name).unwrap_or_else(|| panic!("<{name}> is unknown"));
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(attributes.iter().any(|known| known.trim_end_matches('!') == name), "{name}");
        }
        for required in attributes.iter().filter_map(|name| name.strip_suffix('!')) {
            assert!(node.has_attribute(required), "<{name}> lacks {required}");
        }
        let places: Vec<_> = node
            .children()
            .filter(roxmltree::Node::is_element)
            .map(|child| children.iter().position(|known| *known == child.tag_name().name()))
            .collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "<{name}>: {places:?}");
    }
    let count = |name: &str| xml.descendants().filter(|node| node.has_tag_name(name)).count();
    assert_eq!(
        (count("testcase"), count("failure"), count("error"), count("skipped")),
        (7, 2, 1, 1)
    );
}

#[test]
fn the_har_report_keeps_to_version_1_2() {
    let archive: Value = serde_json::from_str(&rendered(Format::Har)).expect("JSON");
    let log = &archive["log"];
    let has =
        |value: &Value, strings: &[&str], numbers: &[&str], lists: &[&str], objects: &[&str]| {
            assert!(strings.iter().all(|name| value[name].is_string()), "{strings:?} of {value:#}");
            assert!(numbers.iter().all(|name| value[name].is_number()), "{numbers:?} of {value:#}");
            assert!(lists.iter().all(|name| value[name].is_array()), "{lists:?} of {value:#}");
            assert!(objects.iter().all(|name| value[name].is_object()), "{objects:?} of {value:#}");
        };
    assert_eq!(log["version"], "1.2");
    has(log, &["version"], &[], &["entries"], &["creator"]);
    has(&log["creator"], &["name", "version"], &[], &[], &[]);
    let entries = log["entries"].as_array().expect("entries");
    assert_eq!(entries.len(), 4);
    let mut before = String::new();
    for entry in entries {
        has(
            entry,
            &["startedDateTime"],
            &["time"],
            &[],
            &["request", "response", "cache", "timings"],
        );
        let started = entry["startedDateTime"].as_str().expect("a time").to_owned();
        started.parse::<jiff::Timestamp>().expect("RFC 3339");
        assert!(before <= started, "in the order of sending");
        before = started;
        let request = &entry["request"];
        has(
            request,
            &["method", "url", "httpVersion"],
            &["headersSize", "bodySize"],
            &["cookies", "headers", "queryString"],
            &[],
        );
        if !request["postData"].is_null() {
            has(&request["postData"], &["mimeType", "text"], &[], &["params"], &[]);
        }
        let response = &entry["response"];
        has(
            response,
            &["statusText", "httpVersion", "redirectURL"],
            &["status", "headersSize", "bodySize"],
            &["cookies", "headers"],
            &["content"],
        );
        has(&response["content"], &["mimeType"], &["size"], &[], &[]);
        has(&entry["timings"], &[], &["send", "wait", "receive"], &[], &[]);
        let sum: f64 = ["send", "wait", "receive"]
            .iter()
            .filter_map(|part| entry["timings"][part].as_f64())
            .sum();
        assert!((entry["time"].as_f64().expect("a number") - sum).abs() < 1e-9);
        for list in [&request["headers"], &request["queryString"], &response["headers"]] {
            for pair in list.as_array().expect("a list") {
                has(pair, &["name", "value"], &[], &[], &[]);
            }
        }
    }
}

#[test]
fn the_sarif_report_names_the_clause_as_rule() {
    let log: Value = serde_json::from_str(&rendered(Format::Sarif)).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), Clause::ALL.len());
    let results = run["results"].as_array().expect("results");
    let told: Vec<_> = results
        .iter()
        .map(|result| (result["ruleId"].as_str(), result["level"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("roles.never-empty"), Some("error")),
            (Some("success.roles"), Some("error")),
            (Some("http.answers"), Some("error")),
            (Some("roles.exact-name"), Some("warning")),
            (Some("error.parameters"), Some("error")),
        ]
    );
    let suppressed = results.iter().filter(|result| !result["suppressions"].is_null());
    let suppressed: Vec<_> = suppressed.map(|result| result["ruleId"].as_str()).collect();
    assert_eq!(suppressed, [Some("error.parameters")], "known deviations alone are suppressed");
    for result in results {
        let rule = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(rules[rule]["id"], result["ruleId"]);
        assert!(result["message"]["text"].as_str().is_some_and(|text| text.contains("expected")));
        let file = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(file, "conformance/my%20target.toml");
    }
    let notes = &run["invocations"][0]["toolExecutionNotifications"];
    assert!(notes[0]["message"]["text"].as_str().is_some_and(|text| text.contains("no verdict")));
}

#[test]
fn clauses_have_the_state_that_the_run_shows() {
    let document: Document = sample_run::document();
    let state = |slug: &str| {
        let clause = document.clause(slug).unwrap_or_else(|| panic!("no clause is {slug}"));
        serde_json::to_value(clause.state).expect("JSON").as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(state("roles.never-empty"), "fail");
    assert_eq!(state("roles.exact-name"), "warn");
    assert_eq!(state("roles.active-user"), "pass");
    assert_eq!(state("roles.absent-role"), "observed");
    assert_eq!(state("auth.permission"), "skipped");
    assert_eq!(state("request.group-id"), "not-judged");
    assert_eq!(state("status.rate-limit"), "not-judged");
    assert_eq!(state("media.json"), "not-judged");
    let because = document.clause("request.group-id").and_then(|clause| clause.because.clone());
    assert!(because.is_some_and(|text| text.contains("addGroupUsers")));
}
