//! The verdict with its reason, and the figures of the run.

use crate::report::document::Document;
use crate::report::markup::Markup;
use crate::report::wording::{counted, duration, grouped};
use atlas_engine::run::verdict::Verdict;

use super::GROUPS;

pub(super) fn part(page: &mut Markup, document: &Document) {
    let word = match document.verdict {
        Verdict::Error if document.summary.errored == 0 => Verdict::Skip.word(),
        verdict => verdict.word(),
    };
    let class = format!("verdict {word}");
    page.element(
        "section",
        &[("id", "verdict"), ("class", &class), ("aria-labelledby", "verdict-title")],
        |page| {
            page.element("h1", &[("id", "verdict-title")], |page| {
                mark(page, document.verdict);
                page.text(&capitalized(&document.headline));
            });
            page.leaf("p", &[("class", "reason")], &document.reason);
            proportion(page, document);
            facts(page, document);
            for left in &document.left_behind {
                page.element("p", &[("class", "left")], |page| {
                    page.leaf("b", &[], "Not cleaned up: ").text(left);
                });
            }
        },
    )
    .line();
}

/// The symbol of a verdict; the word for it always stands beside it.
pub(super) fn mark(page: &mut Markup, verdict: Verdict) {
    let sign = match verdict {
        Verdict::Pass => "✓",
        Verdict::Skip => "–",
        Verdict::Known => "≈",
        Verdict::Warn => "!",
        Verdict::Error => "?",
        Verdict::Fail => "✕",
    };
    let class = format!("sign {}", verdict.word());
    page.leaf("span", &[("class", &class), ("aria-hidden", "true")], sign);
}

/// A bar as wide as the page, divided by the verdicts of the checks.
fn proportion(page: &mut Markup, document: &Document) {
    let total = document.checks.len();
    if total == 0 {
        return;
    }
    let words: Vec<_> = GROUPS
        .iter()
        .filter_map(|(verdict, _, title, _)| match document.ended(*verdict).count() {
            0 => None,
            count => Some(format!("{count} {}", title.to_lowercase())),
        })
        .collect();
    let label = format!("Of {total} checks: {}", words.join(", "));
    let view = format!("0 0 {total} 1");
    page.element(
        "svg",
        &[
            ("class", "proportion"),
            ("viewBox", &view),
            ("preserveAspectRatio", "none"),
            ("role", "img"),
            ("aria-label", &label),
        ],
        |page| {
            let mut from = 0;
            for (verdict, ..) in GROUPS {
                let count = document.ended(verdict).count();
                if count > 0 {
                    page.element(
                        "rect",
                        &[
                            ("class", verdict.word()),
                            ("x", &from.to_string()),
                            ("y", "0"),
                            ("width", &count.to_string()),
                            ("height", "1"),
                        ],
                        |_| {},
                    );
                }
                from += count;
            }
        },
    );
    let checks = counted(total, "check");
    page.leaf("p", &[("class", "counts")], &format!("{checks}: {}", words.join(" · ")));
}

fn facts(page: &mut Markup, document: &Document) {
    let requests = match document.rate_limited {
        0 => grouped(document.requests),
        limited => {
            format!("{}, {} of them answered 429", grouped(document.requests), grouped(limited))
        }
    };
    let facts = [
        ("Target", document.target.clone()),
        ("Began", document.started.replace('T', " ").replace(".000Z", " UTC").replace('Z', " UTC")),
        ("Took", duration(document.duration_ms)),
        ("Requests", requests),
        ("Seed", document.seed.to_string()),
    ];
    page.element("dl", &[("class", "facts")], |page| {
        for (name, value) in &facts {
            page.element("div", &[], |page| {
                page.leaf("dt", &[], name).leaf("dd", &[], value);
            });
        }
    });
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
