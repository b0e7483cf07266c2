//! `atlas-conformance judge`: recorded traffic.

use std::io::{self, Write};

use atlas_conformance::exit_code::{Exit, Failure};
use atlas_conformance::recorded::har;
use atlas_conformance::recorded::report::{self, Traffic};
use atlas_engine::run::verdict::Verdict;

use crate::args::{JudgeArgs, OutputFormat};

/// Judges a HAR file; the exit codes are those of `run`.
pub(crate) fn judge(args: &JudgeArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let name = args.file.display().to_string();
    let failed = |error: &dyn std::fmt::Display| Failure::usage(format!("{name}: {error}"));
    let text = std::fs::read_to_string(&args.file).map_err(|error| failed(&error))?;
    let entries = har::read(&text).map_err(|error| failed(&error))?;
    let traffic = report::judge(&name, &entries, args.complete, args.strict);
    match write(&traffic, args.format, out) {
        // A closed pipe, as of `| head`, changes no verdict.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::no_verdict(error)),
        _ => Ok(exit_of(&traffic)),
    }
}

fn write(traffic: &Traffic, format: OutputFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        OutputFormat::Text => traffic.write(out),
        OutputFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(traffic)?),
    }
}

fn exit_of(traffic: &Traffic) -> Exit {
    match traffic.verdict() {
        Verdict::Fail => Exit::Breaks,
        Verdict::Error if traffic.summary().unanswered > 0 => Exit::NoVerdict,
        Verdict::Error => Exit::NothingRan,
        _ => Exit::Conforms,
    }
}
