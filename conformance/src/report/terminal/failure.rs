//! A failure: the clause, the expected and the received value, the exchanges that show it, and the
//! commands that reproduce it.

use std::io::{self, Write};

use anstyle::Style;

use super::layout::{BOLD, DIM, INDENT, Look, labelled, pieces, style, wrapped};
use crate::report::difference::{Piece, tail, words};
use crate::report::document::{CheckEntry, Document, ViolationEntry};
use crate::report::wording::counted;
use atlas_engine::evidence::Shown;

/// The maximum number of exchanges of a failure, and of lines of a body.
const EXCHANGES_SHOWN: usize = 4;
const BODY_LINES_SHOWN: usize = 6;

/// The number of shared words from which two lists are hard to compare by eye.
const LONG_LIST: usize = 4;

/// The failure without colours, for other reports.
pub fn plain(document: &Document, check: &CheckEntry) -> String {
    let mut bytes = Vec::new();
    // A vector takes everything.
    let _ = write(&mut bytes, document, check, Look::new(120, false));
    anstream::adapter::strip_str(&String::from_utf8_lossy(&bytes)).to_string()
}

/// Writes a failure or a warning.
pub(super) fn write(
    out: &mut dyn Write,
    document: &Document,
    check: &CheckEntry,
    look: Look,
) -> io::Result<()> {
    head(out, check, look)?;
    clause(out, document, check.main_clause(), look)?;
    let plain = Style::new();
    let values = [("expected", &check.expected), ("received", &check.received)];
    for (label, text) in
        values.into_iter().filter_map(|(label, text)| Some((label, text.as_ref()?)))
    {
        labelled(out, look, label, text, plain)?;
    }
    if !check.when.is_empty() {
        labelled(out, look, "when", &check.when.join(", "), plain)?;
    }
    if !check.met_by.is_empty() {
        labelled(
            out,
            look,
            "",
            &format!("{} met it", counted(check.met_by.len(), "more check")),
            DIM,
        )?;
    }
    // Without a breach it is an expectation that fails.
    if let (None, Some(message)) = (&check.expected, &check.message) {
        labelled(out, look, "because", message, plain)?;
    }
    difference(out, check, look)?;
    if let Some(set_up) = &check.set_up {
        labelled(out, look, "set up", set_up, plain)?;
    }
    exchanges(out, &check.exchanges, check.exchanges_left_out, look)?;
    if let Some(repeat) = &check.repeat {
        // Not wrapped: these are to be copied.
        match (&repeat.curl, repeat.script.as_slice()) {
            (Some(curl), []) => writeln!(out, "  {:<10}{}", "curl", one_line(curl))?,
            (_, script) => {
                for (at, line) in script.iter().enumerate() {
                    let label = if at == 0 { "script" } else { "" };
                    writeln!(out, "  {label:<10}{}", one_line(line))?;
                }
            }
        }
        writeln!(out, "  {:<10}{}", "repeat", one_line(&repeat.command))?;
    }
    if let Some(repair) = check.repair {
        labelled(out, look, "repair", repair, plain)?;
        writeln!(out, "  {:<10}atlas-conformance explain {}", "help", check.main_clause())?;
    }
    if look.verbose {
        for violation in &check.further {
            further(out, document, violation, look)?;
        }
    }
    let hidden = check.further_left_out + if look.verbose { 0 } else { check.further.len() };
    if hidden > 0 {
        let text = format!("{hidden} more; broken: {}", check.broken.join(", "));
        labelled(out, look, "and", &text, plain)?;
    }
    Ok(())
}

fn head(out: &mut dyn Write, check: &CheckEntry, look: Look) -> io::Result<()> {
    let (style, word) = (style(check.verdict), check.verdict.word().to_uppercase());
    write!(out, "{style}{word}{style:#} {BOLD}{}{BOLD:#}", check.id)?;
    let taken = word.len() + 1 + check.id.len() + 2;
    if taken + check.title.len() <= look.width() {
        return writeln!(out, "  {}", check.title);
    }
    writeln!(out)?;
    for line in wrapped(check.title, look.width() - word.len() - 1) {
        writeln!(out, "{:indent$} {line}", "", indent = word.len())?;
    }
    Ok(())
}

fn clause(out: &mut dyn Write, document: &Document, slug: &str, look: Look) -> io::Result<()> {
    let Some(clause) = document.clause(slug) else { return Ok(()) };
    writeln!(out, "  {:<10}{slug} ({}) {DIM}{}{DIM:#}", "clause", clause.level, clause.source)?;
    labelled(out, look, "", clause.text, DIM)
}

/// The elements that only one of two long, similar lists has.
fn difference(out: &mut dyn Write, check: &CheckEntry, look: Look) -> io::Result<()> {
    let list = |text: &'_ Option<String>| tail(text.as_deref().unwrap_or_default()).1.to_owned();
    let (expected, received) = (list(&check.expected), list(&check.received));
    let (left, right) = words(&expected, &received);
    let wordly = |piece: &&Piece<'_>| piece.text.chars().any(char::is_alphanumeric);
    if left.iter().filter(wordly).filter(|piece| piece.shared).count() < LONG_LIST {
        return Ok(());
    }
    for (label, pieces) in [("missing", left), ("too many", right)] {
        let alone = pieces.iter().filter(wordly).filter(|piece| !piece.shared);
        let alone: Vec<_> = alone.map(|piece| piece.text).collect();
        if !alone.is_empty() {
            labelled(out, look, label, &alone.join(", "), BOLD)?;
        }
    }
    Ok(())
}

fn further(
    out: &mut dyn Write,
    document: &Document,
    violation: &ViolationEntry,
    look: Look,
) -> io::Result<()> {
    writeln!(out)?;
    clause(out, document, violation.clause, look)?;
    labelled(out, look, "expected", &violation.expected, Style::new())?;
    labelled(out, look, "received", &violation.received, Style::new())?;
    exchanges(out, &violation.exchanges, 0, look)?;
    match &violation.curl {
        Some(curl) => writeln!(out, "  {:<10}{}", "curl", one_line(curl)),
        None => Ok(()),
    }
}

fn exchanges(
    out: &mut dyn Write,
    exchanges: &[Shown],
    left_out: usize,
    look: Look,
) -> io::Result<()> {
    let limit = if look.verbose { usize::MAX } else { EXCHANGES_SHOWN };
    let hidden = exchanges.len().saturating_sub(limit);
    if hidden + left_out > 0 {
        writeln!(out, "  {:<10}{DIM}… {} earlier{DIM:#}", "exchange", hidden + left_out)?;
    }
    exchanges[hidden..].iter().try_for_each(|shown| exchange(out, shown, look))
}

/// Writes one exchange, the request behind `>` and the response behind `<`.
pub(crate) fn exchange(out: &mut dyn Write, shown: &Shown, look: Look) -> io::Result<()> {
    let request = &shown.request;
    let line = format!("> {} {}", request.method, request.url);
    for (at, piece) in pieces(&line, look.width() - INDENT).iter().enumerate() {
        writeln!(out, "  {:<10}{piece}", if at == 0 { "exchange" } else { "" })?;
    }
    message(out, '>', &request.headers, &request.body, look)?;
    let Some(response) = &shown.response else {
        let error = shown.error.as_deref().unwrap_or("no answer");
        return marked(out, '<', error, look);
    };
    writeln!(
        out,
        "{:INDENT$}< {BOLD}{}{BOLD:#} {DIM}({} ms){DIM:#}",
        "", response.status, shown.duration_ms
    )?;
    message(out, '<', &response.headers, &response.body, look)
}

fn message(
    out: &mut dyn Write,
    mark: char,
    headers: &[(String, String)],
    body: &str,
    look: Look,
) -> io::Result<()> {
    for (name, value) in headers {
        for piece in pieces(&one_line(&format!("{name}: {value}")), look.width() - INDENT - 2) {
            writeln!(out, "{:INDENT$}{DIM}{mark} {piece}{DIM:#}", "")?;
        }
    }
    marked(out, mark, body, look)
}

/// Lines of a body behind a mark, so that none of them looks like a line of the report.
fn marked(out: &mut dyn Write, mark: char, text: &str, look: Look) -> io::Result<()> {
    let limit = if look.verbose { usize::MAX } else { BODY_LINES_SHOWN };
    let width = look.width() - INDENT - 2;
    let mut lines = text.lines().flat_map(|line| pieces(line, width));
    for line in lines.by_ref().take(limit) {
        writeln!(out, "{:INDENT$}{mark} {line}", "")?;
    }
    match lines.next() {
        Some(_) => writeln!(out, "{:INDENT$}{mark} {DIM}… (--verbose shows all){DIM:#}", ""),
        None => Ok(()),
    }
}

/// A command or a field on its one line: a line break in it could forge a line of the report.
fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}
