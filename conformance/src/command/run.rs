//! `atlas-conformance run`.

use std::fs::File;
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
use atlas_conformance::reference::{self, Reference};
use atlas_conformance::rehearsal::rehearse;
use atlas_conformance::report::{json, terminal};
use atlas_conformance::runner::{self, Options};
use atlas_conformance::select::select;
use atlas_conformance::target::{confirmation, embedded};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::{ReportTo, RunArgs};
use crate::command::against;
use crate::command::needs;
use crate::command::new_file::NewFile;

/// Why there is no run.
pub(super) struct Refusal(pub(super) Exit, pub(super) String);

/// Runs the suite and writes its reports.
pub(crate) fn run(args: &RunArgs, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let attempted = match &args.against {
        Some(against) => against::run(args, against, out),
        None => attempt(args, out),
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

fn attempt(args: &RunArgs, out: &mut dyn Write) -> Result<Exit, Refusal> {
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
    let files = args.report.iter().map(open).collect::<Result<Vec<_>, _>>().map_err(usage)?;
    let mut options = options(args, &config);
    options.expectations = expected(args).map_err(usage)?;
    let first = args.write_expectations.as_deref().map(NewFile::open).transpose().map_err(usage)?;
    let run = conduct(&config, &selected, &options)?;
    let redactor = Redactor::new(&run.secrets);
    let written = terminal::write(out, &run.report, &redactor).and_then(|()| {
        files.into_iter().try_for_each(|file| write_json(file, &run.report, &redactor))
    });
    let written = written.and_then(|()| match first {
        Some(file) => write_expectations(file, out, &run.report, &redactor),
        None => Ok(()),
    });
    written
        .map_err(|error| Refusal(Exit::CouldNotTell, format!("can't write the report: {error}")))?;
    Ok(exit_of(&run.report))
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
    let environment = |name: &str| std::env::var(name).ok();
    let mut config = Config::load(args.config.as_deref(), &environment)
        .map_err(|error| usage(error.to_string()))?;
    config.target = args.target.clone().or(config.target);
    config.confirm_target = args.confirm_target.clone().or(config.confirm_target);
    config.confirm_project = args.confirm_project.clone().or(config.confirm_project);
    if config.target.is_some() {
        return Ok((config, None));
    }
    if args.config.is_some() {
        return Err(usage(
            "no target: set `target` in the configuration file, ATLAS_CONFORMANCE_TARGET, or pass --target".to_owned(),
        ));
    }
    let server = reference::start(reference::Options::default()).map_err(|error| {
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
    let target = args.target.iter().flat_map(|url| ["--target".to_owned(), url.clone()]);
    let file =
        args.config.iter().flat_map(|path| ["--config".to_owned(), path.display().to_string()]);
    Options {
        reached_by: target.chain(file).collect(),
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
    pub(super) report: RunReport,
    pub(super) secrets: Vec<String>,
}

pub(super) fn conduct(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
) -> Result<Run, Refusal> {
    let bar = progress(selected.len());
    let mut sink = |event: Event<'_>| match event {
        Event::Started { target, .. } => bar.set_message(target.to_owned()),
        Event::Done { .. } => bar.inc(1),
        Event::Finished(_) => bar.finish_and_clear(),
    };
    let (report, secrets) =
        runner::run(config, selected, options, &mut sink).map_err(|reason| {
            let reason = Redactor::new(&config.secrets()).clean(&reason);
            let exit = if reason.starts_with("target:") { Exit::Usage } else { Exit::CouldNotTell };
            Refusal(exit, reason)
        })?;
    Ok(Run { report, secrets })
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

/// Opens a report's file before the first request, so that a run is not lost for want of it.
fn open(report: &ReportTo) -> Result<File, String> {
    File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&report.path)
        .map_err(|error| format!("--report {:?}={}: {error}", report.format, report.path.display()))
}

fn write_json(mut file: File, run: &RunReport, redactor: &Redactor) -> std::io::Result<()> {
    let text = serde_json::to_string_pretty(&json::Report::new(run, redactor))?;
    file.set_len(0)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")
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
