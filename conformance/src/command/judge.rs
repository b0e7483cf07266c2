//! `atlas-conformance judge`: recorded traffic.

use std::io::{self, Read, Write};
use std::path::Path;

use atlas_conformance::exit_code::{Exit, Failure};
use atlas_conformance::recorded::har;
use atlas_conformance::recorded::report::{self, Options, Traffic};
use atlas_engine::run::verdict::Verdict;
use flate2::read::MultiGzDecoder;

use super::run::expected;
use crate::args::{JudgeArgs, OutputFormat};

/// How a file begins that is compressed with gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The longest text that a compressed file may hold.
const LONGEST: u64 = 512 * 1024 * 1024;

/// Judges a HAR file; the exit codes are those of `run`.
pub(crate) fn judge(args: &JudgeArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let name = args.file.display().to_string();
    let failed = |error: &dyn std::fmt::Display| Failure::usage(format!("{name}: {error}"));
    let options = Options {
        complete: args.complete,
        strict: args.strict,
        expectations: expected(&args.expectations)?,
    };
    let text = read(&args.file).map_err(|error| failed(&error))?;
    let recording = har::read(&text).map_err(|error| failed(&error))?;
    let traffic = report::judge(&name, &recording, &options);
    match write(&traffic, args.format, out) {
        // A closed pipe, as of `| head`, changes no verdict.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::no_verdict(error)),
        _ => Ok(exit_of(&traffic)),
    }
}

/// The text of a file, which may be compressed with gzip.
fn read(path: &Path) -> io::Result<String> {
    let bytes = std::fs::read(path)?;
    let bytes = match bytes.starts_with(&GZIP) {
        false => bytes,
        true => {
            let mut text = Vec::new();
            MultiGzDecoder::new(&*bytes).take(LONGEST + 1).read_to_end(&mut text)?;
            if text.len() as u64 > LONGEST {
                let limit = LONGEST / (1024 * 1024);
                return Err(io::Error::other(format!("it unpacks to more than {limit} MiB")));
            }
            text
        }
    };
    String::from_utf8(bytes).map_err(|_| io::Error::other("expected text in UTF-8"))
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
