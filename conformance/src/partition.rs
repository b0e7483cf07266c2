//! One part of a run, where other processes have the rest: `cargo nextest` gives each check a
//! process of its own.

use crate::check::{Check, Verdict};
use crate::config::Config;
use crate::event::RunReport;
use crate::runner::{self, Answerable, Options, verdict};

/// Runs these checks as one part of the whole catalogue.
///
/// A violation that a check meets on its way is left to the check that is for its clause, which
/// runs elsewhere. So that none is lost, that check is run here too; if it does not find the
/// breach by itself, the check that met it reports it.
///
/// # Errors
/// As [`runner::run`].
pub fn run(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
) -> Result<(RunReport, Vec<String>), String> {
    let options = Options { answerable: Answerable::All, ..options.clone() };
    let (mut report, mut secrets) = runner::run(config, selected, &options, &mut |_| {})?;
    let met = std::mem::take(&mut report.elsewhere);
    let mut owners: Vec<&'static Check> = Vec::new();
    for violation in &met {
        if owners.iter().all(|owner| owner.id != violation.owner.id) {
            owners.push(violation.owner);
        }
    }
    for owner in owners {
        // Alone, as in its own process.
        let (again, more) = runner::run(config, &[owner], &options, &mut |_| {})?;
        secrets.extend(more);
        let finds = |clause| {
            let mut violations = again.checks.iter().flat_map(|check| &check.violations);
            violations.any(|violation| violation.clause == clause)
        };
        for violation in met.iter().filter(|met| met.owner.id == owner.id) {
            let clause = violation.violation.clause;
            let reporter =
                report.checks.iter_mut().find(|check| check.check.id == violation.met_by.id);
            if let Some(reporter) = reporter.filter(|_| !finds(clause)) {
                reporter.origins.insert(violation.met_by.id);
                reporter.violations.push(violation.violation.clone());
                reporter.violations.sort_by_key(|violation| violation.clause.level());
                options.expectations.accept(reporter);
                // What settled an expectation stands.
                if reporter.verdict != Verdict::Skip {
                    reporter.verdict = reporter.verdict.max(verdict(reporter, options.strict));
                }
            }
        }
    }
    Ok((report, secrets))
}
