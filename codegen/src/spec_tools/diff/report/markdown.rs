//! Changes for a pull request.

use std::fmt::Write as _;

use super::data::Report;
use super::shown::shown;
use crate::spec_tools::diff::{Change, Touched};

/// The report as Markdown: a table for each operation.
pub fn markdown(report: &Report) -> String {
    let mut out = format!("`{}` → `{}`: {}.\n", report.old, report.new, report.summary());
    for changes in report.by_operation() {
        let Some((first, _)) = changes.first() else { continue };
        let (operation, endpoint) = (shown(&first.operation), shown(&first.endpoint));
        let _ = write!(out, "\n### {operation}\n\n`{endpoint}`\n\n");
        out.push_str(
            "| breaks | place | change | from → to | clauses |\n| --- | --- | --- | --- | --- |\n",
        );
        for (change, touched) in changes {
            row(&mut out, change, touched);
        }
    }
    out
}

fn row(out: &mut String, change: &Change, touched: &Touched) {
    let mut words = touched.clauses.clone();
    words.extend(touched.notes.iter().cloned());
    let breaks = if change.breaks.any() {
        format!("**{}**", change.breaks.word())
    } else {
        "nobody".to_owned()
    };
    let _ = writeln!(
        out,
        "| {breaks} | {} | {} | {} → {} | {} |",
        shown(&change.site),
        change.rule,
        cell(&change.old.short()),
        cell(&change.new.short()),
        words.join(", ")
    );
}

/// Code in a cell of a table; what is there already can't end either.
fn cell(text: &str) -> String {
    let text = shown(text.replace('|', "\\|").replace(['\n', '\r'], " "));
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
