//! `atlas-conformance run`.

use std::fmt::Display;
use std::io::Write;
use std::path::PathBuf;

use atlas_conformance::dry_run::dry_run;
use atlas_conformance::exit_code::{Exit, Failure};
use atlas_conformance::first_expectations::first_file;
use atlas_engine::evidence::Redactor;
use atlas_engine::expectations::{self, Expectations};
use atlas_engine::run::report::RunReport;
use atlas_engine::run::verdict::Verdict;
use atlas_engine::transport::proxy::Proxy;
use atlas_remove_role::checks::{self, Check};
use atlas_remove_role::config::{Config, confirmation};
use atlas_remove_role::run::Options;
use atlas_remove_role::users::journal::{self, JournalError};

use super::conduct::{check_valid, conduct, configuration, document, options, redactor, selected};
use super::needs;
use super::new_file::NewFile;
use super::output::Output;
use crate::args::{RunArgs, TargetOptions};

/// Runs the checks and writes their reports.
pub(crate) fn run(
    args: &RunArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let selected = selected(args)?;
    let (mut config, embedded) = configuration(args)?;
    check_valid(&config)?;
    if args.dry_run {
        return plan(&config, &selected, &options(args, &config), out);
    }
    let output = Output::checked(args).map_err(Failure::usage)?;
    config.journal = journal(args, embedded.is_some())?;
    let mut options = options(args, &config);
    options.expectations = expected(&args.expectations)?;
    let first = args.write_expectations.as_deref().map(NewFile::open);
    let first = first.transpose().map_err(Failure::usage)?;
    announce(&config, &selected, &options, err);
    let mut run = conduct(&config, &selected, &options, args.har_all, err)?;
    if let Some(failure) = run.failure.take() {
        output.write_without_text(&document(args, &run), out, err);
        return Err(failure);
    }
    let exit = exit_of(&run.report);
    let whole = output.write(&document(args, &run), out, err);
    if let Some(file) = first {
        let out = output.text_goes_to(out, err);
        write_expectations(file, out, &run.report, &redactor(&run)).map_err(|error| {
            Failure::no_verdict(format!("can't write the expectations: {error}"))
        })?;
    }
    if let Some(reason) = &run.report.ended_early {
        let left = run
            .report
            .left_behind
            .first()
            .map_or("every user that was made is gone again", String::as_str);
        // A terminal that is gone takes no error.
        let _ = writeln!(err, "error: {reason}; {}", redactor(&run).clean(left));
    }
    // A verdict against the target stands, whatever became of the reports.
    Ok(if whole || exit != Exit::Conforms { exit } else { Exit::NoVerdict })
}

/// Says before a run over a network how many requests it will come to, and by which way.
fn announce(config: &Config, selected: &[&'static Check], options: &Options, err: &mut dyn Write) {
    if let Some(proxy) = proxy(config) {
        let _ = writeln!(err, "the target is reached through {proxy}");
    }
    if confirmation::is_local(config) {
        return;
    }
    // A dry run that fails doesn't stop the run, and neither does a closed standard error.
    if let Ok(dry_run) = dry_run(config, selected, options) {
        let target = config.target.as_deref().unwrap_or_default();
        let _ = writeln!(
            err,
            "about {} requests to {target}; --dry-run tells more, --cases and --rate make it gentler",
            dry_run.requests
        );
    }
}

/// The proxy of the target; one that can't be used is an error of the run.
fn proxy(config: &Config) -> Option<Proxy> {
    config.proxy.proxy_for(&config.target.as_deref()?.parse().ok()?).ok()?
}

/// What is accepted from the target; nothing without a file.
pub(super) fn expected(files: &[PathBuf]) -> Result<Expectations, Failure> {
    let mut all = Expectations::default();
    for path in files {
        let read = expectations::read(path, &checks::ids(), expectations::today());
        all.entries.extend(read.map_err(Failure::usage)?.entries);
    }
    Ok(all)
}

fn write_expectations(
    file: NewFile,
    out: &mut dyn Write,
    run: &RunReport,
    redactor: &Redactor,
) -> std::io::Result<()> {
    match first_file(run, redactor) {
        None => writeln!(out, "nothing deviates: no file of expectations is written"),
        Some(text) => {
            let path = file.write(&text)?;
            writeln!(out, "wrote {}: fill in each `because`", path.display())
        }
    }
}

/// Where the users that the run makes are noted: nowhere, where the server ends with the run. A
/// journal that is there already tells of a run that has left something.
fn journal(args: &RunArgs, embedded: bool) -> Result<Option<PathBuf>, Failure> {
    if embedded {
        return Ok(None);
    }
    let mut files = args.report.iter().filter(|report| !report.is_stdout());
    let beside = files.next().map(|report| report.path.with_extension("journal"));
    let usual = || PathBuf::from(format!("atlas-conformance-{}.journal", std::process::id()));
    let path = args.journal.clone().or(beside).unwrap_or_else(usual);
    if !path.exists() {
        return Ok(Some(path));
    }
    let shown = path.display();
    Err(Failure::usage(match journal::read(&path) {
        Err(error @ JournalError::Live { .. }) => {
            format!("{error}; choose another with --journal")
        }
        _ => format!(
            "an earlier run has left the journal {shown}: run `{}` first, or choose another with \
             --journal",
            clean_up_command(&shown, &args.at)
        ),
    }))
}

/// The command that cleans up after a run with these options.
fn clean_up_command(journal: &dyn Display, at: &TargetOptions) -> String {
    let options = at.written().join(" ");
    format!("atlas-conformance clean-up --journal {journal} {options}").trim_end().to_owned()
}

/// Prints what a run would send, and sends nothing to the target.
fn plan(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let dry_run = dry_run(config, selected, options).map_err(Failure::no_verdict)?;
    let target = config.target.as_deref().unwrap_or_default();
    needs::plan(out, target, selected.len(), config, &dry_run)
        .map_err(|error| Failure::no_verdict(format!("can't write the plan: {error}")))?;
    Ok(Exit::Conforms)
}

fn exit_of(run: &RunReport) -> Exit {
    let summary = run.summary();
    match run.verdict() {
        Verdict::Fail => Exit::Breaks,
        Verdict::Error if run.ended_early.is_some() => Exit::NoVerdict,
        Verdict::Error if summary.errored > 0 => Exit::NoVerdict,
        Verdict::Error => Exit::NothingRan,
        _ => Exit::Conforms,
    }
}
