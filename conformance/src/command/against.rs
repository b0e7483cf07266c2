//! `atlas-conformance run --against`: two targets, and where they differ.

use std::io::Write;

use atlas_conformance::compare::{self, Report};
use atlas_conformance::exit_code::Exit;
use atlas_conformance::select::select;
use atlas_conformance::target::confirmation;

use crate::args::{RunArgs, TargetOptions};
use crate::command::compare::write;
use crate::command::run::{Refusal, conduct, configuration, document, options, seed_of_now};

/// Runs the same checks with the same seed against both targets.
pub(super) fn run(args: &RunArgs, against: &str, out: &mut dyn Write) -> Result<Exit, Refusal> {
    // The same questions in the same order, so that answers can be compared.
    let seed = Some(args.seed.unwrap_or_else(seed_of_now));
    let first = RunArgs { seed, ..args.clone() };
    let at = TargetOptions {
        target: Some(against.to_owned()),
        config: args.against_config.clone().or_else(|| args.at.config.clone()),
        ..args.at.clone()
    };
    let second = RunArgs { at, ..first.clone() };
    let (a, b) = (report(&first)?, report(&second)?);
    let could_not_tell = |reason: String| Refusal(Exit::CouldNotTell, reason);
    let comparison = compare::compare(&a, &b).map_err(could_not_tell)?;
    write(&comparison, args.format, out)
        .map_err(|error| could_not_tell(format!("can't write the comparison: {error}")))?;
    Ok(if comparison.same { Exit::Conforms } else { Exit::Breaks })
}

fn report(args: &RunArgs) -> Result<Report, Refusal> {
    let usage = |reason: String| Refusal(Exit::Usage, reason);
    let selected = select(&args.only, &args.skip).map_err(usage)?;
    if selected.is_empty() {
        return Err(Refusal(Exit::NothingRan, "no check is selected".to_owned()));
    }
    let (config, _embedded) = configuration(args)?;
    config.validate().map_err(|error| usage(error.to_string()))?;
    confirmation::confirmed(&config).map_err(usage)?;
    let run = conduct(&config, &selected, &options(args, &config), false)?;
    let value = serde_json::to_value(document(args, &run, &config));
    let value = value.map_err(|error| Refusal(Exit::CouldNotTell, error.to_string()))?;
    Report::from_value(value).map_err(|reason| Refusal(Exit::CouldNotTell, reason))
}
