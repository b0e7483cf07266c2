//! `cargo test --test target`: one test per check, against the target that the environment names,
//! or against the embedded reference server. Filters, `--list` and `cargo nextest` work as for any
//! test; the README lists the variables.

#[path = "target/part.rs"]
mod part;
#[path = "target/settings.rs"]
mod settings;
#[path = "target/snapshots.rs"]
mod snapshots;

use std::io::Write;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use atlas_remove_role::checks;
use atlas_remove_role::checks::Check;
use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::part::{Ending, Part};
use crate::settings::Settings;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let settings = match Settings::from_environment() {
        Ok(settings) => settings,
        Err(reason) => {
            let _ = writeln!(std::io::stderr(), "error: {reason}");
            return ExitCode::from(2);
        }
    };
    let part = Arc::new(OnceLock::new());
    let trials: Vec<Trial> =
        checks::all().map(|check| trial(check, &settings, &part, &arguments)).collect();
    let runs = |trial: &Trial| !arguments.is_filtered_out(trial) && !arguments.is_ignored(trial);
    let selected =
        checks::all().zip(&trials).filter(|(_, trial)| runs(trial)).map(|(check, _)| check);
    // What runs in this process runs as one, so that the target is asked for one token.
    let _ = part.set(Part::new(settings, selected.collect()));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(
    check: &'static Check,
    settings: &Settings,
    part: &Arc<OnceLock<Part>>,
    arguments: &Arguments,
) -> Trial {
    // A list shows what will be skipped; a run ignores it with the reason.
    let told = arguments.list || arguments.ignored || arguments.include_ignored;
    let skipped = told && settings.unmet(check).is_some();
    let part = Arc::clone(part);
    let run = move || {
        let part = part.get().ok_or("no part of the run is set")?;
        conclude(part.ending(check)?, part.settings())
    };
    Trial::ignorable_test(check.id, run).with_ignored_flag(skipped)
}

fn conclude(ending: &Ending, settings: &Settings) -> Result<Completion, Failed> {
    match ending {
        Ending::Skipped(reason) => return Ok(Completion::ignored_with(reason)),
        Ending::Failed(text) => return Err(Failed::from(text)),
        Ending::Passed { remark, .. } if !remark.is_empty() => {
            let _ = writeln!(std::io::stderr(), "{remark}");
        }
        Ending::Passed { .. } => {}
    }
    if let (Ending::Passed { observed, .. }, Some(folder)) = (ending, &settings.snapshots) {
        snapshots::hold(folder, observed).map_err(Failed::from)?;
    }
    Ok(Completion::Completed)
}
