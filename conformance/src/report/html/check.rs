//! One check: a summary line and its details.

use crate::report::difference::{Piece, tail, words};
use crate::report::document::{CheckEntry, Document};
use crate::report::markup::Markup;
use crate::report::wording::{counted, duration, grouped};
use atlas_engine::evidence::Shown;
use atlas_engine::run::verdict::Verdict;

use super::clauses::{check_id, clause_id};
use super::exchange;
use super::prose::prose;
use super::verdict::mark;

/// A check, folded unless `open`.
pub(super) fn entry(page: &mut Markup, document: &Document, check: &CheckEntry, open: bool) {
    let id = check_id(check.id);
    let class = format!("check {}", check.verdict.word());
    let mut attributes = vec![("class", class.as_str())];
    if open {
        attributes.push(("open", ""));
    }
    page.element("details", &attributes, |page| {
        page.element("summary", &[("id", &id)], |page| summary(page, check));
        page.element("div", &[("class", "inside")], |page| {
            if check.expected.is_some() {
                failure(page, document, check);
            } else if let Some(message) = &check.message {
                page.element("p", &[("class", "because")], |page| prose(page, message));
            }
            tested(page, check);
        });
    })
    .line();
}

fn summary(page: &mut Markup, check: &CheckEntry) {
    mark(page, check.verdict);
    page.leaf("span", &[("class", "unseen")], &format!("{}: ", check.verdict.word()));
    page.leaf("code", &[("class", "id")], check.id);
    page.element("span", &[("class", "title")], |page| prose(page, check.title));
    let outcome = match (&check.expected, &check.received, &check.message) {
        (Some(expected), Some(received), _) => {
            Some(format!("{}: expected {expected}; received {received}", check.main_clause()))
        }
        (.., message) => message.clone(),
    };
    if let Some(outcome) = outcome {
        page.element("span", &[("class", "told")], |page| prose(page, &outcome));
    }
    if check.verdict == Verdict::Skip {
        return;
    }
    let effort = format!("{} req · {}", grouped(check.requests), duration(check.duration_ms));
    let spoken = format!("{} requests in {}", grouped(check.requests), duration(check.duration_ms));
    page.leaf("span", &[("class", "effort"), ("title", &spoken)], &effort);
}

fn tested(page: &mut Markup, check: &CheckEntry) {
    page.element("p", &[("class", "tested")], |page| {
        page.text("Tests ");
        for (at, slug) in check.clauses.iter().enumerate() {
            if at > 0 {
                page.text(", ");
            }
            link_to_clause(page, slug);
        }
        if check.verdict == Verdict::Skip {
            return;
        }
        let requests = counted(usize::try_from(check.requests).unwrap_or(usize::MAX), "request");
        page.text(&format!(" · {requests} in {}", duration(check.duration_ms)));
    });
}

fn link_to_clause(page: &mut Markup, slug: &str) {
    page.element("a", &[("href", &format!("#{}", clause_id(slug)))], |page| {
        page.leaf("code", &[], slug);
    });
}

fn failure(page: &mut Markup, document: &Document, check: &CheckEntry) {
    let expected = check.expected.as_deref().unwrap_or_default();
    let received = check.received.as_deref().unwrap_or_default();
    violation(page, document, check.main_clause(), expected, received);
    for (about, text) in [
        ("Set up", check.set_up.clone()),
        ("When", (!check.when.is_empty()).then(|| check.when.join(", "))),
        ("Repair", check.repair.map(str::to_owned)),
        ("Also met by", (!check.met_by.is_empty()).then(|| check.met_by.join(", "))),
    ] {
        if let Some(text) = text {
            page.leaf("p", &[("class", "about")], &format!("{about}: {text}"));
        }
    }
    exchanges(page, &check.exchanges, check.exchanges_left_out);
    if let Some(repeat) = &check.repeat {
        page.element("div", &[("class", "again")], |page| {
            page.leaf("h4", &[], "See it again");
            match (&repeat.curl, repeat.script.as_slice()) {
                (Some(curl), []) => command(page, "The request, with curl", curl),
                (_, []) => {}
                (_, script) => command(page, "All that led there, with curl", &script.join("\n")),
            }
            command(page, "This check alone, with the same seed", &repeat.command);
        });
    }
    if !check.further.is_empty() {
        let more = check.further.len() + check.further_left_out;
        page.element("details", &[("class", "further")], |page| {
            page.leaf(
                "summary",
                &[],
                &format!(
                    "{} of this check; broken: {}",
                    counted(more, "more violation"),
                    check.broken.join(", ")
                ),
            );
            for further in &check.further {
                page.element("div", &[("class", "one")], |page| {
                    violation(page, document, further.clause, &further.expected, &further.received);
                    exchanges(page, &further.exchanges, 0);
                    if let Some(curl) = &further.curl {
                        command(page, "The request, with curl", curl);
                    }
                });
            }
            if check.further_left_out > 0 {
                let text =
                    format!("{} not shown.", counted(check.further_left_out, "further violation"));
                page.leaf("p", &[("class", "about")], &text);
            }
        });
    }
}

fn violation(page: &mut Markup, document: &Document, slug: &str, expected: &str, received: &str) {
    if let Some(clause) = document.clause(slug) {
        page.element("div", &[("class", "cited")], |page| {
            page.element("p", &[], |page| {
                link_to_clause(page, slug);
                page.leaf("span", &[("class", "level")], &clause.level);
                page.leaf("span", &[("class", "source")], clause.source);
            });
            page.element("blockquote", &[], |page| prose(page, clause.text));
        });
    }
    let ((before_expected, expected), (before_received, received)) =
        (tail(expected), tail(received));
    let (left, right) = words(expected, received);
    page.element("dl", &[("class", "compared")], |page| {
        for (name, before, pieces) in
            [("Expected", before_expected, left), ("Received", before_received, right)]
        {
            page.element("div", &[], |page| {
                page.leaf("dt", &[], name);
                page.element("dd", &[], |page| {
                    page.text(before);
                    marked(page, &pieces);
                });
            });
        }
    });
}

/// A text with its differences marked, if both texts share enough to make that useful.
fn marked(page: &mut Markup, pieces: &[Piece<'_>]) {
    let wordly = |piece: &&Piece<'_>| piece.text.chars().any(char::is_alphanumeric);
    let all = pieces.iter().filter(wordly).count();
    let shared = pieces.iter().filter(wordly).filter(|piece| piece.shared).count();
    let telling = shared * 3 >= all && shared > 0;
    for run in pieces.chunk_by(|one, next| one.shared == next.shared) {
        let text: String = run.iter().map(|piece| piece.text).collect();
        if run[0].shared || !telling || text.trim().is_empty() {
            prose(page, &text);
        } else {
            page.leaf("mark", &[], &text);
        }
    }
}

fn exchanges(page: &mut Markup, exchanges: &[Shown], left_out: usize) {
    if exchanges.is_empty() {
        return;
    }
    page.element("div", &[("class", "exchanges")], |page| {
        if left_out > 0 {
            page.leaf(
                "p",
                &[("class", "about")],
                &format!("{} not shown.", counted(left_out, "earlier exchange")),
            );
        }
        for (at, shown) in exchanges.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &exchanges[before]);
            exchange::entry(page, shown, before, (at + 1, exchanges.len()));
        }
    });
}

/// A command to copy. The script adds the button, which would do nothing without it.
fn command(page: &mut Markup, about: &str, text: &str) {
    page.element("div", &[("class", "command")], |page| {
        page.leaf("p", &[], about);
        page.element("pre", &[("tabindex", "0"), ("aria-label", about)], |page| {
            page.leaf("code", &[], text);
        });
    });
}
