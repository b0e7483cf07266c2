//! `atlas-conformance run`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use atlas_conformance::check::{Check, Verdict};
use atlas_conformance::config::Config;
use atlas_conformance::effort::Effort;
use atlas_conformance::event::{Event, RunReport};
use atlas_conformance::evidence::Redactor;
use atlas_conformance::exit_code::Exit;
use atlas_conformance::expectations::{self, Expectations};
use atlas_conformance::rehearsal::rehearse;
use atlas_conformance::report::document::Document;
use atlas_conformance::report::format::Format;
use atlas_conformance::report::log::{Recording, log};
use atlas_conformance::runner::{self, Options};
use atlas_conformance::secret::Secret;
use atlas_conformance::select::select;
use atlas_conformance::target::{confirmation, embedded};
use atlas_reference::Reference;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use percent_encoding::percent_decode_str;
use url::Url;

use super::output::Output;
use crate::args::RunArgs;
use crate::command::against;
use crate::command::needs;
use crate::command::new_file::NewFile;

/// Why there is no run.
pub(super) struct Refusal(pub(super) Exit, pub(super) String);

/// Runs the suite and writes its reports.
pub(crate) fn run(args: &RunArgs, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let attempted = match &args.against {
        Some(against) => against::run(args, against, out),
        None => attempt(args, out, err),
    };
    match attempted {
        Ok(exit) => exit,
        Err(Refusal(exit, reason)) => {
            // Nowhere is left to say that standard error is closed.
            let _ = writeln!(err, "error: {reason}");
            exit
        }
    }
}

fn attempt(args: &RunArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, Refusal> {
    let usage = |reason: String| Refusal(Exit::Usage, reason);
    let selected = select(&args.only, &args.skip).map_err(usage)?;
    if selected.is_empty() {
        return Err(Refusal(Exit::NothingRan, "no check is selected".to_owned()));
    }
    let (mut config, embedded) = configuration(args)?;
    config.validate().map_err(|error| usage(error.to_string()))?;
    confirmation::confirmed(&config).map_err(usage)?;
    if args.dry_run {
        return dry_run(&config, &selected, &options(args, &config), out);
    }
    config.journal = journal(args, embedded.is_some()).map_err(usage)?;
    let output = Output::checked(args).map_err(usage)?;
    let mut options = options(args, &config);
    options.expectations = expected(args).map_err(usage)?;
    let first = args.write_expectations.as_deref().map(NewFile::open).transpose().map_err(usage)?;
    announce(&config, &selected, &options, err);
    let run = conduct(&config, &selected, &options, args.har_all)?;
    let exit = exit_of(&run.report);
    let whole = output.write(&document(args, &run, &config), out, err);
    if let Some(file) = first {
        write_expectations(file, out, &run.report, &redactor(&run, &config)).map_err(|error| {
            Refusal(Exit::CouldNotTell, format!("can't write the expectations: {error}"))
        })?;
    }
    // A verdict against the target stands, whatever became of the reports.
    Ok(if whole || exit != Exit::Conforms { exit } else { Exit::CouldNotTell })
}

/// Says before a run over a network how many requests it will come to.
fn announce(config: &Config, selected: &[&'static Check], options: &Options, err: &mut dyn Write) {
    if confirmation::is_local(config) {
        return;
    }
    // Without a rehearsal the run goes on unannounced, and so it does with standard error closed.
    if let Ok(rehearsal) = rehearse(config, selected, options) {
        let target = config.target.as_deref().unwrap_or_default();
        let _ = writeln!(
            err,
            "about {} requests to {target}; --dry-run tells more, --cases and --rate make it gentler",
            rehearsal.requests
        );
    }
}

/// The run as reports tell it.
pub(super) fn document(args: &RunArgs, run: &Run, config: &Config) -> Document {
    let redactor = redactor(run, config);
    let document = Document::new(&run.report, &redactor);
    if args.report.iter().any(|report| report.format == Format::Har) {
        return document.with_log(log(&run.report, &run.recording, &redactor));
    }
    document
}

/// Takes out what the run has used to authenticate.
fn redactor(run: &Run, config: &Config) -> Redactor {
    Redactor::new(&[run.secrets.clone(), passwords(config)].concat())
}

/// What is accepted from the target; nothing without a file.
fn expected(args: &RunArgs) -> Result<Expectations, String> {
    let Some(path) = &args.expectations else { return Ok(Expectations::default()) };
    expectations::read(path, expectations::today()).map_err(|error| error.to_string())
}

fn write_expectations(
    file: NewFile,
    out: &mut dyn Write,
    run: &RunReport,
    redactor: &Redactor,
) -> std::io::Result<()> {
    match expectations::first_file(run, redactor) {
        None => writeln!(out, "nothing deviates: no file of expectations is written"),
        Some(text) => {
            let path = file.write(&text)?;
            writeln!(out, "wrote {}: fill in each `because`", path.display())
        }
    }
}

/// The configuration, and the embedded server where no target is named.
pub(super) fn configuration(args: &RunArgs) -> Result<(Config, Option<Reference>), Refusal> {
    let usage = |reason: String| Refusal(Exit::Usage, reason);
    let config = args.at.configuration().map_err(usage)?;
    if config.target.is_some() {
        return Ok((config, None));
    }
    if args.at.config.is_some() {
        return Err(usage(
            "no target: set `target` in the configuration file, ATLAS_CONFORMANCE_TARGET, or pass --target".to_owned(),
        ));
    }
    let server = atlas_reference::start(atlas_reference::Options::default()).map_err(|error| {
        Refusal(Exit::CouldNotTell, format!("can't start the embedded reference server: {error}"))
    })?;
    Ok((embedded::config(server.url(), server.fixture()), Some(server)))
}

/// Where the users that the run makes are noted: nowhere, where the server ends with the run. A
/// journal that is there already tells of a run that has left something.
fn journal(args: &RunArgs, embedded: bool) -> Result<Option<PathBuf>, String> {
    if embedded {
        return Ok(None);
    }
    let beside = args.report.first().map(|report| report.path.with_extension("journal"));
    let usual = || PathBuf::from(format!("atlas-conformance-{}.journal", std::process::id()));
    let path = args.journal.clone().or(beside).unwrap_or_else(usual);
    if path.exists() {
        let path = path.display();
        return Err(format!(
            "an earlier run has left the journal {path}: run `atlas-conformance clean-up --journal \
             {path}` first, or choose another with --journal"
        ));
    }
    Ok(Some(path))
}

/// Says what a run would come to, and sends nothing to the target.
fn dry_run(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
    out: &mut dyn Write,
) -> Result<Exit, Refusal> {
    let rehearsal = rehearse(config, selected, options)
        .map_err(|reason| Refusal(Exit::CouldNotTell, reason))?;
    let target = config.target.as_deref().unwrap_or_default();
    needs::plan(out, target, selected.len(), config, &rehearsal)
        .map_err(|error| Refusal(Exit::CouldNotTell, format!("can't write the plan: {error}")))?;
    Ok(Exit::Conforms)
}

pub(super) fn options(args: &RunArgs, config: &Config) -> Options {
    let local = confirmation::is_local(config);
    Options {
        reached_by: args.at.written(),
        strict: args.strict,
        seed: args.seed.unwrap_or_else(seed_of_now),
        jobs: args.jobs,
        timeout: Duration::from_secs_f64(args.timeout),
        rate: args.rate,
        effort: Effort {
            cases: args.cases.unwrap_or(if local { Effort::LOCAL } else { Effort::REMOTE }),
            until: args.time.map(|time| Instant::now() + Duration::from_secs_f64(time)),
        },
        ..Options::default()
    }
}

pub(super) fn seed_of_now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Short enough to be typed again.
    u64::from(now.subsec_nanos()) ^ (now.as_secs() & 0xffff_ffff)
}

pub(super) struct Run {
    report: RunReport,
    secrets: Vec<Secret>,
    recording: Recording,
}

pub(super) fn conduct(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
    record: bool,
) -> Result<Run, Refusal> {
    let redactor = Redactor::new(&[config.secrets(), passwords(config)].concat());
    let bar = progress(selected.len());
    let mut recording = Recording::default();
    let mut sink = |event: Event<'_>| match event {
        Event::Started { target, .. } => bar.set_message(redactor.clean(target)),
        Event::Exchanged(exchange) if record => recording.keep(exchange),
        Event::Exchanged(_) => {}
        Event::Done { .. } => bar.inc(1),
        Event::Finished(_) => bar.finish_and_clear(),
    };
    let (report, secrets) =
        runner::run(config, selected, options, &mut sink).map_err(|reason| {
            let reason = redactor.clean(&reason);
            let usage = ["target:", "ca_file:"].iter().any(|key| reason.starts_with(key));
            let exit = if usage { Exit::Usage } else { Exit::CouldNotTell };
            Refusal(exit, reason)
        })?;
    Ok(Run { report, secrets, recording })
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

/// A password within the target's URL, as written and as meant. No request carries it, but the URL
/// is shown.
fn passwords(config: &Config) -> Vec<Secret> {
    let url = config.target.as_deref().and_then(|target| target.parse::<Url>().ok());
    let Some(written) = url.as_ref().and_then(Url::password) else { return Vec::new() };
    let meant = percent_decode_str(written).decode_utf8_lossy().into_owned();
    vec![written.to_owned().into(), meant.into()]
}

fn exit_of(run: &RunReport) -> Exit {
    let summary = run.summary();
    match run.verdict() {
        Verdict::Fail => Exit::Breaks,
        Verdict::Error if summary.errored > 0 => Exit::CouldNotTell,
        Verdict::Error => Exit::NothingRan,
        _ => Exit::Conforms,
    }
}
