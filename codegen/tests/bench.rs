//! `cargo xtask bench codegen` refuses what would be no measurement, or would remove what is not its own.

use std::process::Command;

#[test]
fn a_folder_that_is_there_and_a_debug_build_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let bench = |out: &std::path::Path| {
        let mut bench = Command::new(env!("CARGO_BIN_EXE_atlas-codegen"));
        bench.args(["bench", "codegen", "--spec", "absent.yaml", "--out"]).arg(out);
        let output = bench.output().expect("the program");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = bench(folder.path());
    assert_eq!(code, Some(2));
    assert!(said.starts_with("error: expected a folder that is not there yet, got "), "{said}");
    assert!(folder.path().exists());
    if cfg!(debug_assertions) {
        let (code, said) = bench(&folder.path().join("new"));
        assert_eq!(code, Some(2));
        assert!(said.starts_with("error: expected a release build, got a debug build"), "{said}");
    }
}
