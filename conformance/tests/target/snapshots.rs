//! What a target answers where the documentation leaves it open, as snapshots in a folder of its
//! keeper's: a change, though legal, is seen and reviewed.

use std::panic::catch_unwind;
use std::path::Path;

/// The answers to one question.
#[derive(Debug)]
pub(crate) struct Observed {
    /// Check and question, which make the name of the file.
    pub(crate) name: String,
    /// Clause and question.
    pub(crate) about: String,
    /// The different answers, ids, names and times taken out.
    pub(crate) answers: String,
}

/// Holds what was observed against the snapshots of the folder.
pub(crate) fn hold(folder: &Path, observed: &[Observed]) -> Result<(), String> {
    // Each question is looked at, so that one review shows every change.
    let changed: Vec<_> = observed.iter().filter(|observed| !is_kept(folder, observed)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let questions: Vec<_> = changed.iter().map(|observed| observed.about.as_str()).collect();
    Err(format!(
        "the answers are legal, and new or changed: {}; review them with \
         `cargo insta review --workspace-root {}`",
        questions.join("; "),
        folder.display()
    ))
}

fn is_kept(folder: &Path, observed: &Observed) -> bool {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(observed.about.as_str());
    let assertion = || {
        settings.bind(|| insta::assert_snapshot!(file_name(&observed.name), observed.answers));
    };
    catch_unwind(std::panic::AssertUnwindSafe(assertion)).is_ok()
}

/// Letters, digits and dots, the rest as dashes.
fn file_name(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            name.push(c.to_ascii_lowercase());
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_matches('-').to_owned()
}
