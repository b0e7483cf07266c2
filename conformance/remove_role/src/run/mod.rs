//! A run of the checks against one target: from the configuration to the report.

mod error;
mod options;
pub mod shard;

use std::rc::Rc;

use atlas_engine::run::check::CheckInfo;
use atlas_engine::run::clock::RunClock;
use atlas_engine::run::event::Event;
use atlas_engine::run::report::RunReport;
use atlas_engine::run::runner::{self, TrafficRecorder, conclude};
use atlas_engine::run::state::RunState;
use atlas_engine::secret::Secret;
use atlas_engine::session::Session;
use tokio::task::LocalSet;

use crate::checks::{self, Check, RemoveRole};
use crate::config::{Config, With, confirmation};
use crate::preflight::preflight;
use crate::probe::RunContext;
use crate::users::last_owner_guard::check_other_owners;
use crate::users::provider::Provider;
pub use error::RunError;
pub use options::Options;

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
    if let Err(error) = check_target(&session, &provider, config).await {
        provider.journal.end();
        return Err(error);
    }
    let state = RunState::new(options.seed, options.budget);
    let context = RunContext::new(config, state, &session, provider);
    let suite = Rc::new(RemoveRole::new(Rc::clone(&context)));
    sink(Event::Started { target: &target, checks: selected.len(), seed: options.seed });
    let jobs = jobs(config, options);
    let finished = runner::run(&suite, selected, jobs, &mut traffic, sink).await;
    let journal = context.provider.journal.end();
    let journal = journal
        .map(|path| format!("run `atlas-conformance clean-up --journal {}`", path.display()));
    if context.state.stopped.get() {
        return Err(RunError::Stopped { journal });
    }
    let catalogue: Vec<CheckInfo> = checks::all().map(Check::info).collect();
    let Options { strict, reporters, expectations, .. } = options;
    let mut outcome = conclude(&*suite, finished, *reporters, expectations, *strict);
    let expectations = expectations.settle(&mut outcome.checks, &catalogue);
    outcome.left_behind.extend(journal);
    let report = RunReport {
        target,
        origin: session.origin.clone(),
        seed: options.seed,
        target_options: options.target_options.clone(),
        requests: session.requests(),
        rate_limited: session.rate_limited(),
        setup_retries: session.setup_retries(),
        started,
        duration: started.instant.elapsed(),
        strict: options.strict,
        traffic: traffic.traffic,
        catalogue,
        checks: outcome.checks,
        causes: outcome.causes,
        observations: outcome.observations,
        responses: outcome.responses,
        expectations,
        deferred: outcome.deferred,
        left_behind: outcome.left_behind,
    };
    sink(Event::Finished(&report));
    Ok((report, session.secrets()))
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
