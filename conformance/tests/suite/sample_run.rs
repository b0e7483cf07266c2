//! A run made up for the reports: a check of each verdict, and a target that says what would hurt
//! a careless report.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime};

use atlas_api::clauses::Clause;
use atlas_conformance::report::document::Document;
use atlas_conformance::report::log::{Recording, log};
use atlas_engine::evidence::Redactor;
use atlas_engine::exchange::{Exchange, Request, Response, TransportError};
use atlas_engine::expectations::{
    Covered, Expectation, ExpectationResult, ExpectationState, Known,
};
use atlas_engine::judge::violation::Violation;
use atlas_engine::run::check::CheckInfo;
use atlas_engine::run::clock::RunClock;
use atlas_engine::run::recorder::{Coverage, Observation};
use atlas_engine::run::report::{CheckReport, RunReport};
use atlas_engine::run::verdict::Verdict;
use atlas_engine::traffic::Traffic;
use atlas_engine::traffic::shapes::ObservedResponses;
use atlas_remove_role::checks;

/// Markup, an end of everything that a report may quote in, commands for GitHub, and characters
/// that reorder, hide and colour.
pub(crate) const HOSTILE: &str = concat!(
    "</code></pre></script><script>window.pwned = 1</script><img src=x onerror=\"window.pwned = 2\">",
    "]]> &amp; --> ````` ``` | [a](javascript:alert(1)) @everyone\n::error::pwned\n##[error]pwned\n",
    "\u{202e}desrever\u{202c} \u{200b}\u{1b}[31mred\u{7}\u{0}\r\u{fffe}",
);

/// A secret of the run.
pub(crate) const SECRET: &str = "p@ss/w0rd+with \"everything\"";

/// Where the target is.
pub(crate) const ORIGIN: &str = "http://127.0.0.1:8080";

/// The run as reports tell it.
pub(crate) fn document() -> Document {
    document_of(&run())
}

/// Any run as reports tell it.
pub(crate) fn document_of(run: &RunReport) -> Document {
    let redactor = Redactor::new(&[SECRET.to_owned().into()]);
    let log = log(run, &Recording::default(), &redactor);
    let mut document = Document::new(run, &redactor).with_log(log);
    // A check that is added to the catalogue changes no snapshot of this run.
    for clause in &mut document.clauses {
        clause.checks.retain(|id| document.checks.iter().any(|check| check.id == *id));
    }
    document
}

/// The run.
pub(crate) fn run() -> RunReport {
    // 2026-09-21 14:13:20 UTC.
    let started = RunClock {
        time: SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000),
        instant: Instant::now(),
    };
    let said = |clause, question: &str, seen: &str| Observation {
        clause,
        question: question.to_owned(),
        seen: seen.to_owned(),
    };
    RunReport {
        target: ORIGIN.to_owned(),
        origin: ORIGIN.to_owned(),
        seed: 7,
        cases: 32,
        target_options: vec!["--config".to_owned(), "conformance/my target.toml".to_owned()],
        requests: 12_345,
        rate_limited: 3,
        setup_retries: 2,
        started,
        duration: Duration::from_millis(61_234),
        strict: false,
        traffic: traffic(started),
        catalogue: checks::all().map(|check| check.info()).collect(),
        checks: vec![
            passed("roles/removal/active-user"),
            failed(started),
            warned(started),
            errored("request/ids/group-id"),
            CheckReport::skipped(
                check("auth/permission/refused"),
                "needs reader: set `credentials.reader` or `credentials.reader_key`".to_owned(),
            ),
            hostile(started),
            known(started),
        ],
        observations: BTreeSet::from([
            said(
                Clause::RolesRefusalStatus,
                "removing the only role",
                "403 CANNOT_REMOVE_ALL_USER_ROLES",
            ),
            said(Clause::RolesAbsentRole, "removing a role that the user lacks", "200"),
            said(Clause::RolesAbsentRole, "removing it again", "200"),
            said(Clause::RolesAbsentRole, "removing <b>markup</b>", HOSTILE),
        ]),
        responses: ObservedResponses::default(),
        coverage: Some(Coverage { pairs: (812, 812), triples: (9214, 12_890) }),
        expectations: vec![
            note(ExpectationState::Holds),
            note(ExpectationState::Stale(vec!["error.texts"])),
        ],
        causes: Vec::new(),
        deferred: Vec::new(),
        left_behind: vec!["can't remove the user pending-7@example.com again: 500".to_owned()],
        ended_early: None,
    }
}

fn traffic(started: RunClock) -> Traffic {
    let mut traffic = Traffic::default();
    for number in 0..400_u64 {
        let mut exchange = exchange(started, "GROUP_OWNER", 200, "{}");
        exchange.duration = Duration::from_micros(300 + number * 37 % 5000);
        exchange.outcome = match number % 20 {
            7 => Err(TransportError::TimedOut(Duration::from_secs(2))),
            3 | 9 | 13 => Ok(answer(400, "{}")),
            11 if number > 300 => Ok(answer(503, "")),
            _ => exchange.outcome,
        };
        traffic.record(Duration::from_millis(number * 15), &exchange);
    }
    traffic
}

fn check(id: &str) -> CheckInfo {
    checks::all().find(|check| check.id == id).unwrap_or_else(|| panic!("no check is {id}")).info()
}

fn report(id: &str, verdict: Verdict, violations: Vec<Violation>) -> CheckReport {
    CheckReport {
        check: check(id),
        verdict,
        reason: None,
        complete: true,
        known: Vec::new(),
        origins: if violations.is_empty() {
            BTreeSet::new()
        } else {
            BTreeSet::from([check(id).id])
        },
        violations,
        requests: 33,
        duration: Duration::from_millis(1234),
    }
}

/// A breach that was expected.
fn known(started: RunClock) -> CheckReport {
    let refusal = Rc::new(exchange(started, "GROUP_OWNER", 403, "{}"));
    let (clause, expected) = (Clause::ErrorParameters, "/parameters: an array");
    let known = Known {
        violation: Violation::new(clause, expected, "null", &refusal),
        because: "the framework writes null for an <empty> list".to_owned(),
        see: Some("https://tracker.example.com/123".to_owned()),
        place: "known.toml:1".to_owned(),
    };
    CheckReport {
        known: vec![known],
        ..report("error/fields/parameters", Verdict::Known, Vec::new())
    }
}

fn note(state: ExpectationState) -> ExpectationResult {
    let expectation = Expectation {
        place: "known.toml:1".to_owned(),
        pattern: "error.*".to_owned(),
        covered: Covered::Clauses(BTreeSet::from([Clause::ErrorParameters, Clause::ErrorTexts])),
        because: "the framework writes null for an <empty> list".to_owned(),
        see: None,
        until: None,
        over: false,
    };
    ExpectationResult { expectation, state }
}

fn passed(id: &str) -> CheckReport {
    report(id, Verdict::Pass, Vec::new())
}

fn errored(id: &str) -> CheckReport {
    let reason = "can't set up a user: addGroupUsers was answered with 500";
    CheckReport { reason: Some(reason.to_owned()), ..report(id, Verdict::Error, Vec::new()) }
}

fn failed(started: RunClock) -> CheckReport {
    let user = r#"{"id":"65f1b2c3d4e5f60718293a4b","roles":["GROUP_OWNER"],"username":"active-7@example.com"}"#;
    let after = user.replace("\"GROUP_OWNER\"", "");
    let removal = Rc::new(exchange(started, "GROUP_OWNER", 200, user));
    let mut read = exchange(started, "", 200, &after);
    read.request.method = "GET".to_owned();
    read.request.under_test = false;
    read.request.target = read.request.target.replace(":removeRole", "");
    read.started += Duration::from_millis(4);
    let mut worst = Violation::new(
        Clause::RolesNeverEmpty,
        "the roles read back: GROUP_OWNER, GROUP_READ_ONLY",
        "the roles read back: GROUP_READ_ONLY",
        &removal,
    );
    worst.exchanges.push(Rc::new(read));
    let second =
        Violation::new(Clause::SuccessRoles, "/roles: at least 1 element(s)", "[]", &removal);
    report("roles/last/refused", Verdict::Fail, vec![worst, second])
}

fn hostile(started: RunClock) -> CheckReport {
    let body = format!("{HOSTILE}{SECRET}");
    let mut exchange = exchange(started, "GROUP_OWNER", 500, &body);
    if let Ok(answer) = &mut exchange.outcome {
        answer.headers.push(("x-echo".to_owned(), body.clone().into_bytes()));
        answer.headers.push(("set-cookie".to_owned(), b"session=abcdef".to_vec()));
    }
    let violation = Violation::new(Clause::HttpAnswers, "an answer", body, &Rc::new(exchange));
    report("http/answers/complete", Verdict::Fail, vec![violation])
}

fn warned(started: RunClock) -> CheckReport {
    let mut silent = exchange(started, "group_owner", 0, "");
    silent.outcome = Err(TransportError::Truncated("connection closed".to_owned()));
    let clause = Clause::RolesExactName;
    let violation = Violation::new(clause, "a refusal", "no answer", &Rc::new(silent));
    report("roles/absent/exact-name", Verdict::Warn, vec![violation])
}

/// One removal that was answered so.
pub(crate) fn exchange(started: RunClock, role: &str, status: u16, body: &str) -> Exchange {
    let header = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
    Exchange {
        request: Request {
            method: "POST".to_owned(),
            target: "/api/atlas/v2/groups/5f1b2c3d4e5f60718293a4b5/users/65f1b2c3d4e5f60718293a4b:removeRole?pretty=true".to_owned(),
            headers: vec![
                header("Authorization", "Bearer a.very.secret.token"),
                header("Content-Type", "application/vnd.atlas.2025-02-19+json"),
            ],
            body: format!("{{\"groupRole\":\"{role}\"}}").into(),
            under_test: true,
            ..Request::default()
        },
        outcome: Ok(answer(status, body)),
        started: started.instant + Duration::from_millis(20),
        duration: Duration::from_micros(1500),
        bytes_received: body.len() + 200,
        trailing_bytes: 0,
    }
}

fn answer(status: u16, body: &str) -> Response {
    let media_type = b"application/vnd.atlas.2025-02-19+json;charset=utf-8".to_vec();
    Response::new(status, vec![("content-type".to_owned(), media_type)], body.to_owned())
}
