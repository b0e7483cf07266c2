//! `cargo xtask codegen`: reads spec/, writes generated/src/.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use atlas_codegen::{File, Source, Sources, generate};

/// The fragments, in the order in which their operations appear.
pub(crate) const DOCUMENTS: [&str; 2] = ["remove_role.openapi.yaml", "project_users.openapi.yaml"];

/// Generates everything in memory, then writes what differs, or only says so.
pub(crate) fn run(
    check: bool,
    spec: &Path,
    out_dir: &Path,
    out: &mut dyn Write,
) -> Result<ExitCode, String> {
    let files = generate(&sources(spec)?).map_err(|error| error.to_string())?;
    let changes = changes(&files, out_dir)?;
    let failed = |error: std::io::Error| format!("can't write the summary: {error}");
    if changes.is_empty() {
        writeln!(out, "{} is up to date", out_dir.display()).map_err(failed)?;
        return Ok(ExitCode::SUCCESS);
    }
    for (path, change) in &changes {
        let word = match change {
            Change::Missing(_) => "missing",
            Change::Stale(_) => "stale",
            Change::Extra => "extra",
        };
        writeln!(out, "{word:<8} {}", out_dir.join(path).display()).map_err(failed)?;
    }
    if check {
        writeln!(out, "run `cargo xtask codegen` to mend this").map_err(failed)?;
        return Ok(ExitCode::FAILURE);
    }
    apply(&changes, out_dir)?;
    writeln!(out, "wrote {} file(s)", changes.len()).map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}

fn sources(spec: &Path) -> Result<Sources, String> {
    let read = |name: &str| {
        let path = spec.join(name);
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("can't read {}: {error}", path.display()))?;
        Ok::<_, String>(Source { name: format!("spec/{name}"), text })
    };
    Ok(Sources {
        documents: DOCUMENTS.into_iter().map(read).collect::<Result<_, _>>()?,
        clauses: read("clauses.yaml")?,
    })
}

enum Change<'a> {
    Missing(&'a str),
    Stale(&'a str),
    Extra,
}

/// How the folder differs from what is generated, by file name.
fn changes<'a>(files: &'a [File], out_dir: &Path) -> Result<BTreeMap<String, Change<'a>>, String> {
    let mut changes = BTreeMap::new();
    for file in files {
        match fs::read_to_string(out_dir.join(&file.path)) {
            Ok(text) if text == file.text => {}
            Ok(_) => drop(changes.insert(file.path.clone(), Change::Stale(&file.text))),
            Err(_) => drop(changes.insert(file.path.clone(), Change::Missing(&file.text))),
        }
    }
    let entries = match fs::read_dir(out_dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(changes),
        Err(error) => return Err(format!("can't read {}: {error}", out_dir.display())),
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rs") && files.iter().all(|file| file.path != name) {
            changes.insert(name, Change::Extra);
        }
    }
    Ok(changes)
}

/// Each file is written beside its place and moved there, so that none is ever half-written.
fn apply(changes: &BTreeMap<String, Change<'_>>, out_dir: &Path) -> Result<(), String> {
    let failed = |path: &Path, error| format!("can't write {}: {error}", path.display());
    fs::create_dir_all(out_dir).map_err(|error| failed(out_dir, error))?;
    for (name, change) in changes {
        let path = out_dir.join(name);
        let result = match change {
            Change::Extra => fs::remove_file(&path),
            Change::Missing(text) | Change::Stale(text) => {
                let draft = out_dir.join(format!(".{name}.new"));
                fs::write(&draft, text).and_then(|()| fs::rename(&draft, &path))
            }
        };
        result.map_err(|error| failed(&path, error))?;
    }
    Ok(())
}
