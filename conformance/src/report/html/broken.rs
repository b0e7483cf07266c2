//! The clauses that are broken, with what they require, before any detail.

use crate::report::clause_state::{ClauseEntry, ClauseState};
use crate::report::document::Document;
use crate::report::markup::Markup;
use atlas_engine::run::verdict::Verdict;

use super::clauses::{check_id, clause_id};
use super::prose::prose;

/// The broken clauses of level must.
pub(super) fn clauses(document: &Document) -> impl Iterator<Item = &ClauseEntry> {
    document.clauses.iter().filter(|clause| clause.state == ClauseState::Fail)
}

pub(super) fn part(page: &mut Markup, document: &Document) {
    let count = clauses(document).count();
    if count == 0 {
        return;
    }
    page.element("section", &[("id", "broken"), ("aria-labelledby", "broken-title")], |page| {
        page.element("h2", &[("id", "broken-title")], |page| {
            page.text("Broken clauses ");
            page.leaf("span", &[("class", "count")], &count.to_string());
        });
        page.leaf(
            "p",
            &[("class", "about")],
            "What the documentation says, and the target does not do.",
        );
        page.element("ul", &[("class", "broken-clauses")], |page| {
            for clause in clauses(document) {
                page.element("li", &[], |page| entry(page, document, clause)).line();
            }
        });
    })
    .line();
}

fn entry(page: &mut Markup, document: &Document, clause: &ClauseEntry) {
    page.element("p", &[], |page| {
        page.element("a", &[("href", &format!("#{}", clause_id(clause.slug)))], |page| {
            page.leaf("code", &[], clause.slug);
        });
        page.leaf("span", &[("class", "source")], clause.source);
    });
    page.element("p", &[], |page| prose(page, clause.text));
    let failed = |id: &&&str| document.ended(Verdict::Fail).any(|check| check.id == **id);
    let shown: Vec<_> = clause.checks.iter().filter(failed).collect();
    if !shown.is_empty() {
        page.element("p", &[("class", "shown-by")], |page| {
            page.text("Shown by ");
            for (at, id) in shown.iter().enumerate() {
                if at > 0 {
                    page.text(", ");
                }
                page.element("a", &[("href", &format!("#{}", check_id(id)))], |page| {
                    page.leaf("code", &[], id);
                });
            }
        });
    }
}
