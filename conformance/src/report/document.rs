//! The data of a run that all reports are written from: plain, complete, and without secrets. A text
//! that this module removes is in no report.

use std::rc::Rc;

use serde::Serialize;

use crate::report::clause_state::{ClauseEntry, clauses};
use crate::report::log::Log;
use crate::report::time::{millis, timestamp};
use crate::report::traffic::TrafficEntry;
use crate::report::wording;
use atlas_engine::evidence::{Redactor, Shown, curl, quoted, script, shown, shown_text};
use atlas_engine::exchange::Exchange;
use atlas_engine::expectations::{ExpectationResult, ExpectationState, Known};
use atlas_engine::judge::violation::Violation;
use atlas_engine::run::case_budget::CaseBudget;
use atlas_engine::run::recorder::Coverage;
use atlas_engine::run::report::{CauseReport, CheckReport, RunReport, Summary};
use atlas_engine::run::verdict::Verdict;
use atlas_engine::traffic::shapes::Shape;

/// The maximum number of exchanges of the most severe violation of a check.
const EXCHANGES_SHOWN: usize = 12;

/// The maximum number of further violations of a check, and of exchanges of each.
const FURTHER_SHOWN: usize = 8;
const FURTHER_EXCHANGES_SHOWN: usize = 2;

/// A whole run. The JSON report is this, field by field.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// The version; it grows when a field changes its meaning or is removed.
    pub schema_version: u32,
    /// The program that wrote this.
    pub tool: Tool,
    pub target: String,
    /// The configuration file, if any.
    pub configuration: Option<String>,
    /// How the run ended.
    pub verdict: Verdict,
    /// The verdict in a few words.
    pub headline: String,
    /// The reason for the verdict, in one sentence.
    pub reason: String,
    /// The number of checks with each verdict.
    pub summary: Summary,
    /// All requests, set-up included.
    pub requests: u64,
    /// The number of requests that were repeated after a 429.
    pub rate_limited: u64,
    /// The number of set-up and read requests that were repeated after a 5xx.
    pub set_up_retries: u64,
    /// The start of the run, in RFC 3339 format.
    pub started: String,
    /// Its duration, in milliseconds.
    pub duration_ms: u64,
    pub seed: u64,
    /// Cases of each property.
    pub cases: u32,
    /// Which combinations of circumstances were met; null where the check that is for that did not run.
    pub coverage: Option<CoverageEntry>,
    /// Users that could not be removed again.
    pub left_behind: Vec<String>,
    /// Every clause, in the order of the catalogue.
    pub clauses: Vec<ClauseEntry>,
    /// What was found wrong, the strictest clause first: one entry however many checks met it.
    pub causes: Vec<CauseEntry>,
    /// One entry for each selected check, in the order of the catalogue.
    pub checks: Vec<CheckEntry>,
    /// The observed responses to open questions.
    pub observations: Vec<ObservationEntry>,
    /// The shapes of the responses, by check and status.
    pub answers: Vec<Shape>,
    /// The state of each expectation.
    pub expectations: Vec<ExpectationEntry>,
    pub traffic: TrafficEntry,
    /// Exchanges in full, for the HAR report only; empty without one.
    #[serde(skip)]
    pub log: Log,
}

#[derive(Debug, Clone, Serialize)]
pub struct Tool {
    pub name: &'static str,
    pub version: &'static str,
}

/// Which combinations of circumstances were met, in percent of all that there are.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CoverageEntry {
    /// Of any two circumstances.
    pub pairs: usize,
    /// Of any three.
    pub triples: usize,
}

impl From<Coverage> for CoverageEntry {
    fn from(coverage: Coverage) -> Self {
        let percent = |(met, all): (usize, usize)| met * 100 / all.max(1);
        Self { pairs: percent(coverage.pairs), triples: percent(coverage.triples) }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct CheckEntry {
    pub id: &'static str,
    /// The rule that a conforming target obeys.
    pub title: &'static str,
    /// The slugs of the clauses that it tests.
    pub clauses: Vec<&'static str>,
    /// The strictest level among them.
    pub level: String,
    pub verdict: Verdict,
    /// A sentence: the violation, or the reason why there is no verdict.
    pub message: Option<String>,
    /// The expected value of the most severe violation.
    pub expected: Option<String>,
    /// The received value of the most severe violation.
    pub received: Option<String>,
    /// The broken clauses, the most severe first.
    pub broken: Vec<&'static str>,
    /// The violations that an expectation accepts.
    pub known: Vec<KnownEntry>,
    /// How the user of the most severe violation was set up.
    pub set_up: Option<String>,
    /// The last exchanges that show the most severe violation.
    pub exchanges: Vec<Shown>,
    /// The number of earlier exchanges.
    pub exchanges_left_out: usize,
    /// The less severe violations.
    pub further: Vec<ViolationEntry>,
    /// The number of violations beyond these.
    pub further_left_out: usize,
    /// Requests of the operation under test.
    pub requests: u64,
    /// Its duration, in milliseconds.
    pub duration_ms: u64,
    /// Commands that reproduce the failure.
    pub repeat: Option<Repeat>,
    /// The circumstances that all requests share which show the most severe violation, and no request
    /// that was right; empty where every request shows it.
    pub when: Vec<String>,
    /// The other checks that met the most severe violation, and draw no verdict from it.
    pub met_by: Vec<&'static str>,
    /// How to repair a server that breaks the clause of the most severe violation.
    pub repair: Option<&'static str>,
}

/// What was found wrong in one way.
#[derive(Debug, Clone, Serialize)]
pub struct CauseEntry {
    /// The slug of the clause.
    pub clause: &'static str,
    /// The check that reports it.
    pub check: &'static str,
    /// The circumstances that all requests share which show it; empty where every request does.
    pub when: Vec<String>,
    /// The checks that met it.
    pub met_by: Vec<&'static str>,
}

/// One violation of one clause.
#[derive(Debug, Clone, Serialize)]
pub struct ViolationEntry {
    /// The slug of the clause.
    pub clause: &'static str,
    pub expected: String,
    pub received: String,
    /// The last exchanges that show it.
    pub exchanges: Vec<Shown>,
    /// The request that shows it.
    pub curl: Option<String>,
}

/// A violation that an expectation accepts.
#[derive(Debug, Clone, Serialize)]
pub struct KnownEntry {
    /// The slug of the clause.
    pub clause: &'static str,
    /// The reason for accepting it.
    pub because: String,
    /// A reference to more information, such as an issue.
    pub see: Option<String>,
    /// The expectation's file and line.
    pub place: String,
    pub expected: String,
    pub received: String,
}

/// The state of an expectation after a run.
#[derive(Debug, Clone, Serialize)]
pub struct ExpectationEntry {
    /// Its file and line.
    pub place: String,
    pub covers: &'static str,
    pub pattern: String,
    pub because: String,
    pub until: Option<String>,
    /// `holds`, `stale`, `unjudged` or `over`.
    pub state: &'static str,
    /// The checks or clauses that made it stale, or that could not be judged.
    pub names: Vec<String>,
}

/// Commands that reproduce a failure.
#[derive(Debug, Clone, Serialize)]
pub struct Repeat {
    /// The request that shows it.
    pub curl: Option<String>,
    /// All requests that are needed, if more than one is: lines of a shell script.
    pub script: Vec<String>,
    /// The command that runs only this check.
    pub command: String,
}

/// One response to an open question.
#[derive(Debug, Clone, Serialize)]
pub struct ObservationEntry {
    /// The slug of the clause that leaves it open.
    pub clause: &'static str,
    pub question: String,
    pub seen: String,
}

impl Document {
    /// The document of a run.
    pub fn new(run: &RunReport, redactor: &Redactor) -> Self {
        let clauses = clauses(run, redactor);
        Self {
            schema_version: 1,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            target: shown_text(&run.target, redactor),
            configuration: configuration(run).map(|path| shown_text(path, redactor)),
            verdict: run.verdict(),
            headline: wording::headline(run),
            reason: shown_text(&wording::reason(run, &clauses), redactor),
            summary: run.summary(),
            requests: run.requests,
            rate_limited: run.rate_limited,
            set_up_retries: run.setup_retries,
            started: timestamp(run.started.time),
            duration_ms: millis(run.duration),
            seed: run.seed,
            cases: run.cases,
            coverage: run.coverage.map(CoverageEntry::from),
            left_behind: run.left_behind.iter().map(|left| shown_text(left, redactor)).collect(),
            clauses,
            causes: run.causes.iter().map(|cause| cause_entry(cause, redactor)).collect(),
            checks: run.checks.iter().map(|check| entry(check, run, redactor)).collect(),
            observations: run
                .observations
                .iter()
                .map(|observation| ObservationEntry {
                    clause: observation.clause.slug(),
                    question: shown_text(&observation.question, redactor),
                    seen: shown_text(&observation.seen, redactor),
                })
                .collect(),
            answers: run.responses.shapes(&|text| shown_text(text, redactor)),
            expectations: run.expectations.iter().map(|note| expectation(note, redactor)).collect(),
            traffic: TrafficEntry::new(&run.traffic),
            log: Log::default(),
        }
    }

    /// Adds exchanges in full.
    pub fn with_log(mut self, log: Log) -> Self {
        self.log = log;
        self
    }

    /// The checks with this verdict, in the order of the catalogue.
    pub fn ended(&self, verdict: Verdict) -> impl Iterator<Item = &CheckEntry> {
        self.checks.iter().filter(move |check| check.verdict == verdict)
    }

    /// The clause with this slug.
    pub fn clause(&self, slug: &str) -> Option<&ClauseEntry> {
        self.clauses.iter().find(|clause| clause.slug == slug)
    }
}

impl CheckEntry {
    /// The first part of its id.
    pub fn section(&self) -> &'static str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The most severe broken clause, or else the first clause of the check.
    pub fn main_clause(&self) -> &'static str {
        self.broken.first().or(self.clauses.first()).copied().unwrap_or_default()
    }
}

fn entry(check: &CheckReport, run: &RunReport, redactor: &Redactor) -> CheckEntry {
    let origin = run.origin.as_str();
    let first = check.violations.first();
    let cause = first.and_then(|violation| {
        let reported = |cause: &&CauseReport| {
            cause.clause == violation.clause && cause.owner.id == check.check.id
        };
        run.causes.iter().find(reported)
    });
    let (exchanges, exchanges_left_out) = last(check.exchanges(), EXCHANGES_SHOWN);
    let further = check.violations.get(1..).unwrap_or_default();
    CheckEntry {
        id: check.check.id,
        title: check.check.title,
        clauses: check.check.clauses.iter().map(|clause| clause.slug()).collect(),
        level: check.check.level().to_string(),
        verdict: check.verdict,
        message: wording::message(check).map(|text| shown_text(&text, redactor)),
        expected: first.map(|violation| shown_text(&violation.expected, redactor)),
        received: first.map(|violation| shown_text(&violation.received, redactor)),
        broken: check.broken(),
        known: check.known.iter().map(|entry| known(entry, redactor)).collect(),
        set_up: first
            .and_then(|violation| violation.set_up.as_ref())
            .map(|set_up| shown_text(&set_up.description, redactor)),
        exchanges: exchanges.iter().map(|e| shown(e, origin, redactor)).collect(),
        exchanges_left_out,
        further: further
            .iter()
            .take(FURTHER_SHOWN)
            .map(|violation| further_entry(violation, origin, redactor))
            .collect(),
        further_left_out: further.len().saturating_sub(FURTHER_SHOWN),
        requests: check.requests,
        duration_ms: millis(check.duration),
        repeat: repeat(check, run, redactor),
        when: cause.map_or_else(Vec::new, |cause| cause_entry(cause, redactor).when),
        met_by: cause.map_or_else(Vec::new, |cause| {
            cause.checks.iter().copied().filter(|id| *id != check.check.id).collect()
        }),
        repair: first.map(|violation| violation.clause.data().explanation.repair),
    }
}

fn cause_entry(cause: &CauseReport, redactor: &Redactor) -> CauseEntry {
    CauseEntry {
        clause: cause.clause.slug(),
        check: cause.owner.id,
        when: cause.circumstances.iter().map(|words| shown_text(words, redactor)).collect(),
        met_by: cause.checks.iter().copied().collect(),
    }
}

fn known(known: &Known, redactor: &Redactor) -> KnownEntry {
    KnownEntry {
        clause: known.violation.clause.slug(),
        because: shown_text(&known.because, redactor),
        see: known.see.as_deref().map(|see| shown_text(see, redactor)),
        place: shown_text(&known.place, redactor),
        expected: shown_text(&known.violation.expected, redactor),
        received: shown_text(&known.violation.received, redactor),
    }
}

fn expectation(note: &ExpectationResult, redactor: &Redactor) -> ExpectationEntry {
    let entry = &note.expectation;
    ExpectationEntry {
        place: shown_text(&entry.place, redactor),
        covers: entry.key(),
        pattern: shown_text(&entry.pattern, redactor),
        because: shown_text(&entry.because, redactor),
        until: entry.until.map(|date| date.to_string()),
        state: note.state.word(),
        names: match &note.state {
            ExpectationState::Stale(names) | ExpectationState::Unjudged(names) => {
                names.iter().map(ToString::to_string).collect()
            }
            ExpectationState::Holds | ExpectationState::Over => Vec::new(),
        },
    }
}

fn further_entry(violation: &Violation, origin: &str, redactor: &Redactor) -> ViolationEntry {
    let (exchanges, _) = last(&violation.exchanges, FURTHER_EXCHANGES_SHOWN);
    ViolationEntry {
        clause: violation.clause.slug(),
        expected: shown_text(&violation.expected, redactor),
        received: shown_text(&violation.received, redactor),
        exchanges: exchanges.iter().map(|e| shown(e, origin, redactor)).collect(),
        curl: telling(violation).map(|exchange| curl(exchange, origin, redactor)),
    }
}

/// The last exchanges up to a limit, and the number of earlier ones.
fn last<T>(all: &[T], limit: usize) -> (&[T], usize) {
    let left_out = all.len().saturating_sub(limit);
    (&all[left_out..], left_out)
}

fn repeat(check: &CheckReport, run: &RunReport, redactor: &Redactor) -> Option<Repeat> {
    let violation = check.violations.first()?;
    let mut ids: Vec<&str> = check.origins.iter().copied().take(1).collect();
    if !ids.contains(&check.check.id) {
        ids.push(check.check.id);
    }
    let only: String = ids.iter().map(|id| format!(" --only {id}")).collect();
    let target_options: String =
        run.target_options.iter().map(|argument| format!(" {}", quoted(argument))).collect();
    let cases = match run.cases {
        CaseBudget::LOCAL => String::new(),
        cases => format!(" --cases {cases}"),
    };
    let seed = run.seed;
    let command = format!("atlas-conformance run{target_options}{only} --seed {seed}{cases}");
    Some(Repeat {
        curl: telling(violation).map(|exchange| curl(exchange, &run.origin, redactor)),
        script: match to_repeat(violation).as_slice() {
            [] | [_] => Vec::new(),
            several => script(several, &run.origin, redactor),
        },
        command: redactor.clean(&command),
    })
}

/// The last exchanges that show a violation, after those that set its user up.
fn to_repeat(violation: &Violation) -> Vec<Rc<Exchange>> {
    let shown = last(&violation.exchanges, EXCHANGES_SHOWN).0;
    let set_up = violation.set_up.iter().flat_map(|set_up| &set_up.exchanges);
    let before = set_up.filter(|made| !shown.iter().any(|exchange| Rc::ptr_eq(exchange, made)));
    before.chain(shown).cloned().collect()
}

/// The exchange that reproduces a violation: the last of the operation, or else the last of all.
fn telling(violation: &Violation) -> Option<&Exchange> {
    let exchanges = &violation.exchanges;
    let of_operation = exchanges.iter().rev().find(|exchange| exchange.request.under_test);
    of_operation.or(exchanges.last()).map(Rc::as_ref)
}

/// The value of `--config` among the options that name the target.
fn configuration(run: &RunReport) -> Option<&str> {
    let at = run.target_options.iter().position(|argument| argument == "--config")?;
    run.target_options.get(at + 1).map(String::as_str)
}
