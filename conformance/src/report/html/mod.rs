//! The report as one page: self-contained, without network, usable without its script. This module
//! writes the head with a content security policy, the landmarks and the parts in their order.

mod broken;
mod check;
mod clauses;
mod exchange;
mod observations;
mod plot;
mod prose;
mod reading;
mod verdict;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::report::document::Document;
use crate::report::markup::Markup;
use atlas_engine::run::verdict::Verdict;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A group of checks: its verdict, id, heading and description.
type Group = (Verdict, &'static str, &'static str, &'static str);

/// The groups of checks, the most severe first.
const GROUPS: [Group; 6] = [
    (Verdict::Fail, "failed", "Failed", "Each breaks a clause of the documentation."),
    (
        Verdict::Warn,
        "warned",
        "Warned",
        "A clause of level should is broken; the run doesn’t fail for it.",
    ),
    (
        Verdict::Error,
        "errored",
        "Without a verdict",
        "The set-up of these checks failed, or no response came.",
    ),
    (
        Verdict::Known,
        "known",
        "Known deviations",
        "Each breaks a clause, as the expectations say that this target does.",
    ),
    (Verdict::Skip, "skipped", "Skipped", "These need what the configuration doesn’t give."),
    (Verdict::Pass, "passed", "Passed", "Nothing was wrong."),
];

pub fn render(document: &Document) -> String {
    let mut page = Markup::starting_with("<!doctype html>\n");
    page.element("html", &[("lang", "en")], |page| {
        page.element("head", &[], |page| head(page, document)).line();
        page.element("body", &[], |page| {
            page.leaf("a", &[("class", "past"), ("href", "#main")], "Skip to the report").line();
            bar(page, document);
            page.element("div", &[("class", "frame")], |page| {
                navigation(page, document);
                page.element("main", &[("id", "main"), ("tabindex", "-1")], |page| {
                    parts(page, document);
                });
            });
            footer(page, document);
            page.element("script", &[], |page| {
                page.literal(SCRIPT);
            });
        });
    });
    page.line();
    page.finish()
}

fn head(page: &mut Markup, document: &Document) {
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    page.void("meta", &[("charset", "utf-8")]);
    page.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
    page.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
    page.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    page.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
    // Without one a browser asks the server for it.
    page.void("link", &[("rel", "icon"), ("href", "data:,")]);
    let title = format!("{} · {} · removeRole", document.headline, document.target);
    page.leaf("title", &[], &title);
    page.element("style", &[], |page| {
        page.literal(STYLE);
    });
}

/// The one source that the policy allows.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

fn bar(page: &mut Markup, document: &Document) {
    page.element("header", &[("class", "bar")], |page| {
        page.element("p", &[("class", "brand")], |page| {
            page.leaf("b", &[], document.tool.name).text(" removeRole");
        });
        // The script shows these: without it they would do nothing.
        page.element("div", &[("class", "tools"), ("role", "search"), ("hidden", "")], |page| {
            page.leaf("label", &[("for", "filter"), ("class", "unseen")], "Filter the checks");
            page.void(
                "input",
                &[
                    ("id", "filter"),
                    ("type", "search"),
                    ("placeholder", "Filter: check, clause, status, role …"),
                    ("autocomplete", "off"),
                    ("spellcheck", "false"),
                ],
            );
            page.element(
                "div",
                &[("class", "chips"), ("role", "group"), ("aria-label", "Show")],
                |page| {
                    for (verdict, group, title, _) in GROUPS {
                        let count = document.ended(verdict).count();
                        if count > 0 {
                            let class = format!("chip {}", verdict.word());
                            page.element(
                                "button",
                                &[
                                    ("type", "button"),
                                    ("class", &class),
                                    ("data-group", group),
                                    ("aria-pressed", "true"),
                                ],
                                |page| {
                                    page.text(title).text(" ").leaf("b", &[], &count.to_string());
                                },
                            );
                        }
                    }
                },
            );
            page.leaf("button", &[("type", "button"), ("id", "open")], "Expand all");
            page.leaf("button", &[("type", "button"), ("id", "close")], "Collapse all");
            page.leaf("button", &[("type", "button"), ("id", "theme")], "Theme: system");
            page.leaf("p", &[("class", "unseen"), ("id", "said"), ("role", "status")], "");
        });
    })
    .line();
}

fn navigation(page: &mut Markup, document: &Document) {
    page.element("nav", &[("aria-label", "Parts of the report")], |page| {
        page.element("ul", &[], |page| {
            let mut entry = |target: &str, text: &str, count: Option<usize>| {
                page.element("li", &[], |page| {
                    page.element("a", &[("href", target)], |page| {
                        page.text(text);
                        if let Some(count) = count {
                            page.text(" ").leaf("span", &[("class", "count")], &count.to_string());
                        }
                    });
                });
            };
            entry("#verdict", "Verdict", None);
            let broken = broken::clauses(document).count();
            if broken > 0 {
                entry("#broken", "Broken clauses", Some(broken));
            }
            entry("#map", "Clauses", None);
            for (verdict, group, title, _) in GROUPS {
                if verdict == Verdict::Pass {
                    entry("#traffic", "Traffic", None);
                    if !document.observations.is_empty() {
                        entry("#observations", "Observed", None);
                    }
                }
                let count = document.ended(verdict).count();
                if count > 0 {
                    entry(&format!("#{group}"), title, Some(count));
                }
            }
            entry("#clauses", "Every clause", Some(document.clauses.len()));
        });
    })
    .line();
}

fn parts(page: &mut Markup, document: &Document) {
    verdict::part(page, document);
    broken::part(page, document);
    clauses::map(page, document);
    let (passed, others) = GROUPS.split_last().expect("there are groups");
    page.leaf("p", &[("id", "nothing"), ("hidden", "")], "No check matches the filter.").line();
    for group in others {
        checks(page, document, group);
    }
    plot::part(page, document);
    observations::part(page, document);
    // Long and of least interest.
    checks(page, document, passed);
    clauses::every(page, document);
}

fn checks(page: &mut Markup, document: &Document, &(verdict, group, title, about): &Group) {
    let checks: Vec<_> = document.ended(verdict).collect();
    if checks.is_empty() {
        return;
    }
    let heading = format!("{group}-title");
    let attributes = [("id", group), ("class", "group"), ("aria-labelledby", &heading)];
    page.element("section", &attributes, |page| {
        page.element("h2", &[("id", &heading)], |page| {
            page.text(title).text(" ");
            page.leaf("span", &[("class", "count")], &checks.len().to_string());
        });
        page.leaf("p", &[("class", "about")], about).line();
        for (at, check) in checks.iter().enumerate() {
            // A long list of open failures hides all but the first.
            let open = verdict == Verdict::Fail && (at == 0 || checks.len() <= 2);
            check::entry(page, document, check, open);
        }
    })
    .line();
}

fn footer(page: &mut Markup, document: &Document) {
    page.element("footer", &[], |page| {
        let text = format!(
            "{} {}. Credentials are left out. What the target sent is shown as text; control characters and marks of direction as \u{fffd}.",
            document.tool.name, document.tool.version
        );
        page.leaf("p", &[], &text);
    }).line();
}
