//! `atlas-conformance run`.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use atlas_conformance::check::{Check, Verdict};
use atlas_conformance::config::Config;
use atlas_conformance::effort::Effort;
use atlas_conformance::event::{Event, RunReport};
use atlas_conformance::evidence::Redactor;
use atlas_conformance::exit_code::Exit;
use atlas_conformance::reference::{self, Reference};
use atlas_conformance::report::document::Document;
use atlas_conformance::report::format::Format;
use atlas_conformance::report::log::{Recording, log};
use atlas_conformance::runner::{self, Options};
use atlas_conformance::select::select;
use atlas_conformance::target::embedded;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use percent_encoding::percent_decode_str;
use url::Url;

use super::output::Output;
use crate::args::RunArgs;

/// Why there is no run.
struct Refusal(Exit, String);

/// Runs the suite and writes its reports.
pub(crate) fn run(args: &RunArgs, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    match attempt(args, out, err) {
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
    let (config, _embedded) = configuration(args)?;
    config.validate().map_err(|error| usage(error.to_string()))?;
    let output = Output::checked(args).map_err(usage)?;
    let options = options(args, &config);
    let run = conduct(&config, &selected, &options, args.har_all)?;
    let exit = exit_of(&run.report);
    let whole = output.write(&document(args, &run, &config), out, err);
    // A verdict against the target stands, whatever became of the reports.
    Ok(if whole || exit != Exit::Conforms { exit } else { Exit::CouldNotTell })
}

/// The run as reports tell it.
fn document(args: &RunArgs, run: &Run, config: &Config) -> Document {
    let redactor = Redactor::new(&[run.secrets.clone(), passwords(config)].concat());
    let document = Document::new(&run.report, &redactor);
    if args.report.iter().any(|report| report.format == Format::Har) {
        return document.with_log(log(&run.report, &run.recording, &redactor));
    }
    document
}

/// The configuration, and the embedded server where no target is named.
fn configuration(args: &RunArgs) -> Result<(Config, Option<Reference>), Refusal> {
    let usage = |reason: String| Refusal(Exit::Usage, reason);
    let environment = |name: &str| std::env::var(name).ok();
    let mut config = Config::load(args.config.as_deref(), &environment)
        .map_err(|error| usage(error.to_string()))?;
    config.target = args.target.clone().or(config.target);
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

fn options(args: &RunArgs, config: &Config) -> Options {
    let local = config.target.as_deref().and_then(|target| target.parse::<Url>().ok());
    let local = local.is_some_and(|url| is_local(&url));
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
    }
}

fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn seed_of_now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Short enough to be typed again.
    u64::from(now.subsec_nanos()) ^ (now.as_secs() & 0xffff_ffff)
}

struct Run {
    report: RunReport,
    secrets: Vec<String>,
    recording: Recording,
}

fn conduct(
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
            let exit = if reason.starts_with("target:") { Exit::Usage } else { Exit::CouldNotTell };
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
fn passwords(config: &Config) -> Vec<String> {
    let url = config.target.as_deref().and_then(|target| target.parse::<Url>().ok());
    let Some(written) = url.as_ref().and_then(Url::password) else { return Vec::new() };
    let meant = percent_decode_str(written).decode_utf8_lossy().into_owned();
    vec![written.to_owned(), meant]
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
