//! Runs the selected checks against one target and tells the reports what happens. Prints nothing.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::{Duration, Instant};

use atlas_api::clauses::{Clause, Level};
use futures_util::FutureExt;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::LocalSet;

use crate::answers::Answers;
use crate::check::{Check, Halt, Verdict};
use crate::checks;
use crate::config::{Config, With};
use crate::effort::Effort;
use crate::event::{Beginning, CheckReport, Elsewhere, Event, RunReport};
use crate::exchange::Exchange;
use crate::expectations::Expectations;
use crate::interruption::told_to_stop;
use crate::needs::unmet;
use crate::probe::{Ground, Observation, Probe};
use crate::secret::Secret;
use crate::state::owners;
use crate::state::provider::Provider;
use crate::target::confirmation;
use crate::target::preflight::preflight;
use crate::target::session::Session;
use crate::traffic::Traffic;
use crate::violation::Violation;

/// How a run is done.
#[derive(Debug, Clone)]
pub struct Options {
    /// Should-level breaches fail.
    pub strict: bool,
    /// The seed: the same one sends the same requests.
    pub seed: u64,
    /// How many checks run at once.
    pub jobs: usize,
    /// The time limit of one exchange.
    pub timeout: Duration,
    /// The most requests a second, if there is a limit.
    pub rate: Option<f64>,
    /// How hard to try.
    pub effort: Effort,
    /// The options that name the target on the command line, to repeat a check.
    pub reached_by: Vec<String>,
    /// What is accepted from the target.
    pub expectations: Expectations,
    /// Which checks answer for what others meet on their way.
    pub answerable: Answerable,
}

impl Default for Options {
    /// A local run with a fixed seed.
    fn default() -> Self {
        Self {
            strict: false,
            seed: 1,
            jobs: 4,
            timeout: Duration::from_secs(10),
            rate: None,
            effort: Effort::cases(Effort::LOCAL),
            reached_by: Vec::new(),
            expectations: Expectations::default(),
            answerable: Answerable::Selected,
        }
    }
}

/// Which checks answer for a violation that another check met on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answerable {
    /// The selected ones; what none of them is for fails the check that met it.
    Selected,
    /// All that can run: other processes run the rest. What a check that is not selected is for
    /// is set apart in the report.
    All,
}

/// Runs the checks to their end, on a runtime of its own; with the report come the secrets that
/// no output may show, tokens included.
///
/// # Errors
/// In words, when the target can't be reached or refuses the credentials: no check has run then.
pub fn run(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
    sink: &mut dyn FnMut(Event<'_>),
) -> Result<(RunReport, Vec<Secret>), String> {
    // One thread: the lightest way to send, and checks need no locks.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("can't start: {error}"))?;
    LocalSet::new().block_on(&runtime, drive(config, selected, options, sink))
}

async fn drive(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
    sink: &mut dyn FnMut(Event<'_>),
) -> Result<(RunReport, Vec<Secret>), String> {
    let started = Beginning::now();
    let target = config.target.clone().unwrap_or_default();
    let session = Rc::new(Session::new(config, options.timeout, options.rate)?);
    let mut watched = Watched::new(&session, started);
    preflight(&session, config).await?;
    let provider = Provider::new(config, Rc::clone(&session))?;
    if let Err(reason) =
        owners::others_remain(config, provider.api(), confirmation::is_local(config)).await
    {
        provider.journal.end();
        return Err(reason);
    }
    let ground = arranged(config, options, &session, provider);
    sink(Event::Started { target: &target, checks: selected.len(), seed: options.seed });
    let mut findings = all(&ground, selected, jobs(config, options), &mut watched, sink).await;
    let journal = ground.provider.journal.end();
    let journal = journal
        .map(|path| format!("run `atlas-conformance clean-up --journal {}`", path.display()));
    if ground.stopped.get() {
        let rest = journal.unwrap_or_else(|| "every user that was made is gone again".to_owned());
        return Err(format!("the run was stopped; {rest}"));
    }
    findings.sort_by_key(|finding| finding.place);
    let observations = findings.iter().flat_map(|f| f.observations.iter().cloned()).collect();
    let left_behind: Vec<String> =
        findings.iter().flat_map(|f| f.left_behind.iter().cloned()).chain(journal).collect();
    let mut answers = Answers::default();
    findings.iter_mut().for_each(|finding| answers.append(std::mem::take(&mut finding.answers)));
    let (mut checks, elsewhere) = judged(findings, options, &ground);
    let expectations = options.expectations.settle(&mut checks);
    let report = RunReport {
        target,
        origin: session.origin.clone(),
        seed: options.seed,
        reached_by: options.reached_by.clone(),
        requests: session.requests(),
        rate_limited: session.rate_limited(),
        unwell: session.unwell(),
        started,
        duration: started.instant.elapsed(),
        strict: options.strict,
        traffic: watched.traffic,
        checks,
        observations,
        answers,
        expectations,
        elsewhere,
        left_behind,
    };
    sink(Event::Finished(&report));
    Ok((report, session.secrets()))
}

/// What the probes of a run share.
pub(crate) fn arranged(
    config: &Config,
    options: &Options,
    session: &Rc<Session>,
    provider: Provider,
) -> Rc<Ground> {
    Rc::new(Ground {
        session: Rc::clone(session),
        provider,
        config: config.clone(),
        seed: options.seed,
        effort: options.effort,
        toured: RefCell::default(),
        stopped: Cell::new(false),
    })
}

/// Listed users are few, and who gets which may not be left to chance.
const fn jobs(config: &Config, options: &Options) -> usize {
    match config.state.with {
        With::Fixtures => 1,
        With::Api | With::Hook => options.jobs,
    }
}

/// What one check left when it ended.
pub(crate) struct Finding {
    place: usize,
    check: &'static Check,
    outcome: Result<(), Halt>,
    skip: Option<String>,
    unshown: Option<String>,
    violations: Vec<Violation>,
    observations: BTreeSet<Observation>,
    answers: Answers,
    left_behind: Vec<String>,
    requests: u64,
    duration: Duration,
}

pub(crate) async fn all(
    ground: &Rc<Ground>,
    selected: &[&'static Check],
    jobs: usize,
    watched: &mut Watched,
    sink: &mut dyn FnMut(Event<'_>),
) -> Vec<Finding> {
    let queue: VecDeque<_> = selected.iter().copied().enumerate().collect();
    let queue = Rc::new(RefCell::new(queue));
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    for _ in 0..jobs.max(1) {
        let (ground, queue, sender) = (Rc::clone(ground), Rc::clone(&queue), sender.clone());
        tokio::task::spawn_local(async move {
            loop {
                let next = queue.borrow_mut().pop_front();
                let Some((place, check)) = next else { return };
                // The receiver outlives the workers.
                let _ = sender.send(one(Rc::clone(&ground), place, check).await);
            }
        });
    }
    drop(sender);
    let mut findings = Vec::new();
    // Made once, so that no signal comes between two waits.
    let mut stop = Box::pin(told_to_stop());
    loop {
        tokio::select! {
            Some(exchange) = watched.exchanges.recv() => watched.pass_on(&exchange, sink),
            finding = receiver.recv() => {
                let Some(finding) = finding else { break };
                sink(Event::Done { check: finding.check });
                findings.push(finding);
            }
            () = &mut stop => {
                // Told once, checks end where they stand and clean up; told twice, they don't.
                if ground.stopped.replace(true) {
                    break;
                }
                queue.borrow_mut().clear();
                stop = Box::pin(told_to_stop());
            }
        }
    }
    while let Ok(exchange) = watched.exchanges.try_recv() {
        watched.pass_on(&exchange, sink);
    }
    findings
}

/// Every exchange of the run, as it ends.
pub(crate) struct Watched {
    exchanges: UnboundedReceiver<Rc<Exchange>>,
    started: Beginning,
    traffic: Traffic,
}

impl Watched {
    /// Watches what a session sends from now on.
    pub(crate) fn new(session: &Session, started: Beginning) -> Self {
        Self { exchanges: session.watch(), started, traffic: Traffic::default() }
    }

    fn pass_on(&mut self, exchange: &Rc<Exchange>, sink: &mut dyn FnMut(Event<'_>)) {
        self.traffic.record(self.started.until(exchange.started), exchange);
        sink(Event::Exchanged(exchange));
    }
}

async fn one(ground: Rc<Ground>, place: usize, check: &'static Check) -> Finding {
    let started = Instant::now();
    let late = ground.effort.is_spent().then(|| "the time of the run was up".to_owned());
    let skip = unmet(&ground.config, &ground.provider.supply, check).or(late);
    let probe = Probe::new(ground, check.id, check.clauses);
    let outcome = if skip.is_some() { Ok(()) } else { contained(check, &probe).await };
    let unshown = match &outcome {
        Err(Halt::Skip(reason)) => Some(reason.clone()),
        _ => probe.unshown().filter(|_| skip.is_none()),
    };
    let left_behind = probe.clean_up().await;
    let answers = probe.answers();
    let (violations, observations, requests) = probe.into_findings();
    Finding {
        place,
        check,
        outcome,
        skip,
        unshown,
        violations,
        observations,
        answers,
        left_behind,
        requests,
        duration: started.elapsed(),
    }
}

/// Runs a check; a defect of the check itself is no verdict about the target and ends no run.
async fn contained(check: &Check, probe: &Probe) -> Result<(), Halt> {
    let run = AssertUnwindSafe((check.run)(probe)).catch_unwind();
    run.await.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason");
        Err(Halt::Error(format!("a defect of this suite, which is worth a report: {text}")))
    })
}

/// Hands each violation to the check that is for its clause, and draws the verdicts.
///
/// A defect that shows in every answer is one defect: it fails the check of its clause, and the
/// checks that met it on their way are left alone. Where no selected check is for the clause, it
/// fails the check that met it. What expectations accept is told apart before the verdicts.
fn judged(
    findings: Vec<Finding>,
    options: &Options,
    ground: &Ground,
) -> (Vec<CheckReport>, Vec<Elsewhere>) {
    let checks: Vec<_> = match options.answerable {
        Answerable::Selected => {
            findings.iter().filter(|f| f.skip.is_none()).map(|f| f.check).collect()
        }
        Answerable::All => {
            let met =
                |check: &&Check| unmet(&ground.config, &ground.provider.supply, check).is_none();
            checks::all().filter(met).collect()
        }
    };
    let owner = |clause: Clause, met_by: &'static Check| {
        if met_by.clauses.contains(&clause) {
            return met_by;
        }
        let first = checks.iter().find(|check| check.clauses.first() == Some(&clause));
        let any = || checks.iter().find(|check| check.clauses.contains(&clause));
        first.or_else(any).copied().unwrap_or(met_by)
    };
    let unshown: Vec<_> = findings.iter().map(|finding| finding.unshown.clone()).collect();
    let mut reports: Vec<CheckReport> = Vec::new();
    let mut found: Vec<(&'static Check, &'static Check, Violation)> = Vec::new();
    for finding in findings {
        for violation in finding.violations {
            found.push((owner(violation.clause, finding.check), finding.check, violation));
        }
        reports.push(match finding.skip {
            Some(reason) => CheckReport::skipped(finding.check, reason),
            None => CheckReport {
                check: finding.check,
                verdict: Verdict::Pass,
                reason: match &finding.outcome {
                    Err(Halt::Error(reason)) => Some(reason.clone()),
                    Ok(()) | Err(Halt::Failed | Halt::Closed | Halt::Skip(_)) => None,
                },
                complete: finding.outcome.is_ok(),
                violations: Vec::new(),
                known: Vec::new(),
                origins: BTreeSet::new(),
                requests: finding.requests,
                duration: finding.duration,
            },
        });
    }
    for (report, unshown) in reports.iter_mut().zip(unshown) {
        for (_, origin, violation) in found.iter().filter(|(owner, ..)| owner.id == report.check.id)
        {
            report.origins.insert(origin.id);
            report.violations.push(violation.clone());
        }
        // Among equals the clause that the check is for comes first.
        let clauses = report.check.clauses;
        let place = |clause| clauses.iter().position(|known| *known == clause);
        report.violations.sort_by_key(|violation| {
            (violation.clause.level(), place(violation.clause).unwrap_or(usize::MAX))
        });
        options.expectations.accept(report);
        report.verdict = verdict(report, options.strict);
        // What answers break is broken; what they can't show is not passed.
        if report.verdict == Verdict::Pass && unshown.is_some() {
            (report.verdict, report.reason) = (Verdict::Skip, unshown);
        }
    }
    let here = |check: &Check| reports.iter().any(|report| report.check.id == check.id);
    let elsewhere =
        found.into_iter().filter(|(owner, ..)| !here(owner)).filter(|(owner, _, violation)| {
            options.expectations.accepting(owner.id, violation.clause).is_none()
        });
    let elsewhere =
        elsewhere.map(|(owner, met_by, violation)| Elsewhere { owner, met_by, violation });
    let elsewhere = elsewhere.collect();
    (reports, elsewhere)
}

/// The verdict of a report, by the weightiest of its violations.
pub fn verdict(report: &CheckReport, strict: bool) -> Verdict {
    let worst = report.violations.first().map(|violation| violation.clause.level());
    match (worst, report.verdict, &report.reason) {
        (_, Verdict::Skip, _) => Verdict::Skip,
        (Some(Level::Must), ..) => Verdict::Fail,
        (Some(Level::Should), ..) if strict => Verdict::Fail,
        (_, _, Some(_)) => Verdict::Error,
        (Some(Level::Should), ..) => Verdict::Warn,
        _ if !report.known.is_empty() => Verdict::Known,
        _ => Verdict::Pass,
    }
}
