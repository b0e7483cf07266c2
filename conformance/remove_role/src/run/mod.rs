//! A run of the checks against one target: from the configuration to the report.

mod error;
mod options;
mod order;
pub mod shard;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use atlas_engine::run::check::CheckInfo;
use atlas_engine::run::clock::RunClock;
use atlas_engine::run::event::Event;
use atlas_engine::run::report::{CheckReport, RunReport};
use atlas_engine::run::runner::{self, TrafficRecorder, conclude};
use atlas_engine::run::shutdown;
use atlas_engine::run::state::RunState;
use atlas_engine::secret::Secret;
use atlas_engine::session::Session;
use atlas_engine::traffic::Traffic;
use atlas_engine::traffic::shapes::ObservedResponses;
use tokio::task::LocalSet;

use crate::checks::{self, Check, RemoveRole};
use crate::config::{Config, With, confirmation};
use crate::preflight::{harmless_request, preflight};
use crate::probe::RunContext;
use crate::users::last_owner_guard::check_other_owners;
use crate::users::provider::Provider;
pub use error::RunError;
pub use options::Options;
use order::{cases_to_fit, in_order};

/// Why a run has no verdict that a signal has stopped.
const STOPPED: &str = "the run was stopped";

/// Runs the checks to their end, on a runtime of its own. With the report come the secrets that no
/// output may show, tokens included.
///
/// # Errors
/// When the target can't be reached or refuses the credentials: no check has run then.
pub fn run(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
    sink: &mut dyn FnMut(Event<'_>),
) -> Result<(RunReport, Vec<Secret>), RunError> {
    // One thread: the lightest way to send, and checks need no locks.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    LocalSet::new().block_on(&runtime, drive(config, selected, options, sink))
}

async fn drive(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
    sink: &mut dyn FnMut(Event<'_>),
) -> Result<(RunReport, Vec<Secret>), RunError> {
    let started = RunClock::start();
    let target = config.target.clone().unwrap_or_default();
    // Whatever is wrong with the configuration is found before the first request.
    let session = Rc::new(Session::new(config.session_settings(options.timeout, options.rate))?);
    let provider = Provider::new(config, Rc::clone(&session))?;
    let mut traffic = TrafficRecorder::new(&session, started);
    session.slots().cap(jobs(config, options));
    let harmless = harmless_request(&session, config);
    let first_look = async {
        check_target(&session, &provider, config).await?;
        Ok(session.learn_pace(&harmless, options.time_to_fit.is_some()).await)
    };
    let looked = tokio::select! {
        looked = first_look => looked,
        () = shutdown::signal() => Err(RunError::Stopped),
    };
    let pace = match looked {
        Ok(pace) => pace,
        Err(error) => {
            provider.journal.end();
            return Err(error);
        }
    };
    let mut budget = options.budget;
    if let Some(time) = options.time_to_fit {
        budget.cases = cases_to_fit(budget.cases, time, pace);
    }
    let state = RunState::new(options.seed, budget, session.slots());
    let context = RunContext::new(config, state, &session, provider);
    let suite = Rc::new(RemoveRole::new(Rc::clone(&context)));
    let (checks, seed, cases) = (selected.len(), options.seed, budget.cases);
    sink(Event::Started { target: &target, checks, seed, cases, pace });
    let jobs = jobs(config, options);
    let in_order = in_order(selected, pace);
    let mut finished = runner::run(&suite, &in_order, jobs, &mut traffic, sink).await;
    finished.sort_by_key(|done| selected.iter().position(|check| check.id == done.check().id));
    let journal = context.provider.journal.end();
    let journal = journal.map(|path| {
        let options = options.target_options.join(" ");
        let command = format!("atlas-conformance clean-up --journal {} {options}", path.display());
        format!("run `{}`", command.trim_end())
    });
    let ended_early = context.state.stopped.get().then(|| STOPPED.to_owned());
    let catalogue: Vec<CheckInfo> = checks::all().map(Check::info).collect();
    let Options { strict, reporters, expectations, .. } = options;
    let mut outcome = conclude(&*suite, finished, *reporters, expectations, *strict);
    let expectations = expectations.settle(&mut outcome.checks, &catalogue);
    outcome.left_behind.extend(journal);
    let mut done = outcome.checks.into_iter().peekable();
    let checks = selected.iter().map(|check| {
        let report = done.next_if(|report| report.check.id == check.id);
        report.unwrap_or_else(|| CheckReport::not_reached(check.info(), STOPPED.to_owned()))
    });
    let report = RunReport {
        target,
        origin: session.origin.clone(),
        seed: options.seed,
        cases: budget.cases,
        target_options: options.target_options.clone(),
        requests: session.requests(),
        rate_limited: session.rate_limited(),
        setup_retries: session.setup_retries(),
        started,
        duration: started.instant.elapsed(),
        strict: options.strict,
        traffic: traffic.traffic,
        catalogue,
        checks: checks.collect(),
        causes: outcome.causes,
        observations: outcome.observations,
        responses: outcome.responses,
        coverage: outcome.coverage,
        expectations,
        deferred: outcome.deferred,
        left_behind: outcome.left_behind,
        ended_early,
    };
    sink(Event::Finished(&report));
    Ok((report, session.secrets()))
}

/// The report of a run that ended before its first check.
pub fn without_checks(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
    reason: String,
) -> RunReport {
    let target = config.target.clone().unwrap_or_default();
    let not_reached =
        |check: &&'static Check| CheckReport::not_reached(check.info(), reason.clone());
    RunReport {
        origin: target.clone(),
        target,
        seed: options.seed,
        cases: options.budget.cases,
        target_options: options.target_options.clone(),
        requests: 0,
        rate_limited: 0,
        setup_retries: 0,
        started: RunClock::start(),
        duration: Duration::ZERO,
        strict: options.strict,
        traffic: Traffic::default(),
        catalogue: checks::all().map(Check::info).collect(),
        checks: selected.iter().map(not_reached).collect(),
        causes: Vec::new(),
        observations: BTreeSet::new(),
        responses: ObservedResponses::default(),
        coverage: None,
        expectations: Vec::new(),
        deferred: Vec::new(),
        left_behind: Vec::new(),
        ended_early: Some(reason),
    }
}

/// Checks that the target can be judged, and that no listed user is its last owner.
async fn check_target(
    session: &Session,
    provider: &Provider,
    config: &Config,
) -> Result<(), RunError> {
    preflight(session, config).await?;
    check_other_owners(config, provider.api(), confirmation::is_local(config)).await?;
    Ok(())
}

/// Listed users are few, and which check gets which must not be left to chance.
const fn jobs(config: &Config, options: &Options) -> usize {
    match config.state.with {
        With::Fixtures => 1,
        With::Api | With::Hook => options.jobs,
    }
}
