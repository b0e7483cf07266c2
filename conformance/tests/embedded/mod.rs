//! The suite against an embedded reference server, as several tests want it.

#![allow(dead_code, reason = "each test that shares this module uses a part of it")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

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

/// The outcome for each item, in their order, with so many threads at work.
pub(crate) fn side_by_side<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(usize, &T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { return };
                    let outcome = work(index, item);
                    outcomes.lock().unwrap_or_else(PoisonError::into_inner).push((index, outcome));
                }
            });
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}
