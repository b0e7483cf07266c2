//! `atlas-conformance list`: the catalogue.

use std::io::{self, Write};

use atlas_conformance::exit_code::{Exit, Failure};
use atlas_remove_role::checks;
use atlas_remove_role::checks::Check;
use serde_json::json;

use crate::args::{ListArgs, ListFormat};

/// Prints every check with its level, clauses and needs, or the users that they need.
pub(crate) fn list(args: &ListArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    if args.needs {
        return super::needs::needs(args, out);
    }
    let written = match args.format {
        ListFormat::Text => text(out),
        ListFormat::Json => as_json(out),
        ListFormat::Markdown => markdown(out),
    };
    // A closed pipe, as of `| head`, is no failure.
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::no_verdict(error)),
        _ => Ok(Exit::Conforms),
    }
}

fn text(out: &mut dyn Write) -> io::Result<()> {
    for check in checks::all() {
        writeln!(out, "{:<38} {:<7} {}", check.id, check.level().to_string(), check.title)?;
        writeln!(out, "{:<46} {}", "", clauses(check).join(", "))?;
        if !check.needs.is_empty() {
            writeln!(out, "{:<46} needs {}", "", needs(check).join(", "))?;
        }
    }
    Ok(())
}

fn as_json(out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<_> = checks::all()
        .map(|check| {
            json!({
                "id": check.id,
                "title": check.title,
                "level": check.level().to_string(),
                "clauses": clauses(check),
                "needs": needs(check),
            })
        })
        .collect();
    writeln!(out, "{}", serde_json::to_string_pretty(&entries)?)
}

fn markdown(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "| check | level | what is true | clauses | needs |\n| --- | --- | --- | --- | --- |"
    )?;
    for check in checks::all() {
        let (clauses, needs) = (clauses(check).join(", "), needs(check).join(", "));
        writeln!(
            out,
            "| `{}` | {} | {} | {clauses} | {needs} |",
            check.id,
            check.level(),
            check.title
        )?;
    }
    Ok(())
}

fn clauses(check: &Check) -> Vec<&'static str> {
    check.clauses.iter().map(|clause| clause.slug()).collect()
}

fn needs(check: &Check) -> Vec<&'static str> {
    check.needs.iter().map(|need| need.name()).collect()
}
