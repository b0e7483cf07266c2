//! `cargo xtask spec`, run as a user would.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const DOCUMENT: &str = "openapi: 3.0.3
info:
  title: T
  version: \"1\"
paths:
  /a:
    get:
      operationId: readOne
      responses:
        \"200\":
          description: d
    post:
      operationId: writeOne
      responses:
        \"200\":
          description: d
";

fn xtask(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atlas-codegen"))
        .current_dir(folder)
        .arg("spec")
        .args(arguments)
        .output()
        .expect("xtask")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("old.yaml"), DOCUMENT).expect("a file");
    let new = DOCUMENT.replacen("\"200\"", "\"201\"", 1);
    fs::write(folder.path().join("new.yaml"), new).expect("a file");
    fs::write(folder.path().join("bad.yaml"), "a: [").expect("a file");
    folder
}

fn out(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn an_unknown_operation_is_an_error_with_what_was_meant() {
    let folder = folder();
    let run = xtask(folder.path(), &["slice", "--from", "old.yaml", "--operation", "readone"]);
    let (code, stdout, stderr) = out(&run);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert_eq!(
        stderr,
        "error: old.yaml: no operation has the id `readone`; did you mean `readOne`?\n"
    );
}

#[test]
fn a_slice_is_written_whole_or_not_at_all() {
    let folder = folder();
    let arguments = ["slice", "--from", "old.yaml", "--operation", "readOne", "--out", "cut.yaml"];
    assert_eq!(out(&xtask(folder.path(), &arguments)).0, Some(0));
    let cut = fs::read_to_string(folder.path().join("cut.yaml")).expect("the slice");
    assert!(cut.contains("readOne") && !cut.contains("writeOne"), "{cut}");
    let nowhere = ["slice", "--from", "old.yaml", "--operation", "readOne", "--out", "no/cut.yaml"];
    let (code, _, stderr) = out(&xtask(folder.path(), &nowhere));
    assert_eq!(code, Some(2), "{stderr}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 4);
}

#[test]
fn the_exit_code_says_whether_a_change_breaks() {
    let folder = folder();
    let code = |arguments: &[&str]| out(&xtask(folder.path(), arguments)).0;
    assert_eq!(code(&["diff", "old.yaml", "new.yaml"]), Some(0));
    assert_eq!(code(&["diff", "old.yaml", "new.yaml", "--fail-on", "breaking"]), Some(1));
    assert_eq!(code(&["diff", "old.yaml", "old.yaml", "--fail-on", "breaking"]), Some(0));
    assert_eq!(code(&["diff", "old.yaml", "bad.yaml"]), Some(2));
    assert_eq!(code(&["diff", "old.yaml", "absent.yaml"]), Some(2));
    assert_eq!(code(&["diff", "old.yaml", "new.yaml", "--operation", "none"]), Some(2));
    let only = ["diff", "old.yaml", "new.yaml", "--operation", "writeOne", "--fail-on", "breaking"];
    assert_eq!(code(&only), Some(0));
}

#[test]
fn bad_input_is_refused_with_its_place() {
    let folder = folder();
    let (_, _, stderr) = out(&xtask(folder.path(), &["diff", "old.yaml", "bad.yaml"]));
    assert!(stderr.starts_with("error: bad.yaml:2:1: no valid YAML"), "{stderr}");
    let cases = [
        ("swagger: 2", "expected an OpenAPI document, got no key `openapi`"),
        ("openapi: 3.1.0\npaths: {}", "expected OpenAPI 3.0, got \"3.1.0\""),
        ("openapi: 3.0.3\npaths: []", "expected a mapping under `paths`"),
        ("openapi: 3.0.3\npaths: {/a: 1}", "expected a mapping, got 1"),
        ("a: 1\na: 2", "the key `a` comes twice"),
        ("a: &b [*b]", "an alias within what it stands for"),
    ];
    for (text, reason) in cases {
        fs::write(folder.path().join("case.yaml"), text).expect("a file");
        let (code, _, stderr) = out(&xtask(folder.path(), &["diff", "case.yaml", "old.yaml"]));
        assert_eq!(code, Some(2), "{text}");
        assert!(stderr.contains(reason), "{text}: {stderr}");
    }
}

/// A later document: the project's own fragment with a fact that is new, and nothing else.
fn later(from: &str, to: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut text = String::new();
    for name in ["remove_role.openapi.yaml", "project_users.openapi.yaml"] {
        let fragment = fs::read_to_string(root.join("spec").join(name)).expect("the fragment");
        if text.is_empty() {
            text = fragment;
        } else {
            // One document of both: the second's paths behind the first's, and its own schemas.
            let (_, paths) = fragment.split_once("paths:\n").expect("paths");
            let (paths, rest) = paths.split_once("components:\n").expect("components");
            text = text.replacen("components:\n", &format!("{paths}components:\n"), 1);
            let (_, schemas) = rest.split_once("    GroupUserRequest:\n").expect("a schema");
            let (request, rest) = schemas.split_once("    GroupUserResponse:\n").expect("a schema");
            let (_, page) = rest.split_once("    PaginatedGroupUserView:\n").expect("a schema");
            let (page, _) = page.split_once("    ApiError:\n").expect("a schema");
            let own =
                format!("    GroupUserRequest:\n{request}    PaginatedGroupUserView:\n{page}");
            text = text.replacen("    ApiError:\n", &format!("{own}    ApiError:\n"), 1);
        }
    }
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// A copy of the specification without known differences, and the later document beside it.
fn project(document: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let spec = folder.path().join("spec");
    fs::create_dir(&spec).expect("a folder");
    for entry in fs::read_dir(root.join("spec")).expect("spec/") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, spec.join(path.file_name().expect("a name"))).expect("a copy");
    }
    fs::write(spec.join("discrepancies.md"), "Nothing differs.\n").expect("a file");
    fs::write(folder.path().join("later.yaml"), document).expect("a file");
    folder
}

const UPDATE: [&str; 8] =
    ["update", "--from", "later.yaml", "--no-test", "--spec-dir", "spec", "--out-dir", "src"];

#[test]
fn an_update_takes_a_fact_and_says_so() {
    let folder = project(&later("pattern: ^([A-Z]{2})$", "pattern: ^([A-Z]{3})$"));
    let before =
        fs::read_to_string(folder.path().join("spec/remove_role.openapi.yaml")).expect("text");
    let (code, dry, stderr) = out(&xtask(folder.path(), &[&UPDATE[..], &["--dry-run"]].concat()));
    assert_eq!(code, Some(0), "{stderr}");
    assert!(dry.contains("Nothing was written"), "{dry}");
    assert!(!folder.path().join("src").exists());
    let (code, stdout, stderr) = out(&xtask(folder.path(), &UPDATE));
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stdout.contains("pattern-changed"), "{stdout}");
    let after =
        fs::read_to_string(folder.path().join("spec/remove_role.openapi.yaml")).expect("text");
    assert_eq!(after, before.replacen("^([A-Z]{2})$", "^([A-Z]{3})$", 1));
    assert!(folder.path().join("src/types.rs").exists());
    // Once more, and nothing is new.
    let (code, stdout, _) = out(&xtask(folder.path(), &UPDATE));
    assert_eq!(code, Some(0));
    assert!(stdout.contains("0 new"), "{stdout}");
}

/// An update with its tests, which another program stands for.
fn update_with(tests: &str) -> (Option<i32>, String, String) {
    let folder = project(&later("pattern: ^([A-Z]{2})$", "pattern: ^([A-Z]{3})$"));
    let arguments = UPDATE.iter().filter(|argument| **argument != "--no-test");
    let mut update = Command::new(env!("CARGO_BIN_EXE_atlas-codegen"));
    update.current_dir(folder.path()).arg("spec").args(arguments).env("CARGO", tests);
    out(&update.output().expect("the update"))
}

#[test]
fn an_update_ends_as_its_tests_do() {
    let (code, stdout, stderr) = update_with("true");
    assert_eq!(code, Some(0), "{stderr}");
    insta::assert_snapshot!("update_with_passing_tests", stdout);
    let (code, stdout, _) = update_with("false");
    assert_eq!(code, Some(1));
    assert!(stdout.ends_with("The tests fail.\n```\n"), "{stdout}");
    // What was put in stays for a person to look at; that the tests can't be run is told as such.
    let (code, _, stderr) = update_with("no-such-cargo");
    assert_eq!(code, Some(2));
    assert!(stderr.starts_with("error: can't start cargo"), "{stderr}");
}

#[test]
fn what_no_rule_covers_is_left_to_a_person() {
    let folder = project(&later("  - DigestAuth: []\n", ""));
    let (code, stdout, _) = out(&xtask(folder.path(), &UPDATE));
    assert_eq!(code, Some(1));
    assert!(stdout.contains("by hand") && stdout.contains("security-removed"), "{stdout}");
}

#[test]
fn an_outcome_that_the_generator_refuses_is_not_written() {
    let folder = project(&later("pattern: ^([A-Z]{2})$", "pattern: ^(?=[A-Z]{2})$"));
    let before =
        fs::read_to_string(folder.path().join("spec/remove_role.openapi.yaml")).expect("text");
    let (code, stdout, stderr) = out(&xtask(folder.path(), &UPDATE));
    assert_eq!((code, stdout.as_str()), (Some(2), ""), "{stderr}");
    assert!(stderr.contains("nothing was written"), "{stderr}");
    let after =
        fs::read_to_string(folder.path().join("spec/remove_role.openapi.yaml")).expect("text");
    assert_eq!(after, before);
}
