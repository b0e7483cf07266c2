//! What is generated compiles without a warning: from the whole published document, which
//! `ATLAS_DOCUMENT` names, and from each fixture. Ignored by default: it takes minutes.

mod calls;
mod echo;
mod operation;
mod server;
mod styles;

use std::path::{Path, PathBuf};
use std::process::Command;

/// One target folder for all packages, so that what all need is built once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/generated")
}

/// Unlike `RUSTFLAGS`, these leave what all packages need as it was built.
const NO_WARNING: [&str; 3] = ["--", "-D", "warnings"];

fn succeeds(command: &mut Command) -> String {
    let output = command.output().expect("the command starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}\n{text}\n{errors}");
    text + &errors
}

/// The same versions as here, so that what was fetched will do.
fn lock(package: &Path) {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, package.join("Cargo.lock")).expect("the lock file");
}

fn write(document: &str, folder: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlas-codegen"));
    succeeds(command.args(["codegen", "--spec", document, "--out"]).arg(folder));
}

#[test]
#[ignore = "needs the published document and minutes"]
fn the_whole_document_is_a_client_without_a_warning() {
    let document = std::env::var("ATLAS_DOCUMENT").expect("ATLAS_DOCUMENT names the document");
    let folder = tempfile::tempdir().expect("a folder");
    let package = folder.path().join("whole-client");
    write(&document, &package);
    lock(&package);
    let cargo = || {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(&package).env("CARGO_TARGET_DIR", target());
        command
    };
    succeeds(cargo().args(["fmt", "--check"]));
    succeeds(cargo().args(["clippy", "--all-features"]).args(NO_WARNING));
    // One feature alone has all that it needs.
    let alone = ["clippy", "--no-default-features", "--features", "clusters"];
    succeeds(cargo().args(alone).args(NO_WARNING));
    // Written again, nothing differs.
    let mut check = Command::new(env!("CARGO_BIN_EXE_atlas-codegen"));
    check.args(["codegen", "--check", "--spec", &document, "--out"]).arg(&package);
    succeeds(&mut check);
}

#[test]
#[ignore = "compiles a package for each fixture"]
fn each_accept_fixture_is_a_package_without_a_warning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir().expect("a folder");
    let folders = ["accept", "warned"].map(|name| root.join("codegen/tests/fixtures").join(name));
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("fixtures"));
    for entry in entries {
        let fixture = entry.expect("an entry").path();
        let name = fixture.file_stem().expect("a name").to_string_lossy().into_owned();
        let package = folder.path().join(format!("fixture-{name}"));
        write(&fixture.display().to_string(), &package);
        lock(&package);
        let mut check = Command::new(env!("CARGO"));
        // Fixtures are of no style: what the compiler warns of counts.
        check.current_dir(&package).args(["clippy", "--all-features"]).args(NO_WARNING);
        check.args(["-A", "clippy::all"]);
        succeeds(check.env("CARGO_TARGET_DIR", target()));
    }
}
