//! Markdown for a job's page, an issue or a review: the failures and the observations.

use std::fmt::Write as _;

use crate::report::clause_state::ClauseState;
use crate::report::document::{CheckEntry, Document};
use crate::report::observed::by_answer;
use crate::report::wording::{counted, duration, grouped};
use atlas_engine::evidence::Shown;
use atlas_engine::run::verdict::Verdict;

/// The maximum number of failures in full: a job's page holds a million bytes.
const IN_FULL: usize = 20;

/// The longest body that is shown, in characters.
const BODY_SHOWN: usize = 800;

pub fn render(document: &Document) -> String {
    let mut out = String::new();
    head(&mut out, document);
    let failed: Vec<_> = document.ended(Verdict::Fail).collect();
    let warned: Vec<_> = document.ended(Verdict::Warn).collect();
    for (title, checks) in [("Broken", &failed), ("Warnings", &warned)] {
        if checks.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n## {title}\n");
        overview(&mut out, document, checks);
        for check in checks.iter().take(IN_FULL) {
            failure(&mut out, document, check);
        }
        if checks.len() > IN_FULL {
            let more = counted(checks.len() - IN_FULL, "more check");
            let _ = writeln!(out, "\nThe table above also lists {more}.");
        }
    }
    reasons(&mut out, "Without a verdict", document.ended(Verdict::Error));
    reasons(&mut out, "Known deviations", document.ended(Verdict::Known));
    reasons(&mut out, "Skipped", document.ended(Verdict::Skip));
    clauses(&mut out, document);
    observations(&mut out, document);
    for left in &document.left_behind {
        let _ = writeln!(out, "\nNot cleaned up: {}", inline(left));
    }
    out
}

fn head(out: &mut String, document: &Document) {
    let mark = match document.verdict {
        Verdict::Fail => "❌",
        Verdict::Error => "❔",
        _ => "✅",
    };
    let _ = writeln!(out, "# {mark} removeRole: {}\n", document.headline);
    let _ = writeln!(out, "{}\n", inline(&document.reason));
    let summary = document.summary;
    let _ = writeln!(
        out,
        "| passed | failed | warned | known | skipped | no verdict |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: |\n\
         | {} | {} | {} | {} | {} | {} |\n",
        summary.passed,
        summary.failed,
        summary.warned,
        summary.known,
        summary.skipped,
        summary.errored
    );
    let _ = writeln!(
        out,
        "Target {}, {} requests in {}, seed {}.",
        code(&document.target),
        grouped(document.requests),
        duration(document.duration_ms),
        document.seed
    );
}

fn overview(out: &mut String, document: &Document, checks: &[&CheckEntry]) {
    let _ = writeln!(
        out,
        "| check | clause | level | expected | received |\n| --- | --- | --- | --- | --- |"
    );
    for check in checks {
        let clause = check.main_clause();
        let level = document.clause(clause).map_or("", |entry| entry.level.as_str());
        let _ = writeln!(
            out,
            "| {} | {clause} | {level} | {} | {} |",
            code(check.id),
            inline(check.expected.as_deref().unwrap_or_default()),
            inline(check.received.as_deref().unwrap_or_default()),
        );
    }
}

fn failure(out: &mut String, document: &Document, check: &CheckEntry) {
    let _ = writeln!(
        out,
        "\n<details><summary>{} <b>{}</b></summary>\n",
        html(check.id),
        html(check.title)
    );
    if let Some(clause) = document.clause(check.main_clause()) {
        let _ = writeln!(
            out,
            "> **{}** ({}): {}\n>\n> Source: {}\n",
            clause.slug,
            clause.level,
            inline(clause.text),
            inline(clause.source)
        );
    }
    if let (None, Some(message)) = (&check.expected, &check.message) {
        let _ = writeln!(out, "- {}", inline(message));
    }
    for (word, text) in [("Expected", &check.expected), ("Received", &check.received)] {
        if let Some(text) = text {
            let _ = writeln!(out, "- {word}: {}", code(text));
        }
    }
    if let Some(set_up) = &check.set_up {
        let _ = writeln!(out, "- Set up: {}", inline(set_up));
    }
    if !check.when.is_empty() {
        let _ = writeln!(out, "- When: {}", inline(&check.when.join(", ")));
    }
    if let Some(repair) = check.repair {
        let _ = writeln!(out, "- Repair: {}", inline(repair));
    }
    if check.broken.len() > 1 {
        let _ = writeln!(out, "- Broken clauses: {}", check.broken.join(", "));
    }
    if let Some(shown) = check.exchanges.last() {
        let _ = writeln!(out, "\n{}", fenced("http", &exchange(shown)));
    }
    if let Some(repeat) = &check.repeat {
        let script = if repeat.script.is_empty() { repeat.curl.as_slice() } else { &repeat.script };
        let commands = script.iter().chain([&repeat.command]);
        let commands: Vec<_> = commands.map(String::as_str).collect();
        let _ = writeln!(out, "\n{}", fenced("sh", &commands.join("\n")));
    }
    let _ = writeln!(out, "\n</details>");
}

fn exchange(shown: &Shown) -> String {
    let request = &shown.request;
    let mut text = format!("{} {}\n", request.method, request.url);
    message(&mut text, &request.headers, &request.body);
    match &shown.response {
        Some(response) => {
            let _ = writeln!(text, "\nHTTP/1.1 {}", response.status);
            message(&mut text, &response.headers, &response.body);
        }
        None => {
            let _ = writeln!(text, "\n{}", shown.error.as_deref().unwrap_or("no answer"));
        }
    }
    text
}

fn message(text: &mut String, headers: &[(String, String)], body: &str) {
    for (name, value) in headers {
        let _ = writeln!(text, "{name}: {value}");
    }
    if !body.is_empty() {
        let cut: String = body.chars().take(BODY_SHOWN).collect();
        let dots = if cut.len() < body.len() { "…" } else { "" };
        let _ = writeln!(text, "\n{cut}{dots}");
    }
}

fn reasons<'a>(out: &mut String, title: &str, checks: impl Iterator<Item = &'a CheckEntry>) {
    let checks: Vec<_> = checks.collect();
    if checks.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {title}\n\n| check | why |\n| --- | --- |");
    for check in checks {
        let why = check.message.as_deref().unwrap_or_default();
        let _ = writeln!(out, "| {} | {} |", code(check.id), inline(why));
    }
}

fn clauses(out: &mut String, document: &Document) {
    let _ = writeln!(
        out,
        "\n## Clauses\n\n| section | {} |",
        ClauseState::ALL.map(ClauseState::words).join(" | ")
    );
    let _ = writeln!(out, "| --- |{}", " ---: |".repeat(ClauseState::ALL.len()));
    for section in document.clauses.chunk_by(|one, next| one.section == next.section) {
        let count = |state| match section.iter().filter(|clause| clause.state == state).count() {
            0 => String::new(),
            count => count.to_string(),
        };
        let _ = writeln!(
            out,
            "| {} | {} |",
            section[0].section,
            ClauseState::ALL.map(count).join(" | ")
        );
    }
}

fn observations(out: &mut String, document: &Document) {
    if document.observations.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\n<details><summary>{} where the documentation leaves the answer open</summary>\n",
        counted(document.observations.len(), "observation")
    );
    let _ = writeln!(out, "| clause | seen | asked |\n| --- | --- | --- |");
    for clause in by_answer(&document.observations) {
        for (seen, questions) in clause.answers {
            let (seen, asked) = (inline(seen), inline(&questions.join("; ")));
            let _ = writeln!(out, "| {} | {seen} | {asked} |", clause.clause);
        }
    }
    let _ = writeln!(out, "\n</details>");
}

/// A text in which markup, mentions and links are escaped.
fn inline(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // As an entity no forge reads a mention in it.
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // Forges make links of these by themselves.
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

/// Text for HTML within Markdown.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text as code within a line, also in a table.
fn code(text: &str) -> String {
    format!("<code>{}</code>", inline(text))
}

/// A block of code with a fence that the text does not contain.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}{language}\n{}\n{fence}", text.trim_end())
}
