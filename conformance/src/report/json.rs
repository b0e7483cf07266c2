//! The report for programs: JSON, schema version 1.

use serde::Serialize;

use crate::answers::Shape;
use crate::check::Verdict;
use crate::event::{CheckReport, RunReport, Summary};
use crate::evidence::{Redactor, Shown, curl, quoted, shown};
use crate::expectations::{Known, Note};

/// How many exchanges of one check are written out.
const EXCHANGES_SHOWN: usize = 12;

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    schema_version: u32,
    target: &'a str,
    verdict: Verdict,
    summary: Summary,
    requests: u64,
    rate_limited: u64,
    duration_ms: u64,
    seed: u64,
    left_behind: Vec<String>,
    checks: Vec<CheckEntry>,
    observations: Vec<ObservationEntry>,
    /// What the answers looked like, by check and status.
    answers: Vec<Shape>,
    expectations: Vec<ExpectationEntry<'a>>,
}

#[derive(Debug, Serialize)]
struct CheckEntry {
    id: &'static str,
    title: &'static str,
    clauses: Vec<&'static str>,
    level: String,
    verdict: Verdict,
    message: Option<String>,
    expected: Option<String>,
    received: Option<String>,
    /// The clauses that are broken, in the order of their weight.
    broken: Vec<&'static str>,
    /// What is broken as expected.
    known: Vec<KnownEntry>,
    exchanges: Vec<Shown>,
    requests: u64,
    duration_ms: u64,
    repeat: Option<Repeat>,
}

/// A breach that an expectation accepts.
#[derive(Debug, Serialize)]
struct KnownEntry {
    clause: &'static str,
    because: String,
    see: Option<String>,
    place: String,
    expected: String,
    received: String,
}

/// What became of an expectation.
#[derive(Debug, Serialize)]
struct ExpectationEntry<'a> {
    place: &'a str,
    /// `check` or `clause`.
    covers: &'static str,
    pattern: &'a str,
    because: &'a str,
    until: Option<String>,
    /// `holds`, `stale`, `unjudged` or `over`.
    state: &'static str,
}

/// How to see a failure again.
#[derive(Debug, Serialize)]
pub struct Repeat {
    /// The request that shows it.
    pub curl: Option<String>,
    /// The run of this check alone.
    pub command: String,
}

#[derive(Debug, Serialize)]
struct ObservationEntry {
    clause: &'static str,
    question: String,
    seen: String,
}

impl<'a> Report<'a> {
    /// The report of a run.
    pub fn new(run: &'a RunReport, redactor: &Redactor) -> Self {
        Self {
            schema_version: 1,
            target: &run.target,
            verdict: run.verdict(),
            summary: run.summary(),
            requests: run.requests,
            rate_limited: run.rate_limited,
            left_behind: run.left_behind.iter().map(|left| redactor.clean(left)).collect(),
            duration_ms: millis(run.duration),
            seed: run.seed,
            checks: run.checks.iter().map(|check| entry(check, run, redactor)).collect(),
            observations: run
                .observations
                .iter()
                .map(|observation| ObservationEntry {
                    clause: observation.clause.slug(),
                    question: redactor.clean(&observation.question),
                    seen: redactor.clean(&observation.seen),
                })
                .collect(),
            answers: run.answers.shapes(&|text| redactor.clean(text)),
            expectations: run.expectations.iter().map(expectation).collect(),
        }
    }
}

fn expectation(note: &Note) -> ExpectationEntry<'_> {
    let entry = &note.expectation;
    ExpectationEntry {
        place: &entry.place,
        covers: entry.key(),
        pattern: &entry.pattern,
        because: &entry.because,
        until: entry.until.map(|date| date.to_string()),
        state: note.state.word(),
    }
}

fn known(known: &Known, redactor: &Redactor) -> KnownEntry {
    KnownEntry {
        clause: known.violation.clause.slug(),
        because: known.because.clone(),
        see: known.see.clone(),
        place: known.place.clone(),
        expected: redactor.clean(&known.violation.expected),
        received: redactor.clean(&known.violation.received),
    }
}

fn entry(check: &CheckReport, run: &RunReport, redactor: &Redactor) -> CheckEntry {
    let first = check.violations.first();
    let exchanges = check.exchanges();
    let shown_from = exchanges.len().saturating_sub(EXCHANGES_SHOWN);
    CheckEntry {
        id: check.check.id,
        title: check.check.title,
        clauses: check.check.clauses.iter().map(|clause| clause.slug()).collect(),
        level: check.check.level().to_string(),
        verdict: check.verdict,
        message: message(check).map(|text| redactor.clean(&text)),
        expected: first.map(|violation| redactor.clean(&violation.expected)),
        received: first.map(|violation| redactor.clean(&violation.received)),
        broken: check.broken(),
        known: check.known.iter().map(|entry| known(entry, redactor)).collect(),
        exchanges: exchanges[shown_from..]
            .iter()
            .map(|e| shown(e, &run.origin, redactor))
            .collect(),
        requests: check.requests,
        duration_ms: millis(check.duration),
        repeat: repeat(check, run, redactor),
    }
}

/// One sentence: what was broken, or why there is no verdict.
pub fn message(check: &CheckReport) -> Option<String> {
    let Some(first) = check.violations.first() else { return check.reason.clone() };
    let more = match check.violations.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    let clause = first.clause;
    Some(format!("{clause}: expected {}, received {}{more}", first.expected, first.received))
}

/// How to see the first violation again.
pub fn repeat(check: &CheckReport, run: &RunReport, redactor: &Redactor) -> Option<Repeat> {
    let violation = check.violations.first()?;
    let mut ids: Vec<&str> = check.origins.iter().copied().take(1).collect();
    if !ids.contains(&check.check.id) {
        ids.push(check.check.id);
    }
    let only: String = ids.iter().map(|id| format!(" --only {id}")).collect();
    let reached_by: String =
        run.reached_by.iter().map(|argument| format!(" {}", quoted(argument))).collect();
    Some(Repeat {
        curl: violation
            .exchanges
            .iter()
            .rev()
            .find(|exchange| exchange.request.target.contains(":removeRole"))
            .or(violation.exchanges.last())
            .map(|exchange| curl(exchange, &run.origin, redactor)),
        command: format!("atlas-conformance run{reached_by}{only} --seed {}", run.seed),
    })
}

fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
