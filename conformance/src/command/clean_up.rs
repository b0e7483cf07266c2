//! `atlas-conformance clean-up`.

use std::io::Write;
use std::rc::Rc;
use std::time::Duration;

use atlas_conformance::exit_code::{Exit, Failure};
use atlas_engine::evidence::Redactor;
use atlas_engine::session::Session;
use atlas_remove_role::config::With;
use atlas_remove_role::run::RunError;
use atlas_remove_role::users::clean_up::{Outcome, clean_up as clean};
use atlas_remove_role::users::hook::Hook;
use atlas_remove_role::users::journal;

use super::conduct::check_valid;
use crate::args::CleanUpArgs;

/// Leaves the server as it was before the run that left the journal.
pub(crate) fn clean_up(args: &CleanUpArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (outcomes, redactor) = undo(args)?;
    for outcome in &outcomes {
        let word = if outcome.settled { "done" } else { "left" };
        let _ = writeln!(out, "{word}  {}", redactor.clean(&outcome.what));
    }
    if outcomes.iter().any(|outcome| !outcome.settled) {
        return Err(Failure::no_verdict("not everything could be undone; the journal stays"));
    }
    let _ = std::fs::remove_file(&args.journal);
    let _ = writeln!(out, "the server is as it was; the journal is removed");
    Ok(Exit::Conforms)
}

fn undo(args: &CleanUpArgs) -> Result<(Vec<Outcome>, Redactor), Failure> {
    let left = journal::read(&args.journal).map_err(Failure::usage)?;
    let config = args.at.configuration()?;
    let redactor = Redactor::new(&config.secrets());
    let Some(target) = left.target.filter(|_| !left.open.is_empty()) else {
        return Ok((Vec::new(), redactor));
    };
    // The journal is a file that anybody may have written: credentials go to no other target than
    // the one that they are configured for.
    let configured = config.target.as_deref();
    if configured.map(without_slash) != Some(without_slash(&target)) {
        let instead = configured.map(|url| format!(", and the configuration names {url}"));
        return Err(Failure::usage(format!(
            "the journal is about {target}{}: pass the --config or --target of its run",
            instead.unwrap_or_default()
        )));
    }
    check_valid(&config)?;
    let timeout = Duration::from_secs_f64(args.timeout);
    let session = Session::new(config.session_settings(timeout, None)).map_err(Failure::usage)?;
    let hook = config.state.hook.as_deref().filter(|_| config.state.with == With::Hook);
    let hook = hook.map(|url| Hook::new(url, config.state.hook_token.clone(), &session));
    let hook = hook.transpose().map_err(Failure::usage)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let outcomes = runtime.block_on(clean(&config, Rc::new(session), hook, left.open));
    Ok((outcomes, redactor))
}

fn without_slash(url: &str) -> &str {
    url.trim_end_matches('/')
}
