//! Runs the selected checks side by side and draws their verdicts. Prints nothing.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::sync::mpsc::UnboundedReceiver;

use super::cause::{self, Cause, Met};
use super::check::{CheckInfo, Halt};
use super::clock::RunClock;
use super::event::Event;
use super::recorder::{Coverage, Findings, Observation};
use super::report::{CauseReport, CheckReport, DeferredViolation};
use super::shutdown;
use super::suite::{Check, Context, Suite};
use super::verdict::Verdict;
use crate::exchange::Exchange;
use crate::expectations::Expectations;
use crate::session::Session;
use crate::traffic::Traffic;
use crate::traffic::shapes::ObservedResponses;

/// How many violations of one cause a report has.
const SHOWN: usize = 4;

/// Which checks report a violation that another check met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reporters {
    /// The selected ones; what none of them is for fails the check that met it.
    Selected,
    /// All that can run: other processes run the rest. What a check that is not selected is for
    /// is kept apart in the report.
    All,
}

/// What the checks of a run came to, in the order of the catalogue.
pub struct Outcome {
    /// One report for each selected check.
    pub checks: Vec<CheckReport>,
    /// What was found wrong, the strictest clause first.
    pub causes: Vec<CauseReport>,
    /// Violations that a check of another process has to report.
    pub deferred: Vec<DeferredViolation>,
    /// What was seen of the questions that are left open.
    pub observations: BTreeSet<Observation>,
    /// The shapes of the responses.
    pub responses: ObservedResponses,
    /// The combinations of circumstances that were met, if a check was for that.
    pub coverage: Option<Coverage>,
    /// What could not be undone.
    pub left_behind: Vec<String>,
}

/// What one check left when it ended.
pub struct Finished {
    place: usize,
    check: CheckInfo,
    outcome: Result<(), Halt>,
    skip: Option<String>,
    not_shown: Option<String>,
    findings: Findings,
    left_behind: Vec<String>,
    duration: Duration,
}

impl Finished {
    /// The check that it is about.
    pub const fn check(&self) -> CheckInfo {
        self.check
    }
}

/// Runs the checks, at most `jobs` at once, until all are done or the run is told to stop.
pub async fn run<S: Suite>(
    suite: &Rc<S>,
    selected: &[&'static Check<S>],
    jobs: usize,
    traffic: &mut TrafficRecorder,
    sink: &mut dyn FnMut(Event<'_>),
) -> Vec<Finished> {
    let queue: VecDeque<_> = selected.iter().copied().enumerate().collect();
    let queue = Rc::new(RefCell::new(queue));
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    for _ in 0..jobs.max(1) {
        let (suite, queue, sender) = (Rc::clone(suite), Rc::clone(&queue), sender.clone());
        tokio::task::spawn_local(async move {
            loop {
                let _slot = suite.run_state().slots.take().await;
                let next = queue.borrow_mut().pop_front();
                let Some((place, check)) = next else { return };
                // The receiver outlives the workers.
                let _ = sender.send(run_check(&suite, place, check).await);
            }
        });
    }
    drop(sender);
    let mut finished = Vec::new();
    // Made once, so that no signal comes between two waits.
    let mut stop = Box::pin(shutdown::signal());
    loop {
        tokio::select! {
            Some(exchange) = traffic.exchanges.recv() => traffic.record(&exchange, sink),
            done = receiver.recv() => {
                let Some(done) = done else { break };
                sink(Event::Done { check: done.check });
                finished.push(done);
            }
            () = &mut stop => {
                // After one signal, checks end where they are and clean up; after two, they don't.
                if suite.run_state().stopped.replace(true) {
                    break;
                }
                queue.borrow_mut().clear();
                stop = Box::pin(shutdown::signal());
            }
        }
    }
    while let Ok(exchange) = traffic.exchanges.try_recv() {
        traffic.record(&exchange, sink);
    }
    finished.sort_by_key(|done| done.place);
    finished
}

/// Records every exchange of a run as it ends.
pub struct TrafficRecorder {
    exchanges: UnboundedReceiver<Rc<Exchange>>,
    started: RunClock,
    /// Statuses and latencies so far.
    pub traffic: Traffic,
}

impl TrafficRecorder {
    /// Records what a session sends from now on.
    pub fn new(session: &Session, started: RunClock) -> Self {
        Self { exchanges: session.watch(), started, traffic: Traffic::default() }
    }

    fn record(&mut self, exchange: &Rc<Exchange>, sink: &mut dyn FnMut(Event<'_>)) {
        self.traffic.record(self.started.until(exchange.started), exchange);
        sink(Event::Exchanged(exchange));
    }
}

async fn run_check<S: Suite>(suite: &Rc<S>, place: usize, check: &'static Check<S>) -> Finished {
    let started = Instant::now();
    let state = suite.run_state();
    // Each clause that the documentation says has to be judged, however long that takes.
    let late = state.budget.is_spent() && state.has_judged(check.clauses);
    let late = late.then(|| "the time of the run was up".to_owned());
    let skip = suite.unmet_need(check).or(late);
    let context = suite.context(check.info());
    let outcome = if skip.is_some() { Ok(()) } else { catch_panic(check, &context).await };
    let not_shown = match &outcome {
        Err(Halt::Skip(reason)) => Some(reason.clone()),
        _ => context.not_shown().filter(|_| skip.is_none()),
    };
    if outcome.is_ok() && skip.is_none() {
        state.judged.borrow_mut().extend(check.clauses);
    }
    let left_behind = context.clean_up().await;
    let findings = context.into_recorder().into_findings();
    let (check, duration) = (check.info(), started.elapsed());
    Finished { place, check, outcome, skip, not_shown, findings, left_behind, duration }
}

/// Runs a check. A panic is a defect of the check, no verdict about the target, and ends no run.
async fn catch_panic<S: Suite>(check: &Check<S>, context: &S::Context) -> Result<(), Halt> {
    let run = AssertUnwindSafe((check.run)(context)).catch_unwind();
    run.await.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason");
        Err(Halt::Error(format!("a defect of this suite, please report it: {text}")))
    })
}

/// Groups violations by their causes, hands each cause to the check that is for its clause, and draws
/// the verdicts.
///
/// A defect that shows in every response is one defect: it fails the check of its clause, and not
/// the checks that merely met it. Where no reporter is for the clause, it fails the first check that
/// met it. What expectations accept is taken out before the verdicts.
pub fn conclude<S: Suite>(
    suite: &S,
    finished: Vec<Finished>,
    reporters: Reporters,
    expectations: &Expectations,
    strict: bool,
) -> Outcome {
    let reporters: Vec<CheckInfo> = match reporters {
        Reporters::Selected => {
            finished.iter().filter(|done| done.skip.is_none()).map(|done| done.check).collect()
        }
        Reporters::All => {
            let can_run = |check: &&Check<S>| suite.unmet_need(check).is_none();
            S::catalogue().filter(can_run).map(Check::info).collect()
        }
    };
    let mut outcome = Outcome {
        checks: Vec::new(),
        causes: Vec::new(),
        deferred: Vec::new(),
        observations: BTreeSet::new(),
        responses: ObservedResponses::default(),
        coverage: None,
        left_behind: Vec::new(),
    };
    let (mut met, mut kept) = (Vec::new(), BTreeSet::new());
    let mut not_shown = Vec::new();
    // Checks that found their own clauses broken, or ended before their end.
    let mut without_verdict: BTreeSet<&'static str> = BTreeSet::new();
    for done in finished {
        let check = done.check;
        let own = done.findings.violations.iter().any(|it| check.clauses.contains(&it.clause));
        if own || matches!(done.outcome, Err(Halt::Failed | Halt::Closed)) {
            without_verdict.insert(check.id);
        }
        outcome.checks.push(blank_report(&done));
        not_shown.push(done.not_shown);
        outcome.left_behind.extend(done.left_behind);
        outcome.observations.extend(done.findings.observations);
        outcome.responses.append(done.findings.responses);
        outcome.coverage = outcome.coverage.or(done.findings.coverage);
        kept.extend(done.findings.kept);
        met.extend(done.findings.violations.into_iter().map(|it| Met { by: check, violation: it }));
    }
    for cause in cause::find(met, &kept) {
        let owner = owner(&reporters, &cause);
        assign(&cause, owner, &mut outcome, expectations);
        outcome.causes.push(CauseReport::new(&cause, owner));
    }
    for (report, not_shown) in outcome.checks.iter_mut().zip(not_shown) {
        sort_violations(report);
        expectations.accept(report);
        report.verdict = report.draw_verdict(strict);
        if report.verdict != Verdict::Pass {
            continue;
        }
        if without_verdict.contains(report.check.id) {
            block(report, &outcome.causes);
        } else if not_shown.is_some() {
            // A breach that was seen counts; what could not be seen is no pass.
            (report.verdict, report.reason) = (Verdict::Skip, not_shown);
        }
    }
    outcome
}

/// Gives a cause to the check that reports it, or keeps it for one of another process.
fn assign(cause: &Cause, owner: CheckInfo, outcome: &mut Outcome, expectations: &Expectations) {
    let Some(plainest) = cause.met.first() else { return };
    let shown = cause.met.iter().take(SHOWN).map(|met| met.violation.clone());
    match outcome.checks.iter_mut().find(|report| report.check.id == owner.id) {
        Some(report) => {
            report.origins.insert(plainest.by.id);
            report.violations.extend(shown);
        }
        None if expectations.accepting(owner.id, cause.clause).is_none() => {
            let met_by = plainest.by;
            outcome.deferred.extend(shown.map(|violation| DeferredViolation {
                owner,
                met_by,
                violation,
            }));
        }
        None => {}
    }
}

/// What a check found follows from the cause that another check reports.
fn block(report: &mut CheckReport, causes: &[CauseReport]) {
    let cause = causes.iter().find(|cause| cause.checks.contains(report.check.id));
    report.complete = false;
    (report.verdict, report.reason) = match cause {
        Some(cause) => (Verdict::Skip, Some(format!("blocked by {}", cause.clause.slug()))),
        None => (Verdict::Error, Some("ended before its end".to_owned())),
    };
}

/// The check that reports a cause: of those that test its clause, one that met it, and the one for
/// which the clause counts most; else the first that met it.
fn owner(reporters: &[CheckInfo], cause: &Cause) -> CheckInfo {
    let met = cause.checks();
    let place = |check: &CheckInfo| check.clauses.iter().position(|it| *it == cause.clause);
    let tests = reporters.iter().filter(|check| place(check).is_some());
    let first = tests.min_by_key(|check| (!met.contains(check.id), place(check)));
    first.copied().unwrap_or_else(|| cause.met[0].by)
}

/// The report of a check without its violations and its verdict.
fn blank_report(done: &Finished) -> CheckReport {
    if let Some(reason) = &done.skip {
        return CheckReport::skipped(done.check, reason.clone());
    }
    CheckReport {
        reason: match &done.outcome {
            Err(Halt::Error(reason)) => Some(reason.clone()),
            Ok(()) | Err(Halt::Failed | Halt::Closed | Halt::Skip(_)) => None,
        },
        complete: done.outcome.is_ok(),
        requests: done.findings.requests,
        duration: done.duration,
        ..CheckReport::new(done.check, Verdict::Pass)
    }
}

/// The strictest first, and among equals the clause that the check is for.
fn sort_violations(report: &mut CheckReport) {
    let clauses = report.check.clauses;
    let place = |clause| clauses.iter().position(|known| *known == clause).unwrap_or(usize::MAX);
    report.violations.sort_by_key(|violation| (violation.clause.level(), place(violation.clause)));
}
