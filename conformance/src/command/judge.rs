//! `atlas-conformance judge`: recorded traffic.

use std::io::{self, Write};

use atlas_conformance::check::Verdict;
use atlas_conformance::exit_code::Exit;
use atlas_conformance::recorded::har;
use atlas_conformance::recorded::report::{self, Traffic};

use crate::args::{JudgeArgs, OutputFormat};

/// Judges a HAR file; the exit codes are those of `run`.
pub(crate) fn judge(args: &JudgeArgs, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let name = args.file.display().to_string();
    let entries = std::fs::read_to_string(&args.file)
        .map_err(|error| error.to_string())
        .and_then(|text| har::read(&text));
    let entries = match entries {
        Ok(entries) => entries,
        Err(reason) => {
            let _ = writeln!(err, "error: {name}: {reason}");
            return Exit::Usage;
        }
    };
    let traffic = report::judge(&name, &entries, args.complete, args.strict);
    match write(&traffic, args.format, out) {
        // A closed pipe, as of `| head`, changes no verdict.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::CouldNotTell,
        _ => exit_of(&traffic),
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
        Verdict::Error if traffic.summary().unanswered > 0 => Exit::CouldNotTell,
        Verdict::Error => Exit::NothingRan,
        _ => Exit::Conforms,
    }
}
