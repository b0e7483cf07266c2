//! A run against a target that says anything: every report stays what it is.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

use anstream::adapter::strip_str;
use atlas_api::clauses::Clause;
use atlas_conformance::report::document::Document;
use atlas_conformance::report::format::Format;
use atlas_conformance::report::github;
use atlas_conformance::report::log::{Recording, log};
use atlas_conformance::report::terminal::layout::Look;
use atlas_conformance::report::terminal::summary;
use atlas_engine::evidence::Redactor;
use atlas_engine::exchange::{Exchange, Request, Response, TransportError};
use atlas_engine::judge::violation::Violation;
use atlas_engine::run::clock::RunClock;
use atlas_engine::run::recorder::Observation;
use atlas_engine::run::report::{CheckReport, RunReport};
use atlas_engine::run::verdict::Verdict;
use atlas_engine::traffic::Traffic;
use atlas_engine::traffic::shapes::ObservedResponses;
use atlas_remove_role::checks;
use regex::Regex;
use serde_json::Value;

use super::{Target, part};

/// What the target says in a header field, in a body, and as the reason of an error.
pub static TARGET: Target = Target {
    name: "reports",
    run,
    seeds,
    words: &[
        "<b>",
        "</code></pre>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "]]>",
        "&amp;",
        "&#0;",
        "```",
        "``````",
        "::error::x",
        "##[error]x",
        "|",
        "[a](b)",
        "@everyone",
        "javascript:x",
        "onerror=",
        SECRET,
        "{\"a\": 1}",
    ],
    is_json: false,
};

const SECRET: &str = "s3cr3t-of-a-report";

fn seeds() -> Vec<String> {
    [
        "text\n=====\n{\"roles\": [], \"id\": \"x\"}\n=====\na reason",
        "</code></pre><img src=x onerror=\"x\">\n=====\n]]> &amp; --> ``` | [a](b)\n::error::x\n=====\n\
         \u{202e}x\u{1b}[31m\u{0}\r\u{fffe}",
        "a, b, c\n=====\n{\"a\":\"s3cr3t-of-a-report\"}\n=====\na, d, c",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let run = report([0, 1, 2].map(|index| part(&text, index)));
    let redactor = Redactor::new(&[SECRET.to_owned().into()]);
    let log = log(&run, &Recording::default(), &redactor);
    let document = Document::new(&run, &redactor).with_log(log);
    for format in Format::ALL {
        let text = format.render(&document).expect("a report");
        harmless(&text);
        match format {
            Format::Har | Format::Json | Format::Sarif => {
                serde_json::from_str::<Value>(&text).unwrap_or_else(|e| panic!("{format}: {e}"));
            }
            Format::Html => is_own_markup(&text),
            Format::Junit => {
                roxmltree::Document::parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
            }
            Format::Markdown => fenced(&text),
        }
    }
    for look in [Look::new(40, true), Look::new(120, false)] {
        let mut bytes = Vec::new();
        summary::write(&mut bytes, &document, look).expect("a vector");
        let told = String::from_utf8(bytes).expect("UTF-8");
        let told = strip_str(&told).to_string();
        harmless(&told);
        let forged = told.lines().find(|line| line.starts_with("::") || line.starts_with("##["));
        assert_eq!(forged, None, "a line that commands");
    }
    for line in github::annotations(&document).lines() {
        assert!(line.starts_with("::error title=") || line.starts_with("::warning title="));
    }
}

fn harmless(text: &str) {
    assert!(!text.contains(SECRET), "a secret is shown: {text}");
    let drives = |c: char| {
        (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c)
    };
    assert!(!text.contains(drives), "a report that drives a terminal");
}

static ELEMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<(/?[a-zA-Z!?][^\s>/]*)([^>]*)>").expect("a pattern"));

static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"([^\s="]+)(?:="([^"]*)")?"#).expect("a pattern"));

/// Every element is one that the page is made of, and none has a script for an attribute.
fn is_own_markup(page: &str) {
    static OWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let run = report(["text", "{\"a\": [1, 2]}", "one, two"]);
        let redactor = Redactor::new(&[]);
        let log = log(&run, &Recording::default(), &redactor);
        let page = Format::Html.render(&Document::new(&run, &redactor).with_log(log));
        elements(&page.expect("a page")).map(|(name, _)| name).collect()
    });
    for (name, attributes) in elements(page) {
        let known = OWN.contains(&name)
            || ["mark", "ins", "del", "b", "i", "ul", "li", "br", "ol"]
                .contains(&name.trim_start_matches('/'));
        assert!(known, "<{name}> is no element of the page");
        for attribute in ATTRIBUTE.captures_iter(&attributes) {
            assert!(!attribute[1].starts_with("on"), "a script in {attributes}");
            let value = attribute.get(2).map_or("", |value| value.as_str());
            assert!(!value.trim_start().starts_with("javascript:"), "a script in {attributes}");
        }
    }
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("<style").count(), 1);
}

/// The elements outside of script and style, with their attributes.
fn elements(page: &str) -> impl Iterator<Item = (String, String)> {
    let mut page = page.to_owned();
    for (from, to) in [("<script>", "</script>"), ("<style>", "</style>")] {
        if let Some((before, rest)) = page.split_once(from)
            && let Some((_, after)) = rest.split_once(to)
        {
            page = format!("{before}{after}");
        }
    }
    let all: Vec<_> = ELEMENT
        .captures_iter(&page)
        .map(|found| (found[1].to_ascii_lowercase(), found[2].to_owned()))
        .collect();
    all.into_iter()
}

/// Every fence ends, and outside of fences there is no markup.
fn fenced(text: &str) {
    let mut within = None;
    for line in text.lines() {
        match within {
            None if line.starts_with("```") => {
                within = Some(line.chars().take_while(|c| *c == '`').count());
            }
            Some(fence) if line == "`".repeat(fence) => within = None,
            Some(_) => {}
            None => assert!(!line.contains("<img") && !line.contains("<script"), "{line}"),
        }
    }
    assert_eq!(within, None, "a fence that does not end");
}

/// A failed, a warned and an errored check, of which the target has its say in every part.
fn report([header, body, reason]: [&str; 3]) -> RunReport {
    let started = RunClock {
        time: SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000),
        instant: Instant::now(),
    };
    let exchange = |outcome| {
        Rc::new(Exchange {
            request: Request {
                method: "POST".to_owned(),
                target: "/api/atlas/v2/groups/a/users/b:removeRole".to_owned(),
                headers: vec![("Authorization".to_owned(), b"Bearer x.y.z".to_vec())],
                body: "{\"groupRole\":\"GROUP_OWNER\"}".into(),
                under_test: true,
                ..Request::default()
            },
            outcome,
            started: started.instant,
            duration: Duration::from_millis(1),
            bytes_received: 0,
            trailing_bytes: 0,
        })
    };
    let answered = exchange(Ok(Response::new(
        200,
        vec![(header.to_owned(), header.as_bytes().to_vec())],
        body.to_owned(),
    )));
    let silent = exchange(Err(TransportError::Truncated(reason.to_owned())));
    let ended = |index: usize, verdict, violations: Vec<Violation>| {
        let check = checks::all().nth(index).expect("a check").info();
        CheckReport {
            check,
            verdict,
            reason: (verdict == Verdict::Error).then(|| reason.to_owned()),
            complete: true,
            origins: BTreeSet::from([check.id]),
            violations,
            known: Vec::new(),
            requests: 1,
            duration: Duration::ZERO,
        }
    };
    let failed = Violation::new(Clause::RolesNeverEmpty, reason, header, &answered);
    let warned = Violation::new(Clause::RolesExactName, body, reason, &silent);
    let observation = Observation {
        clause: Clause::RolesAbsentRole,
        question: header.to_owned(),
        seen: body.to_owned(),
    };
    RunReport {
        target: "http://127.0.0.1:8080".to_owned(),
        origin: "http://127.0.0.1:8080".to_owned(),
        seed: 7,
        cases: 32,
        target_options: vec!["--config".to_owned(), "target.toml".to_owned()],
        requests: 3,
        rate_limited: 0,
        setup_retries: 0,
        started,
        duration: Duration::from_secs(1),
        strict: false,
        traffic: Traffic::default(),
        catalogue: checks::all().map(|check| check.info()).collect(),
        checks: vec![
            ended(0, Verdict::Fail, vec![failed]),
            ended(1, Verdict::Warn, vec![warned]),
            ended(2, Verdict::Error, Vec::new()),
            ended(3, Verdict::Pass, Vec::new()),
        ],
        causes: Vec::new(),
        coverage: None,
        observations: BTreeSet::from([observation]),
        responses: ObservedResponses::default(),
        expectations: Vec::new(),
        deferred: Vec::new(),
        left_behind: vec![reason.to_owned()],
        ended_early: None,
    }
}
