//! `atlas-conformance clean-up`.

use std::io::Write;
use std::rc::Rc;
use std::time::Duration;

use atlas_conformance::config::{Config, With};
use atlas_conformance::evidence::Redactor;
use atlas_conformance::exit_code::Exit;
use atlas_conformance::state::clean_up::{Outcome, clean_up as clean};
use atlas_conformance::state::hook::Hook;
use atlas_conformance::state::journal;
use atlas_conformance::target::session::Session;

use crate::args::CleanUpArgs;

/// Leaves the server as it was before the run that left the journal.
pub(crate) fn clean_up(args: &CleanUpArgs, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    match attempt(args) {
        Ok((outcomes, redactor)) => {
            for outcome in &outcomes {
                let word = if outcome.settled { "done" } else { "left" };
                let _ = writeln!(out, "{word}  {}", redactor.clean(&outcome.what));
            }
            if outcomes.iter().all(|outcome| outcome.settled) {
                let _ = std::fs::remove_file(&args.journal);
                let _ = writeln!(out, "the server is as it was; the journal is removed");
                return Exit::Conforms;
            }
            let _ = writeln!(err, "error: not everything could be undone; the journal stays");
            Exit::CouldNotTell
        }
        Err((exit, reason)) => {
            let _ = writeln!(err, "error: {reason}");
            exit
        }
    }
}

type Failure = (Exit, String);

fn attempt(args: &CleanUpArgs) -> Result<(Vec<Outcome>, Redactor), Failure> {
    let usage = |reason: String| (Exit::Usage, reason);
    let (target, open) = journal::read(&args.journal).map_err(usage)?;
    let environment = |name: &str| std::env::var(name).ok();
    let mut config = Config::load(args.config.as_deref(), &environment)
        .map_err(|error| usage(error.to_string()))?;
    if let Some(file) = &args.ca_file {
        config.ca_file = Some(file.clone());
    }
    let same = config.target.as_ref().is_none_or(|configured| *configured == target);
    if !same && args.config.is_none() {
        return Err(usage(format!("the journal is about {target}: pass its --config")));
    }
    // The journal says where the users are; the configuration says as whom to speak.
    config.target = Some(target);
    config.validate().map_err(|error| usage(error.to_string()))?;
    let timeout = Duration::from_secs_f64(args.timeout);
    let redactor = Redactor::new(&config.secrets());
    let failed = |reason: String| (Exit::CouldNotTell, redactor.clean(&reason));
    let session = Session::new(&config, timeout, None).map_err(usage)?;
    let hook = config.state.hook.as_deref().filter(|_| config.state.with == With::Hook);
    let hook = hook.map(|url| Hook::new(url, config.state.hook_token.clone(), &session));
    let hook = hook.transpose().map_err(usage)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| failed(format!("can't start: {error}")))?;
    let outcomes =
        runtime.block_on(clean(&config, Rc::new(session), hook, open)).map_err(failed)?;
    Ok((outcomes, redactor))
}
