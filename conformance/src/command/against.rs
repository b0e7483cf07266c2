//! `atlas-conformance run --against`: two targets, and where they differ.

use std::io::Write;

use atlas_conformance::compare::{self, Report};
use atlas_conformance::exit_code::{Exit, Failure};

use super::compare::write;
use super::conduct::{
    check_valid, conduct, configuration, document, options, seed_of_now, selected,
};
use crate::args::{RunArgs, TargetOptions};

/// Runs the same checks with the same seed against both targets.
pub(crate) fn run(
    args: &RunArgs,
    against: &str,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    // The same questions in the same order, so that responses can be compared.
    let seed = Some(args.seed.unwrap_or_else(seed_of_now));
    let first = RunArgs { seed, ..args.clone() };
    let at = TargetOptions {
        target: Some(against.to_owned()),
        config: args.against_config.clone().or_else(|| args.at.config.clone()),
        ..args.at.clone()
    };
    let second = RunArgs { at, ..first.clone() };
    let (a, b) = (report(&first, err)?, report(&second, err)?);
    let comparison = compare::compare(&a, &b).map_err(Failure::no_verdict)?;
    write(&comparison, args.format, out)
        .map_err(|error| Failure::no_verdict(format!("can't write the comparison: {error}")))?;
    Ok(if comparison.same { Exit::Conforms } else { Exit::Breaks })
}

fn report(args: &RunArgs, err: &mut dyn Write) -> Result<Report, Failure> {
    let selected = selected(args)?;
    let (config, _embedded) = configuration(args)?;
    check_valid(&config)?;
    let mut run = conduct(&config, &selected, &options(args, &config), false, err)?;
    if let Some(failure) = run.failure.take() {
        return Err(failure);
    }
    if let Some(reason) = run.report.ended_early.take() {
        return Err(Failure::no_verdict(reason));
    }
    let value = serde_json::to_value(document(args, &run)).map_err(Failure::no_verdict)?;
    Report::from_value(value).map_err(Failure::no_verdict)
}
