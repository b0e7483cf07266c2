//! What was seen where the documentation leaves the answer open.

use crate::report::document::Document;
use crate::report::markup::Markup;
use crate::report::observed::{ObservedResponses, by_answer};

use super::clauses::clause_id;
use super::prose::prose;

pub(super) fn part(page: &mut Markup, document: &Document) {
    if document.observations.is_empty() {
        return;
    }
    page.element("section", &[("id", "observations"), ("aria-labelledby", "observations-title")], |page| {
        page.leaf("h2", &[("id", "observations-title")], "Observed");
        page.leaf("p", &[("class", "about")], "Where the documentation leaves the answer open, nothing is judged. This is what the target does.");
        page.element("table", &[], |page| {
            page.element("thead", &[], |page| {
                page.element("tr", &[], |page| {
                    for name in ["Clause", "Seen", "Asked"] {
                        page.leaf("th", &[("scope", "col")], name);
                    }
                });
            });
            for clause in by_answer(&document.observations) {
                page.element("tbody", &[], |page| answers(page, &clause)).line();
            }
        });
    }).line();
}

fn answers(page: &mut Markup, clause: &ObservedResponses<'_>) {
    for (at, (seen, questions)) in clause.answers.iter().enumerate() {
        page.element("tr", &[], |page| {
            if at == 0 {
                let rows = clause.answers.len().to_string();
                page.element("th", &[("scope", "rowgroup"), ("rowspan", &rows)], |page| {
                    let target = format!("#{}", clause_id(clause.clause));
                    page.element("a", &[("href", &target)], |page| {
                        page.leaf("code", &[], clause.clause);
                    });
                });
            }
            page.element("td", &[], |page| {
                page.leaf("code", &[], seen);
            });
            page.element("td", &[], |page| prose(page, &questions.join("; ")));
        });
    }
}
