//! The whole suite against an embedded reference server, as several tests want it.

use atlas_conformance::checks;
use atlas_conformance::event::RunReport;
use atlas_conformance::runner::{self, Options};
use atlas_conformance::target::embedded;
use atlas_reference::Options as Server;

/// Starts the server, runs every check against it, and stops it.
///
/// # Errors
/// In words, when no check could run.
pub(crate) fn judge(server: Server, options: &Options) -> Result<RunReport, String> {
    let server = atlas_reference::start(server).expect("a free port");
    let config = embedded::config(server.url(), server.fixture());
    let all: Vec<_> = checks::all().collect();
    runner::run(&config, &all, options, &mut |_| {}).map(|(report, _)| report)
}
