//! One shard of a run, where other processes have the rest: `cargo nextest` gives each check a
//! process of its own.

use std::collections::{BTreeMap, BTreeSet};

use atlas_api::clauses::Clause;
use atlas_engine::run::report::{DeferredViolation, RunReport};
use atlas_engine::run::runner::Reporters;
use atlas_engine::run::verdict::Verdict;
use atlas_engine::secret::Secret;

use super::{Options, RunError};
use crate::checks::{self, Check};
use crate::config::Config;
use crate::needs::unmet;
use crate::users::capabilities::Capabilities;

/// Runs these checks as one shard of the whole catalogue.
///
/// A violation that a check meets on its way is left to the check that is for its clause, which
/// runs deferred. So that none is lost, that check is run here too. Where it does not find the
/// breach by itself, the first check of the catalogue that does stands in for it: every process
/// comes to the same answer, so one defect fails one check.
///
/// # Errors
/// As [`super::run`].
pub fn run(
    config: &Config,
    selected: &[&'static Check],
    options: &Options,
) -> Result<(RunReport, Vec<Secret>), RunError> {
    let options = Options { reporters: Reporters::All, ..options.clone() };
    let (mut report, secrets) = super::run(config, selected, &options, &mut |_| {})?;
    let deferred = std::mem::take(&mut report.deferred);
    let mut others = Others { config, options: &options, found: BTreeMap::new(), secrets };
    let mut reported: BTreeSet<Clause> = BTreeSet::new();
    // In the order of the catalogue, so that the first that met a breach is asked for it.
    for deferred in deferred {
        let clause = deferred.violation.clause;
        if reported.insert(clause) && !others.report(&deferred, selected)? {
            stand_in(&mut report, deferred, &options);
        }
    }
    Ok((report, others.secrets))
}

/// Lets the check that met a violation report it.
fn stand_in(report: &mut RunReport, deferred: DeferredViolation, options: &Options) {
    let met_by = deferred.met_by.id;
    let Some(reporter) = report.checks.iter_mut().find(|check| check.check.id == met_by) else {
        return;
    };
    reporter.origins.insert(met_by);
    reporter.violations.push(deferred.violation);
    reporter.violations.sort_by_key(|violation| violation.clause.level());
    options.expectations.accept(reporter);
    // What settled an expectation stands.
    if reporter.verdict != Verdict::Skip {
        reporter.verdict = reporter.verdict.max(reporter.draw_verdict(options.strict));
    }
}

/// The checks of other processes, each run here where it has to be known what it finds alone.
struct Others<'a> {
    config: &'a Config,
    options: &'a Options,
    found: BTreeMap<&'static str, BTreeSet<Clause>>,
    secrets: Vec<Secret>,
}

impl Others<'_> {
    /// Whether another process reports this breach: that of the check that is for its clause, or
    /// else that of a check that comes before the one that met it.
    fn report(
        &mut self,
        deferred: &DeferredViolation,
        here: &[&'static Check],
    ) -> Result<bool, RunError> {
        let clause = deferred.violation.clause;
        let owner = checks::all().find(|check| check.id == deferred.owner.id);
        if let Some(owner) = owner
            && self.finds(owner, clause)?
        {
            return Ok(true);
        }
        let capabilities = Capabilities::new(self.config);
        let before = checks::all().take_while(|check| check.id != deferred.met_by.id);
        for check in before.filter(|check| here.iter().all(|here| here.id != check.id)) {
            if unmet(self.config, &capabilities, check.needs).is_none()
                && self.finds(check, clause)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn finds(&mut self, check: &'static Check, clause: Clause) -> Result<bool, RunError> {
        if let Some(found) = self.found.get(check.id) {
            return Ok(found.contains(&clause));
        }
        let (alone, secrets) = super::run(self.config, &[check], self.options, &mut |_| {})?;
        self.secrets.extend(secrets);
        let own = alone.checks.iter().flat_map(|check| &check.violations);
        let known =
            alone.checks.iter().flat_map(|check| &check.known).map(|known| &known.violation);
        let met = alone.deferred.iter().map(|deferred| &deferred.violation);
        let all = own.chain(known).chain(met);
        let found: BTreeSet<Clause> = all.map(|violation| violation.clause).collect();
        let finds = found.contains(&clause);
        self.found.insert(check.id, found);
        Ok(finds)
    }
}
