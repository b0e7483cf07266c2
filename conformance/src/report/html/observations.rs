//! What was seen where the documentation leaves the answer open.

use crate::report::document::Document;
use crate::report::markup::Markup;

use super::clauses::clause_id;

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
                    for name in ["Clause", "Asked", "Seen"] {
                        page.leaf("th", &[("scope", "col")], name);
                    }
                });
            });
            for of_clause in document.observations.chunk_by(|one, next| one.clause == next.clause) {
                page.element("tbody", &[], |page| {
                    for (at, seen) in of_clause.iter().enumerate() {
                        page.element("tr", &[], |page| {
                            if at == 0 {
                                let rows = of_clause.len().to_string();
                                page.element("th", &[("scope", "rowgroup"), ("rowspan", &rows)], |page| {
                                    let target = format!("#{}", clause_id(seen.clause));
                                    page.element("a", &[("href", &target)], |page| {
                                        page.leaf("code", &[], seen.clause);
                                    });
                                });
                            }
                            page.leaf("td", &[], &seen.question);
                            page.element("td", &[], |page| {
                                page.leaf("code", &[], &seen.seen);
                            });
                        });
                    }
                }).line();
            }
        });
    }).line();
}
