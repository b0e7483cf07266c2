//! The clauses: a map of them by section, and each with its text and its checks.

use crate::report::clause_state::{ClauseEntry, ClauseState};
use crate::report::document::Document;
use crate::report::markup::Markup;

use super::prose::prose;
use super::verdict::mark;

/// The map: a tile for each clause.
pub(super) fn map(page: &mut Markup, document: &Document) {
    page.element("section", &[("id", "map"), ("aria-labelledby", "map-title")], |page| {
        page.element("h2", &[("id", "map-title")], |page| {
            let count = document.clauses.len().to_string();
            page.text("Clauses ").leaf("span", &[("class", "count")], &count);
        });
        page.element("ul", &[("class", "legend")], |page| {
            for state in ClauseState::ALL {
                let count = document.clauses.iter().filter(|clause| clause.state == state).count();
                if count > 0 {
                    page.element("li", &[], |page| {
                        sign(page, state);
                        page.leaf("b", &[], &count.to_string()).text(" ").text(state.words());
                    });
                }
            }
        })
        .line();
        page.element("div", &[("class", "map")], |page| {
            for section in document.clauses.chunk_by(|one, next| one.section == next.section) {
                let id = format!("map-{}", section[0].section);
                page.leaf("h3", &[("id", &id)], section[0].section);
                page.element("ul", &[("aria-labelledby", &id)], |page| {
                    for clause in section {
                        tile(page, clause);
                    }
                })
                .line();
            }
        });
    })
    .line();
}

fn tile(page: &mut Markup, clause: &ClauseEntry) {
    let topic = clause.slug.split_once('.').map_or(clause.slug, |(_, topic)| topic);
    let class = format!("tile {}", class(clause.state));
    let target = format!("#{}", clause_id(clause.slug));
    page.element("li", &[], |page| {
        page.element(
            "a",
            &[("class", &class), ("href", &target), ("title", clause.text)],
            |page| {
                sign(page, clause.state);
                page.text(topic);
                let spoken = format!(": {}, level {}", clause.state.words(), clause.level);
                page.leaf("span", &[("class", "unseen")], &spoken);
            },
        );
    });
}

pub(super) fn every(page: &mut Markup, document: &Document) {
    page.element("section", &[("id", "clauses"), ("aria-labelledby", "clauses-title")], |page| {
        page.leaf("h2", &[("id", "clauses-title")], "Every clause");
        page.leaf(
            "p",
            &[("class", "about")],
            "Must: the documentation says it. Should: it follows from it, from HTTP or from plain safety. May: it is left open.",
        );
        for section in document.clauses.chunk_by(|one, next| one.section == next.section) {
            page.leaf("h3", &[], section[0].section).line();
            for clause in section {
                clause_entry(page, document, clause);
            }
        }
    }).line();
}

fn clause_entry(page: &mut Markup, document: &Document, clause: &ClauseEntry) {
    let class = format!("clause {}", class(clause.state));
    page.element("details", &[("class", &class)], |page| {
        page.element("summary", &[("id", &clause_id(clause.slug))], |page| {
            sign(page, clause.state);
            page.leaf("code", &[], clause.slug);
            page.leaf("span", &[("class", "level")], &clause.level);
            page.leaf("span", &[("class", "state")], clause.state.words());
        });
        page.element("div", &[("class", "inside")], |page| {
            page.element("p", &[], |page| prose(page, clause.text));
            page.leaf("p", &[("class", "source")], &format!("Source: {}", clause.source));
            if let Some(because) = &clause.because {
                page.element("p", &[("class", "because")], |page| {
                    page.text(clause.state.words()).text(": ");
                    prose(page, because);
                });
            }
            if clause.state == ClauseState::Observed {
                page.element("p", &[], |page| {
                    page.leaf("a", &[("href", "#observations")], "What was observed");
                });
            }
            if !clause.checks.is_empty() {
                page.element("ul", &[("class", "checks")], |page| {
                    for id in &clause.checks {
                        page.element("li", &[], |page| link_to_check(page, document, id));
                    }
                });
            }
        });
    })
    .line();
}

fn link_to_check(page: &mut Markup, document: &Document, id: &'static str) {
    match document.checks.iter().find(|check| check.id == id) {
        Some(check) => {
            mark(page, check.verdict);
            let target = format!("#{}", check_id(id));
            page.element("a", &[("href", &target)], |page| {
                page.leaf("code", &[], id);
            });
            page.text(" ").text(check.verdict.word());
        }
        None => {
            page.leaf("code", &[], id).text(" was not selected");
        }
    }
}

/// The id of a clause's line. The line can be focused, so that a link to it moves the focus too.
pub(super) fn clause_id(slug: &str) -> String {
    format!("clause-{}", slug.replace('.', "-"))
}

/// The id of a check's line.
pub(super) fn check_id(id: &str) -> String {
    format!("check-{}", id.replace('/', "-"))
}

fn sign(page: &mut Markup, state: ClauseState) {
    let sign = match state {
        ClauseState::Fail => "✕",
        ClauseState::Warn => "!",
        ClauseState::Known => "≈",
        ClauseState::Pass => "✓",
        ClauseState::Observed => "◉",
        ClauseState::Skipped => "–",
        ClauseState::NotJudged => "○",
    };
    let class = format!("sign {}", class(state));
    page.leaf("span", &[("class", &class), ("aria-hidden", "true")], sign);
}

const fn class(state: ClauseState) -> &'static str {
    match state {
        ClauseState::Fail => "fail",
        ClauseState::Warn => "warn",
        ClauseState::Known => "known",
        ClauseState::Pass => "pass",
        ClauseState::Observed => "observed",
        ClauseState::Skipped => "skip",
        ClauseState::NotJudged => "unjudged",
    }
}
