//! The observed responses to questions that the documentation leaves open, as a table.

use std::io::{self, Write};

use super::layout::{BOLD, DIM, Look, cut, wrapped};
use crate::report::document::Document;
use crate::report::observed::by_answer;

/// The widest column of answers.
const SEEN_WIDTH: usize = 34;

pub(super) fn write(out: &mut dyn Write, document: &Document, look: Look) -> io::Result<()> {
    if document.observations.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{BOLD}observed{BOLD:#}  {DIM}where the documentation leaves the answer open{DIM:#}"
    )?;
    let seen = document.observations.iter().map(|observation| observation.seen.chars().count());
    let column = seen.max().unwrap_or(0).min(SEEN_WIDTH);
    for clause in by_answer(&document.observations) {
        writeln!(out, "  {}", clause.clause)?;
        for (seen, questions) in clause.answers {
            let lines = wrapped(&questions.join("; "), look.width() - column - 6);
            for (at, line) in lines.iter().enumerate() {
                let seen = if at == 0 { cut(seen, column) } else { String::new() };
                writeln!(out, "    {seen:<column$}  {DIM}{line}{DIM:#}")?;
            }
        }
    }
    Ok(())
}
