//! `atlas-conformance explain`.

use std::io::{self, Write};

use atlas_api::clauses::{Clause, Explanation};
use atlas_conformance::exit_code::{Exit, Failure};
use atlas_engine::suggest::suggest;
use atlas_remove_role::checks;
use atlas_remove_role::checks::Check;

use crate::args::ExplainArgs;

/// Explains a clause, or a check and the clauses that it tests.
pub(crate) fn explain(args: &ExplainArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let name = args.subject.as_str();
    let clause = Clause::ALL.iter().copied().find(|clause| clause.slug() == name);
    let check = checks::all().find(|check| check.id == name);
    let written = match (clause, check) {
        (Some(clause), _) => about_clause(out, clause, true),
        (None, Some(check)) => about_check(out, check),
        (None, None) => {
            let known: Vec<&str> = Clause::ALL
                .iter()
                .map(|clause| clause.slug())
                .chain(checks::all().map(|check| check.id))
                .collect();
            let hint = suggest(name, known.iter().copied());
            let hint = hint.map(|name| format!(", did you mean `{name}`?")).unwrap_or_default();
            return Err(Failure::usage(format!(
                "no clause and no check is called `{name}`{hint}\n`atlas-conformance list` shows \
                 them"
            )));
        }
    };
    // A closed pipe, as of `| head`, is no failure.
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::no_verdict(error)),
        _ => Ok(Exit::Conforms),
    }
}

fn about_check(out: &mut dyn Write, check: &Check) -> io::Result<()> {
    writeln!(out, "{} ({})", check.id, check.level())?;
    paragraph(out, check.title)?;
    if !check.needs.is_empty() {
        let needs: Vec<_> =
            check.needs.iter().map(|need| format!("{} ({})", need.name(), need.key())).collect();
        paragraph(out, &format!("needs {}", needs.join("; ")))?;
    }
    writeln!(out, "\nRun it alone: atlas-conformance run --config FILE --only {}", check.id)?;
    for clause in check.clauses {
        writeln!(out)?;
        about_clause(out, *clause, false)?;
    }
    Ok(())
}

fn about_clause(out: &mut dyn Write, clause: Clause, with_checks: bool) -> io::Result<()> {
    writeln!(out, "{} ({}; {})", clause.slug(), clause.level(), clause.source())?;
    paragraph(out, clause.text())?;
    let Explanation { why, sent, passes, repair } = clause.explanation();
    for (title, text) in
        [("Why", why), ("What is sent", sent), ("What passes", passes), ("How to repair", repair)]
    {
        writeln!(out, "\n  {title}")?;
        paragraph(out, text)?;
    }
    if let Some(reason) = clause.uncheckable() {
        paragraph(out, &format!("No check can show it: {reason}"))?;
    }
    if with_checks {
        writeln!(out, "\n  Checks")?;
        for check in checks::all().filter(|check| check.clauses.contains(&clause)) {
            writeln!(out, "    {:<38} {}", check.id, check.title)?;
        }
    }
    Ok(())
}

/// Text in lines of a comfortable length, indented.
fn paragraph(out: &mut dyn Write, text: &str) -> io::Result<()> {
    const WIDTH: usize = 88;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() > WIDTH {
            writeln!(out, "    {line}")?;
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    writeln!(out, "    {line}")
}
