//! `cargo xtask conform`: the suite, built and run as a process of its own.

use std::process::{Command, ExitCode};

/// Runs `atlas-conformance run` with these arguments and passes its exit code on.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--package", "atlas-conformance", "--bin", "atlas-conformance", "--", "run"])
        .args(arguments)
        .status()
        .map_err(|error| format!("can't start cargo: {error}"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
