//! The checks of this process, run once for all its tests.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use atlas_conformance::embedded;
use atlas_conformance::report::document::Document;
use atlas_conformance::report::terminal::failure::plain;
use atlas_conformance::report::wording;
use atlas_engine::evidence::Redactor;
use atlas_engine::run::report::{CheckReport, RunReport};
use atlas_engine::run::verdict::Verdict;
use atlas_remove_role::checks::Check;
use atlas_remove_role::run::shard;

use crate::settings::Settings;
use crate::snapshots::Observed;

/// How a check ended, as its test tells it.
#[derive(Debug)]
pub(crate) enum Ending {
    /// It passed, perhaps with a remark.
    Passed { remark: String, observed: Vec<Observed> },
    /// It did not run.
    Skipped(String),
    /// It failed, or no verdict could be had.
    Failed(String),
}

/// The checks of this process.
pub(crate) struct Part {
    settings: Settings,
    selected: Vec<&'static Check>,
    endings: OnceLock<Result<BTreeMap<&'static str, Ending>, String>>,
}

impl Part {
    /// Nothing runs yet.
    pub(crate) const fn new(settings: Settings, selected: Vec<&'static Check>) -> Self {
        Self { settings, selected, endings: OnceLock::new() }
    }

    /// What the environment said.
    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How a check ended; the first that asks starts the run, the others wait for it.
    pub(crate) fn ending(&self, check: &Check) -> Result<&Ending, String> {
        let endings = self.endings.get_or_init(|| self.run()).as_ref().map_err(Clone::clone)?;
        endings.get(check.id).ok_or_else(|| format!("{} is not selected", check.id))
    }

    fn run(&self) -> Result<BTreeMap<&'static str, Ending>, String> {
        let (config, _server) = match &self.settings.config {
            Some(config) => (config.clone(), None),
            None => {
                let server = atlas_reference::start(atlas_reference::Options::default())
                    .map_err(|error| format!("can't start the reference server: {error}"))?;
                (embedded::config(server.url(), server.fixture()), Some(server))
            }
        };
        let redactor = Redactor::new(&config.secrets());
        let (run, secrets) = shard::run(&config, &self.selected, &self.settings.options)
            .map_err(|reason| format!("no verdict: {}", redactor.clean(&reason.to_string())))?;
        let redactor = Redactor::new(&secrets);
        let ending = |report| ending(report, &run, &redactor);
        Ok(run.checks.iter().map(|report| (report.check.id, ending(report))).collect())
    }
}

fn ending(report: &CheckReport, run: &RunReport, redactor: &Redactor) -> Ending {
    let message = || redactor.clean(&wording::message(report).unwrap_or_default());
    match report.verdict {
        Verdict::Skip => Ending::Skipped(message()),
        Verdict::Error => Ending::Failed(format!("no verdict: {}", message())),
        Verdict::Fail => Ending::Failed(failure(report, run, redactor)),
        Verdict::Warn | Verdict::Known | Verdict::Pass => {
            Ending::Passed { remark: remark(report, &message()), observed: observed(report, run) }
        }
    }
}

fn failure(report: &CheckReport, run: &RunReport, redactor: &Redactor) -> String {
    let document = Document::new(run, redactor);
    let entry = document.checks.iter().find(|entry| entry.id == report.check.id);
    match entry.filter(|_| !report.violations.is_empty()) {
        Some(entry) => plain(&document, entry),
        None => redactor.clean(&wording::message(report).unwrap_or_default()),
    }
}

fn remark(report: &CheckReport, message: &str) -> String {
    match report.verdict {
        Verdict::Warn => format!("warning: {}: {message}", report.check.id),
        Verdict::Known => {
            let clauses: Vec<_> = report
                .known
                .iter()
                .map(|known| format!("{} ({})", known.violation.clause, known.because))
                .collect();
            format!("known: {}: {}", report.check.id, clauses.join(", "))
        }
        _ => String::new(),
    }
}

fn observed(report: &CheckReport, run: &RunReport) -> Vec<Observed> {
    run.responses
        .samples()
        .filter(|(question, _)| question.check == report.check.id)
        .map(|(question, samples)| Observed {
            name: format!("{} {}", question.check, question.text),
            about: format!("{}: {}", question.clause, question.text),
            answers: samples.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n"),
        })
        .collect()
}
