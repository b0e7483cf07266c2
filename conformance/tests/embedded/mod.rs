//! The suite against an embedded reference server, as several tests want it.

#![allow(dead_code, reason = "each test that shares this module uses a part of it")]

use atlas_conformance::embedded;
use atlas_engine::run::report::RunReport;
use atlas_reference::Options as Server;
use atlas_remove_role::checks::{self, Check};
use atlas_remove_role::run::{self, Options, RunError};

/// Whether the tests run at full length: `cargo xtask test --all`.
pub(crate) fn at_full_length() -> bool {
    std::env::var("ATLAS_TESTS").is_ok_and(|length| length == "all")
}

/// Starts the server, runs every check against it, and stops it.
///
/// # Errors
/// When no check could run.
pub(crate) fn judge(server: Server, options: &Options) -> Result<RunReport, RunError> {
    judge_by(server, options, &checks::all().collect::<Vec<_>>())
}

/// Starts the server, runs these checks against it, and stops it.
///
/// # Errors
/// When no check could run.
pub(crate) fn judge_by(
    server: Server,
    options: &Options,
    checks: &[&'static Check],
) -> Result<RunReport, RunError> {
    let server = atlas_reference::start(server).expect("a free port");
    let config = embedded::config(server.url(), server.fixture());
    run::run(&config, checks, options, &mut |_| {}).map(|(report, _)| report)
}
