//! Writes a report to a file completely or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The destination of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    path: PathBuf,
    /// What is no regular file, as a pipe or a terminal, can't be replaced, only written to.
    direct: bool,
}

impl Destination {
    /// A destination that can be written to, as far as can be known before. Leaves nothing there.
    ///
    /// # Errors
    /// When it can't: the folder is missing or closed, or the path is a folder.
    pub fn checked(path: &Path) -> io::Result<Self> {
        // A name of what is open already, as /dev/stdout: it is written to, whatever it is.
        let open = path.starts_with("/dev") || path.starts_with("/proc");
        // What a link points to is replaced, not the link.
        let path = match fs::canonicalize(path) {
            Ok(found) if !open => found,
            _ => path.to_owned(),
        };
        let direct = match fs::metadata(&path) {
            Ok(found) if found.is_dir() => {
                return Err(io::Error::new(
                    io::ErrorKind::IsADirectory,
                    "expected a file, this is a folder",
                ));
            }
            Ok(found) if found.permissions().readonly() => {
                return Err(io::Error::new(
                    io::ErrorKind::PermissionDenied,
                    "the file is there and read-only",
                ));
            }
            Ok(found) => open || !found.is_file(),
            Err(_) => false,
        };
        let destination = Self { path, direct };
        if !direct {
            let beside = destination.beside()?;
            File::options().write(true).create_new(true).open(&beside)?;
            fs::remove_file(&beside)?;
        }
        Ok(destination)
    }

    /// Writes the whole text, or leaves what was there.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn write(&self, text: &str) -> io::Result<()> {
        if self.direct {
            return File::options().append(true).open(&self.path)?.write_all(text.as_bytes());
        }
        let beside = self.beside()?;
        let written = write_new(&beside, text).and_then(|()| fs::rename(&beside, &self.path));
        if written.is_err() {
            // Report the first error.
            let _ = fs::remove_file(&beside);
        }
        written
    }

    fn beside(&self) -> io::Result<PathBuf> {
        let name = self.path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let mut beside = std::ffi::OsString::from(".");
        beside.push(name);
        beside.push(format!(".{}.partial", std::process::id()));
        Ok(self.path.with_file_name(beside))
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
