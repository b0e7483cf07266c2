//! Annotations for GitHub Actions, and the summary on the job's page.

use std::fmt::Write as _;
use std::hash::{BuildHasher, Hasher, RandomState};

use crate::report::document::{CheckEntry, Document};
use crate::report::wording;
use atlas_engine::run::verdict::Verdict;

/// The maximum number of annotations of one level that GitHub shows for a step.
const SHOWN: usize = 10;

/// A word that makes the runner read no commands until it comes again, so that nothing that a
/// target sends is taken for one. Nobody can guess it.
pub fn silencer() -> String {
    // Each state has keys of its own from the system's source of randomness.
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// The line that stops commands.
pub fn stop(silencer: &str) -> String {
    format!("::stop-commands::{silencer}")
}

/// The line that lets them through again.
pub fn resume(silencer: &str) -> String {
    format!("::{silencer}::")
}

/// An annotation for each failure, warning and missing verdict, as far as GitHub shows them.
pub fn annotations(document: &Document) -> String {
    let mut text = String::new();
    for (verdict, command) in
        [(Verdict::Fail, "error"), (Verdict::Error, "error"), (Verdict::Warn, "warning")]
    {
        let checks: Vec<_> = document.ended(verdict).collect();
        let shown = if checks.len() > SHOWN { SHOWN - 1 } else { checks.len() };
        for check in &checks[..shown] {
            text += &annotation(command, check.id, &message(check));
        }
        if checks.len() > shown {
            let more = wording::counted(checks.len() - shown, "more check");
            let ids: Vec<_> = checks[shown..].iter().map(|check| check.id).collect();
            text += &annotation(command, &more, &ids.join(", "));
        }
    }
    text
}

fn message(check: &CheckEntry) -> String {
    let mut text = check.title.to_owned();
    if let Some(message) = &check.message {
        let _ = write!(text, "\n{message}");
    }
    if let Some(repeat) = &check.repeat {
        let _ = write!(text, "\nrepeat: {}", repeat.command);
    }
    text
}

fn annotation(command: &str, title: &str, message: &str) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let title = data(title).replace(':', "%3A").replace(',', "%2C");
    format!("::{command} title={title}::{}\n", data(message))
}
