//! Documents from files, and text to files.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use atlas_codegen::source_map::{Document, read};

/// Reads a document; its places show the path as it was given.
pub(super) fn document(path: &Path) -> Result<Document, String> {
    read(&path.display().to_string(), &text(path)?).map_err(|error| error.to_string())
}

/// Reads a file.
pub(super) fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("can't read {}: {error}", path.display()))
}

/// Writes files so that none is ever half-written: all are written beside their places first, and
/// only then moved there.
pub(super) fn replace(files: &[(PathBuf, String)]) -> Result<(), String> {
    let mut drafts = Vec::new();
    let written = files.iter().try_for_each(|(path, text)| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let draft = path.with_file_name(format!(".{name}.new"));
        drafts.push(draft.clone());
        fs::write(draft, text).map_err(|error| format!("can't write {}: {error}", path.display()))
    });
    if let Err(reason) = written {
        for draft in drafts {
            // The reason that counts is the first one.
            let _ = fs::remove_file(draft);
        }
        return Err(reason);
    }
    for ((path, _), draft) in files.iter().zip(&drafts) {
        fs::rename(draft, path)
            .map_err(|error| format!("can't write {}: {error}", path.display()))?;
    }
    Ok(())
}

/// Prints text. A closed pipe, as of `| head`, is no failure.
pub(super) fn print(out: &mut dyn Write, text: &str) -> Result<(), String> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("can't write: {error}")),
        _ => Ok(()),
    }
}
