//! A folder of generated files: how it differs from what is generated, and how it is mended.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use atlas_codegen::File;

/// How each generated file begins; what begins otherwise is nobody's to remove.
const MARK: &str = "// Written by `cargo xtask codegen";

/// What has to become of a file.
pub(crate) enum Change<'a> {
    Missing(&'a str),
    Stale(&'a str),
    Extra,
}

impl Change<'_> {
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Stale(_) => "stale",
            Self::Extra => "extra",
        }
    }

    /// What was done about it.
    pub(crate) fn done(&self) -> &'static str {
        match self {
            Self::Missing(_) => "added",
            Self::Stale(_) => "updated",
            Self::Extra => "removed",
        }
    }
}

/// How the folder differs from what is generated, by path below it.
pub(crate) fn changes<'a>(
    files: &'a [File],
    folder: &Path,
) -> Result<BTreeMap<String, Change<'a>>, String> {
    let mut changes = BTreeMap::new();
    if !folder.exists() {
        let missing = files.iter().map(|f| (f.path.clone(), Change::Missing(f.text.as_str())));
        return Ok(missing.collect());
    }
    for file in files {
        match fs::read(folder.join(&file.path)) {
            Ok(bytes) if bytes == file.text.as_bytes() => {}
            Ok(_) => drop(changes.insert(file.path.clone(), Change::Stale(&file.text))),
            Err(_) => drop(changes.insert(file.path.clone(), Change::Missing(&file.text))),
        }
    }
    let known: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    // Only where generated source stands: a folder may hold more than a package's own files.
    let source = if known.contains("Cargo.toml") { "src/" } else { "" };
    extras(folder, source, &known, &mut changes)?;
    Ok(changes)
}

fn extras(
    folder: &Path,
    below: &str,
    known: &BTreeSet<&str>,
    changes: &mut BTreeMap<String, Change<'_>>,
) -> Result<(), String> {
    let path = folder.join(below);
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("can't read {}: {error}", path.display())),
    };
    for entry in entries.flatten() {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder {
            extras(folder, &format!("{name}/"), known, changes)?;
        } else if name.ends_with(".rs") && !known.contains(name.as_str()) {
            let generated =
                fs::read(entry.path()).is_ok_and(|text| text.starts_with(MARK.as_bytes()));
            if generated {
                changes.insert(name, Change::Extra);
            }
        }
    }
    Ok(())
}

/// Nothing is ever half-written: a folder that is new is written beside its place and moved there as a
/// whole, and else each file is.
pub(crate) fn apply(changes: &BTreeMap<String, Change<'_>>, folder: &Path) -> Result<(), String> {
    if folder.exists() {
        return write(changes, folder, |path, text| {
            let draft = path.with_extension("new");
            fs::write(&draft, text).and_then(|()| fs::rename(&draft, path))
        });
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.with_file_name(format!(".{name}.new"));
    if draft.exists() {
        // What is left of a run that broke off.
        fs::remove_dir_all(&draft)
            .map_err(|error| format!("can't remove {}: {error}", draft.display()))?;
    }
    let written = write(changes, &draft, |path, text| fs::write(path, text)).and_then(|()| {
        fs::rename(&draft, folder)
            .map_err(|error| format!("can't write {}: {error}", folder.display()))
    });
    if written.is_err() {
        // The reason that counts is the first one.
        let _ = fs::remove_dir_all(&draft);
    }
    written
}

fn write(
    changes: &BTreeMap<String, Change<'_>>,
    folder: &Path,
    put: impl Fn(&Path, &str) -> std::io::Result<()>,
) -> Result<(), String> {
    let failed = |path: &Path, error| format!("can't write {}: {error}", path.display());
    let parents = changes.keys().filter_map(|name| name.rsplit_once('/').map(|(parent, _)| parent));
    let parents: BTreeSet<_> = parents.chain([""]).map(|parent| folder.join(parent)).collect();
    for parent in &parents {
        fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
    }
    for (name, change) in changes {
        let path = folder.join(name);
        let result = match change {
            Change::Extra => fs::remove_file(&path),
            Change::Missing(text) | Change::Stale(text) => put(&path, text),
        };
        result.map_err(|error| failed(&path, error))?;
    }
    Ok(())
}
