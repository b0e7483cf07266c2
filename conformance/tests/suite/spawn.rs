//! The program as a process.

use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs `atlas-conformance` with these arguments, without the caller's environment for it.
pub(crate) fn run(arguments: &[&str]) -> Output {
    run_with(arguments, &[])
}

/// ... with these variables.
pub(crate) fn run_with(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"));
    let others = ["ATLAS_CONFORMANCE_", "MONGODB_ATLAS_"];
    let ours = |name: &str| {
        others.iter().any(|prefix| name.starts_with(prefix))
            || name.to_ascii_uppercase().ends_with("_PROXY")
    };
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
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

/// Runs cargo, with these variables, without what the caller's environment says of a target and
/// without what cargo says of the package of this test, which would make build scripts run again.
pub(crate) fn cargo(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    const OURS: [&str; 6] = [
        "ATLAS_CONFORMANCE_",
        "NEXTEST",
        "CARGO_BIN_",
        "CARGO_CRATE_",
        "CARGO_MANIFEST_",
        "CARGO_PKG_",
    ];
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let ours = |name: &String| OURS.iter().any(|ours| name.starts_with(ours));
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    command.args(arguments).env("NO_COLOR", "1").envs(variables.iter().copied());
    command.output().expect("cargo starts")
}
