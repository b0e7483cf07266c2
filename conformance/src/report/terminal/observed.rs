//! What was seen where the documentation leaves the answer open, as a short table.

use std::io::{self, Write};

use super::layout::{BOLD, DIM, Look, cut, wrapped};
use crate::report::document::Document;

/// The widest column of answers.
const SEEN_WIDTH: usize = 34;

/// Writes the table: for each clause, each answer and the questions that it was given to.
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
    for of_clause in document.observations.chunk_by(|one, next| one.clause == next.clause) {
        writeln!(out, "  {}", of_clause[0].clause)?;
        let mut answers: Vec<(&str, Vec<&str>)> = Vec::new();
        for observation in of_clause {
            match answers.iter_mut().find(|(seen, _)| *seen == observation.seen) {
                Some((_, questions)) => questions.push(&observation.question),
                None => answers.push((&observation.seen, vec![&observation.question])),
            }
        }
        for (seen, questions) in answers {
            let lines = wrapped(&questions.join("; "), look.width() - column - 6);
            for (at, line) in lines.iter().enumerate() {
                let seen = if at == 0 { cut(seen, column) } else { String::new() };
                writeln!(out, "    {seen:<column$}  {DIM}{line}{DIM:#}")?;
            }
        }
    }
    Ok(())
}
