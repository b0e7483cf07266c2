//! A file that is written whole or not at all, and never over another.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file to be, written beside its place first.
pub(super) struct NewFile {
    path: PathBuf,
    beside: PathBuf,
    file: File,
}

impl NewFile {
    /// Makes sure that the file can be written, before there is anything to write.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        if path.exists() {
            return Err(format!("{shown} exists already; remove it or name another file"));
        }
        let name = path.file_name().ok_or_else(|| format!("{shown} names no file"))?;
        let beside = path.with_file_name(format!(".{}.partial", name.to_string_lossy()));
        let file =
            File::create(&beside).map_err(|error| format!("can't write {shown}: {error}"))?;
        Ok(Self { path: path.to_owned(), beside, file })
    }

    /// Writes it and puts it in its place.
    pub(super) fn write(mut self, text: &str) -> io::Result<PathBuf> {
        self.file.write_all(text.as_bytes())?;
        self.file.sync_all()?;
        if self.path.exists() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the file exists by now"));
        }
        fs::rename(&self.beside, &self.path)?;
        Ok(self.path.clone())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // It is gone where it was put in its place.
        let _ = fs::remove_file(&self.beside);
    }
}
