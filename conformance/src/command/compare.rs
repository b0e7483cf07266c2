//! `atlas-conformance compare`.

use std::io::{self, Write};
use std::path::Path;

use anstyle::Style;
use atlas_conformance::compare::{self, Comparison, Report};
use atlas_conformance::exit_code::{Exit, Failure};

use crate::args::{CompareArgs, OutputFormat};

const BOLD: Style = Style::new().bold();

/// How many checks are named that saw the same difference.
const CHECKS_NAMED: usize = 3;

/// Shows where two reports differ: 0 where they don't, 1 where they do, 2 for bad input.
pub(crate) fn compare(args: &CompareArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (a, b) = (read(&args.a)?, read(&args.b)?);
    let comparison = compare::compare(&a, &b).map_err(Failure::usage)?;
    match write(&comparison, args.format, out) {
        Ok(()) if comparison.same => Ok(Exit::Conforms),
        Ok(()) => Ok(Exit::Breaks),
        // A closed pipe, as of `| head`, is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Breaks),
        Err(error) => Err(Failure::no_verdict(error)),
    }
}

fn read(path: &Path) -> Result<Report, Failure> {
    let failed =
        |error: &dyn std::fmt::Display| Failure::usage(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
    Report::read(&text).map_err(|error| failed(&error))
}

pub(super) fn write(
    comparison: &Comparison,
    format: OutputFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        OutputFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(comparison)?),
        OutputFormat::Text => text(comparison, out),
    }
}

fn text(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let Comparison { a, b, .. } = comparison;
    writeln!(out, "A  {}, seed {}\nB  {}, seed {}", a.target, a.seed, b.target, b.seed)?;
    let mut aspect = None;
    for difference in &comparison.differences {
        if aspect != Some(difference.aspect) {
            aspect = Some(difference.aspect);
            writeln!(out, "\n{BOLD}{}{BOLD:#}", difference.aspect.words())?;
        }
        writeln!(out, "  {}{}", difference.what, seen_by(&difference.what, &difference.checks))?;
        writeln!(out, "    A  {}\n    B  {}", difference.a, difference.b)?;
    }
    if !comparison.not_compared.is_empty() {
        writeln!(out, "\n{BOLD}not judged in both{BOLD:#}")?;
        for uncompared in &comparison.not_compared {
            writeln!(out, "  {:<36} A {}, B {}", uncompared.check, uncompared.a, uncompared.b)?;
        }
    }
    let found = match comparison.differences.len() {
        0 => "no difference".to_owned(),
        1 => "1 difference".to_owned(),
        many => format!("{many} differences"),
    };
    writeln!(out, "\n{found} in {} checks judged in both", comparison.compared)
}

/// Which checks saw a difference, where that is not said already.
fn seen_by(what: &str, checks: &[String]) -> String {
    if checks.is_empty() || checks == [what] {
        return String::new();
    }
    let named = checks.iter().take(CHECKS_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match checks.len().saturating_sub(CHECKS_NAMED) {
        0 => format!("  ({named})"),
        more => format!("  ({named} and {more} more)"),
    }
}
