//! The whole suite against an embedded reference server, as several tests want it.

use atlas_conformance::embedded;
use atlas_engine::run::report::RunReport;
use atlas_reference::Options as Server;
use atlas_remove_role::checks;
use atlas_remove_role::run::{self, Options, RunError};

/// Starts the server, runs every check against it, and stops it.
///
/// # Errors
/// In words, when no check could run.
pub(crate) fn judge(server: Server, options: &Options) -> Result<RunReport, RunError> {
    let server = atlas_reference::start(server).expect("a free port");
    let config = embedded::config(server.url(), server.fixture());
    let all: Vec<_> = checks::all().collect();
    run::run(&config, &all, options, &mut |_| {}).map(|(report, _)| report)
}
