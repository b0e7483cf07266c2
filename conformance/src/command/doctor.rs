//! `atlas-conformance doctor`.

use std::io::{self, Write};
use std::time::Duration;

use atlas_conformance::checks;
use atlas_conformance::config::Config;
use atlas_conformance::doctor::{Finding, Health, examine};
use atlas_conformance::evidence::Redactor;
use atlas_conformance::exit_code::Exit;
use atlas_conformance::needs::unmet;
use atlas_conformance::state::provider::Provider;
use atlas_conformance::target::confirmation;

use crate::args::DoctorArgs;

/// Looks at a target and says which checks can run.
pub(crate) fn doctor(args: &DoctorArgs, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    match attempt(args, out) {
        Ok(exit) => exit,
        Err((exit, reason)) => {
            let _ = writeln!(err, "error: {reason}");
            exit
        }
    }
}

fn attempt(args: &DoctorArgs, out: &mut dyn Write) -> Result<Exit, (Exit, String)> {
    let usage = |reason: String| (Exit::Usage, reason);
    let config = args.at.configuration().map_err(usage)?;
    if config.target.is_none() {
        return Err(usage(
            "no target: set `target` in the configuration file, ATLAS_CONFORMANCE_TARGET, or pass \
             --target; `atlas-conformance init` writes a configuration"
                .to_owned(),
        ));
    }
    config.validate().map_err(|error| usage(error.to_string()))?;
    confirmation::confirmed(&config).map_err(usage)?;
    let redactor = Redactor::new(&config.secrets());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| (Exit::CouldNotTell, format!("can't start: {error}")))?;
    let (findings, provider) = runtime
        .block_on(examine(&config, Duration::from_secs_f64(args.timeout)))
        .map_err(|reason| usage(redactor.clean(&reason)))?;
    let healthy = findings.iter().all(|finding| finding.health != Health::Bad);
    told(out, &findings, &redactor)
        .and_then(|()| if healthy { runnable(out, &config, &provider) } else { Ok(()) })
        .map_err(|error| (Exit::CouldNotTell, format!("can't write: {error}")))?;
    Ok(if healthy { Exit::Conforms } else { Exit::CouldNotTell })
}

fn told(out: &mut dyn Write, findings: &[Finding], redactor: &Redactor) -> io::Result<()> {
    for Finding { health, subject, found } in findings {
        let word = match health {
            Health::Good => "ok",
            Health::Absent => "none",
            Health::Bad => "BAD",
        };
        writeln!(out, "{word:<5} {subject:<16} {}", redactor.clean(found))?;
    }
    Ok(())
}

fn runnable(out: &mut dyn Write, config: &Config, provider: &Provider) -> io::Result<()> {
    let lacking: Vec<_> = checks::all()
        .filter_map(|check| unmet(config, &provider.supply, check).map(|reason| (check.id, reason)))
        .collect();
    let all = checks::all().count();
    writeln!(out, "\n{} of {all} checks can run", all - lacking.len())?;
    for (id, reason) in lacking {
        writeln!(out, "  skipped  {id:<36} {reason}")?;
    }
    if !provider.reads() {
        writeln!(
            out,
            "  Users can't be read back, so a check whose clause says what becomes of a user can \
             fail but not pass.\n  It is shown as skipped where its answers were right."
        )?;
    }
    if !provider.supply.makes_users() {
        writeln!(
            out,
            "  `atlas-conformance list --needs --config FILE` counts the users to list."
        )?;
    }
    Ok(())
}
