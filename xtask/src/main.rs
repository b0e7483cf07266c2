//! The tasks of this repository. `cargo xtask --help` lists them.
//!
//! Each task is a program of its own package, built when it is asked for: to judge a server needs none
//! of the generator's dependencies, and the other way round.

mod task;

use std::io::Write;
use std::process::{Command, ExitCode};

use task::{Task, usage};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((name, rest)) if !["-h", "--help", "help"].contains(&name.as_str()) => {
            run(name, rest).unwrap_or_else(|reason| {
                // Nowhere is left to say that standard error is closed.
                let _ = writeln!(std::io::stderr(), "error: {reason}");
                ExitCode::from(2)
            })
        }
        asked => {
            // As above, for standard output.
            let _ = write!(std::io::stdout(), "{}", usage());
            ExitCode::from(if asked.is_some() { 0 } else { 2 })
        }
    }
}

/// Builds the task's program, runs it, and passes its exit code on.
fn run(name: &str, arguments: &[String]) -> Result<ExitCode, String> {
    let task = Task::named(name, arguments)
        .ok_or_else(|| format!("expected a task, got `{name}`\n\n{}", usage()))?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(task.command_line(arguments))
        .envs(task.variables().iter().copied())
        .status()
        .map_err(|error| format!("can't start cargo: {error}"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
