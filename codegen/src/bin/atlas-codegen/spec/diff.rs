//! `cargo xtask spec diff`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use atlas_codegen::Source;
use atlas_codegen::source_map::Document;
use atlas_codegen::spec_tools::diff::{
    Catalogue, Change, Ledger, Report, Touches, changes, json, markdown, text,
};
use atlas_codegen::spec_tools::slice::{operation_ids, slice};

use super::args::{DiffArgs, FailOn, Format};
use super::files;

/// Prints the changes; ends with 1 if one of them breaks what it must not.
pub(super) fn run(args: &DiffArgs, out: &mut dyn Write) -> Result<ExitCode, String> {
    let (old, new) = (files::document(&args.old)?, files::document(&args.new)?);
    let (old, new) = (cut(old, &args.operations)?, cut(new, &args.operations)?);
    for id in &args.operations {
        if [&old, &new].iter().all(|document| !operation_ids(document).contains(id)) {
            return Err(format!("no operation has the id `{id}` in either document"));
        }
    }
    let mut changes = changes(&old, &new).map_err(|error| error.to_string())?;
    if let Some(path) = &args.known {
        let ledger = Ledger::read(&path.display().to_string(), &files::text(path)?)
            .map_err(|error| error.to_string())?;
        changes = ledger.unlisted(changes);
    }
    let catalogue = if args.checks { catalogue()? } else { Catalogue::default() };
    let report = report(&old.name, &new.name, changes, &touches(&args.spec_dir)?, &catalogue);
    let printed = match args.format {
        Format::Text => text(&report),
        Format::Json => json(&report),
        Format::Markdown => markdown(&report),
    };
    files::print(out, &printed)?;
    let fails = report.changes.iter().any(|(change, _)| match args.fail_on {
        None => false,
        Some(FailOn::Breaking) => change.breaks.any(),
        Some(FailOn::Client) => change.breaks.client,
        Some(FailOn::Server) => change.breaks.server,
    });
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The operations that were asked for, as far as the document has them; without any, all of it.
fn cut(document: Document, operations: &[String]) -> Result<Document, String> {
    if operations.is_empty() {
        return Ok(document);
    }
    let there = operation_ids(&document);
    let wanted: Vec<_> = operations.iter().filter(|id| there.contains(id)).cloned().collect();
    slice(&document, &wanted).map_err(|error| error.to_string())
}

/// The clauses, which say what a change touches.
pub(super) fn touches(spec_dir: &Path) -> Result<Touches, String> {
    let path = spec_dir.join("clauses.yaml");
    let source = Source { name: path.display().to_string(), text: files::text(&path)? };
    Touches::read(&source).map_err(|errors| errors.to_string())
}

/// Puts changes and what they touch together.
pub(super) fn report(
    old: &str,
    new: &str,
    changes: Vec<Change>,
    touches: &Touches,
    catalogue: &Catalogue,
) -> Report {
    let with_touched = |change: Change| {
        let touched = touches.of(&change, catalogue);
        (change, touched)
    };
    let changes = changes.into_iter().map(with_touched).collect();
    Report { old: old.to_owned(), new: new.to_owned(), changes }
}

/// The suite's catalogue of checks, from the suite itself, which is built for it.
pub(super) fn catalogue() -> Result<Catalogue, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--package", "atlas-conformance", "--bin", "atlas-conformance"])
        .args(["--", "list", "--format", "json"])
        .output()
        .map_err(|error| format!("can't start cargo: {error}"))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(format!("the suite can't list its checks:\n{}", reason.trim_end()));
    }
    Catalogue::read(&String::from_utf8_lossy(&output.stdout))
}
