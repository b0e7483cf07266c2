//! The program as a process.

use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs `atlas-conformance` with these arguments, without the caller's environment for it.
pub(crate) fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ATLAS_CONFORMANCE_")) {
        command.env_remove(name);
    }
    command.args(arguments).env("NO_COLOR", "1").output().expect("the program starts")
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A file with this content in a folder of its own, which lives as long as the guard.
pub(crate) fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("the file");
    (folder, path)
}
