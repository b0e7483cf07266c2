//! What `run` and `run --against` share: the configuration, the options, and the run itself.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use atlas_conformance::embedded;
use atlas_conformance::exit_code::Failure;
use atlas_conformance::report::document::Document;
use atlas_conformance::report::format::Format;
use atlas_conformance::report::log::{Recording, log};
use atlas_conformance::report::wording::counted;
use atlas_engine::evidence::Redactor;
use atlas_engine::run::case_budget::CaseBudget;
use atlas_engine::run::event::Event;
use atlas_engine::run::report::RunReport;
use atlas_engine::run::select::select;
use atlas_engine::secret::Secret;
use atlas_engine::session::pace::Pace;
use atlas_reference::Reference;
use atlas_remove_role::checks::Check;
use atlas_remove_role::config::{Config, confirmation};
use atlas_remove_role::run::{self, Options};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::RunArgs;

/// The checks that `--only` and `--skip` leave.
pub(super) fn selected(args: &RunArgs) -> Result<Vec<&'static Check>, Failure> {
    let selected = select(&args.only, &args.skip).map_err(Failure::usage)?;
    match selected.is_empty() {
        true => Err(Failure::NothingSelected),
        false => Ok(selected),
    }
}

/// The configuration, and the embedded server where no target is named.
pub(super) fn configuration(args: &RunArgs) -> Result<(Config, Option<Reference>), Failure> {
    let config = args.at.configuration()?;
    if config.target.is_some() {
        return Ok((config, None));
    }
    if args.at.config.is_some() {
        return Err(Failure::usage(
            "no target: set `target` in the configuration file, ATLAS_CONFORMANCE_TARGET, or pass --target",
        ));
    }
    let server = atlas_reference::start(atlas_reference::Options::default()).map_err(|error| {
        Failure::no_verdict(format!("can't start the embedded reference server: {error}"))
    })?;
    Ok((embedded::config(server.url(), server.fixture()), Some(server)))
}

/// Checks that a configuration can be used, and that its target is confirmed.
pub(super) fn check_valid(config: &Config) -> Result<(), Failure> {
    config.validate().map_err(Failure::usage)?;
    confirmation::check_confirmed(config).map_err(Failure::usage)
}

/// The part of the time in which cases begin; the rest is for those that are under way.
const BEGINNING: f64 = 0.8;

pub(super) fn options(args: &RunArgs, config: &Config) -> Options {
    let local = confirmation::is_local(config);
    let cases = if local { CaseBudget::LOCAL } else { CaseBudget::REMOTE };
    let time = Duration::from_secs_f64(args.time);
    Options {
        target_options: args.at.written(),
        strict: args.strict,
        seed: args.seed.unwrap_or_else(seed_of_now),
        jobs: args.jobs,
        timeout: Duration::from_secs_f64(args.timeout),
        rate: args.rate,
        budget: CaseBudget {
            cases: args.cases.unwrap_or(cases),
            until: Some(Instant::now() + time.mul_f64(BEGINNING)),
        },
        time_to_fit: args.cases.is_none().then(|| time.mul_f64(BEGINNING)),
        ..Options::default()
    }
}

pub(super) fn seed_of_now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Short enough to be typed again.
    u64::from(now.subsec_nanos()) ^ (now.as_secs() & 0xffff_ffff)
}

/// A run that has ended.
pub(super) struct Run {
    pub(super) report: RunReport,
    /// Why no check ran.
    pub(super) failure: Option<Failure>,
    secrets: Vec<Secret>,
    recording: Recording,
}

/// Runs the checks.
///
/// # Errors
/// When the configuration can't be used. Whatever else ends a run is told in its report.
pub(super) fn conduct(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
    record: bool,
    err: &mut dyn Write,
) -> Result<Run, Failure> {
    let redactor = Redactor::new(&config.secrets());
    let bar = progress(selected.len());
    let mut recording = Recording::default();
    let mut sink = |event: Event<'_>| match event {
        Event::Started { target, cases, pace, .. } => {
            bar.set_message(redactor.clean(target));
            if pace.slow {
                let Pace { latency, checks, .. } = pace;
                // Whoever closed standard error wants no notes.
                let _ = writeln!(
                    err,
                    "an answer takes {} ms: {} at work at once, {} of each property",
                    latency.as_millis(),
                    counted(checks, "check"),
                    counted(cases as usize, "case")
                );
            }
        }
        Event::Exchanged(exchange) if record => recording.keep(exchange),
        Event::Exchanged(_) => {}
        Event::Done { .. } => bar.inc(1),
        Event::Finished(_) => bar.finish_and_clear(),
    };
    let (report, secrets, failure) = match run::run(config, selected, options, &mut sink) {
        Ok((report, secrets)) => (report, secrets, None),
        Err(error) if error.is_configuration() => {
            return Err(Failure::from(error).redacted(&redactor));
        }
        // Whoever reads the reports has to learn of it too.
        Err(error) => {
            let report = run::without_checks(config, selected, options, error.to_string());
            (report, config.secrets(), Some(Failure::from(error).redacted(&redactor)))
        }
    };
    Ok(Run { report, failure, secrets, recording })
}

fn progress(checks: usize) -> ProgressBar {
    let bar = ProgressBar::new(checks as u64);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} checks  {msg}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// The run as reports show it.
pub(super) fn document(args: &RunArgs, run: &Run) -> Document {
    let redactor = redactor(run);
    let document = Document::new(&run.report, &redactor);
    if args.report.iter().any(|report| report.format == Format::Har) {
        return document.with_log(log(&run.report, &run.recording, &redactor));
    }
    document
}

/// Takes out what the run has used to authenticate.
pub(super) fn redactor(run: &Run) -> Redactor {
    Redactor::new(&run.secrets)
}
