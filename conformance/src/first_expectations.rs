//! The first file of expectations, from a run.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use atlas_api::clauses::Clause;

use atlas_engine::evidence::Redactor;
use atlas_engine::expectations::UNEXPLAINED;
use atlas_engine::judge::violation::Violation;
use atlas_engine::run::report::RunReport;

/// How much of a finding is repeated in a comment.
const SHOWN: usize = 120;

/// A file that accepts what this run found, an entry for each broken clause, with the reasons to
/// be filled in; `None` where nothing deviates.
pub fn first_file(run: &RunReport, redactor: &Redactor) -> Option<String> {
    let mut broken: BTreeMap<Clause, (Vec<&'static str>, &Violation)> = BTreeMap::new();
    for report in &run.checks {
        for violation in &report.violations {
            let (checks, _) =
                broken.entry(violation.clause).or_insert_with(|| (Vec::new(), violation));
            if !checks.contains(&report.check.id) {
                checks.push(report.check.id);
            }
        }
    }
    if broken.is_empty() {
        return None;
    }
    let mut text = "# Known deviations of one target. Say in each `because` why it is accepted;\n\
                    # `see` (a link) and `until` (a date) are optional.\n"
        .to_owned();
    for (clause, (checks, violation)) in broken {
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "\n# {}: {}\n# expected {}\n# received {}\n[[expect]]\nclause = \"{clause}\"\nbecause = \"{UNEXPLAINED}\"\n",
            clause.level(),
            checks.join(", "),
            line(&violation.expected, redactor),
            line(&violation.received, redactor),
        );
    }
    Some(text)
}

/// A text as one line of a comment.
fn line(text: &str, redactor: &Redactor) -> String {
    let text = redactor.clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
