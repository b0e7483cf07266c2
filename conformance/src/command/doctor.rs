//! `atlas-conformance doctor`.

use std::io::{self, Write};
use std::time::Duration;

use atlas_conformance::doctor::{Finding, Health, examine};
use atlas_conformance::exit_code::{Exit, Failure};
use atlas_engine::evidence::Redactor;
use atlas_remove_role::checks;
use atlas_remove_role::config::Config;
use atlas_remove_role::needs::unmet;
use atlas_remove_role::run::RunError;
use atlas_remove_role::users::provider::Provider;

use super::conduct::check_valid;
use crate::args::DoctorArgs;

/// Examines a target and says which checks can run.
pub(crate) fn doctor(args: &DoctorArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let config = args.at.configuration()?;
    if config.target.is_none() {
        return Err(Failure::usage(
            "no target: set `target` in the configuration file, ATLAS_CONFORMANCE_TARGET, or pass \
             --target; `atlas-conformance init` writes a configuration",
        ));
    }
    check_valid(&config)?;
    let redactor = Redactor::new(&config.secrets());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let (findings, provider) = runtime
        .block_on(examine(&config, Duration::from_secs_f64(args.timeout)))
        .map_err(|error| Failure::from(error).redacted(&redactor))?;
    let healthy = findings.iter().all(|finding| finding.health != Health::Bad);
    print_findings(out, &findings, &redactor)
        .and_then(|()| if healthy { print_runnable(out, &config, &provider) } else { Ok(()) })
        .map_err(|error| Failure::no_verdict(format!("can't write: {error}")))?;
    Ok(if healthy { Exit::Conforms } else { Exit::NoVerdict })
}

fn print_findings(
    out: &mut dyn Write,
    findings: &[Finding],
    redactor: &Redactor,
) -> io::Result<()> {
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

fn print_runnable(out: &mut dyn Write, config: &Config, provider: &Provider) -> io::Result<()> {
    let lacking: Vec<_> = checks::all()
        .filter_map(|check| {
            unmet(config, &provider.capabilities, check.needs).map(|reason| (check.id, reason))
        })
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
    if !provider.capabilities.makes_users() {
        writeln!(
            out,
            "  `atlas-conformance list --needs --config FILE` counts the users to list."
        )?;
    }
    Ok(())
}
