//! The hook, with the examples of `docs/examples` as servers.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::spawn::{err, file, out, run};

/// An example that runs until it is dropped.
struct Example(Child, String);

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn example(program: &str, name: &str) -> Option<Example> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples").join(name);
    let mut child = Command::new(program).arg(path).arg("0").stdout(Stdio::piped()).spawn().ok()?;
    let mut url = String::new();
    BufReader::new(child.stdout.take()?).read_line(&mut url).ok()?;
    Some(Example(child, url.trim().to_owned()))
}

fn config(target: &str, hook: &str) -> (tempfile::TempDir, PathBuf) {
    file(
        "target.toml",
        &format!(
            "target = \"{target}\"\ngroup_id = \"5f1b2c3d4e5f60718293a4b5\"\n\
             [credentials.owner_token]\naccess_token = \"mock-owner\"\n\
             [credentials.reader_token]\naccess_token = \"mock-reader\"\n\
             [state]\nwith = \"hook\"\nhook = \"{hook}\"\n\
             roles = [\"GROUP_OWNER\", \"GROUP_READ_ONLY\", \"GROUP_BACKUP_MANAGER\", \
             \"GROUP_CLUSTER_MANAGER\", \"GROUP_DATA_ACCESS_ADMIN\"]\n"
        ),
    )
}

#[expect(clippy::print_stderr, reason = "a test that was not made has to say so")]
fn conforms(program: &str, name: &str) {
    let Some(example) = example(program, name) else {
        eprintln!("skipped: {program} is not installed");
        return;
    };
    let (_folder, path) = config(&example.1, &format!("{}/state", example.1));
    let output =
        run(&["run", "--seed", "1", "--cases", "3", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    assert!(!out(&output).contains("not cleaned up"), "{}", out(&output));
    assert!(out(&output).contains("needs deprecated-user: none can be had"), "{}", out(&output));
}

#[test]
fn the_example_in_python_conforms() {
    conforms("python3", "mock.py");
}

#[test]
fn the_example_in_node_conforms() {
    conforms("node", "mock.mjs");
}

#[test]
fn a_hook_that_is_not_there_makes_an_error_and_no_failure() {
    let server = atlas_reference::start(Default::default()).expect("a free port");
    let text = format!(
        "{}[state]\nwith = \"hook\"\nhook = \"http://127.0.0.1:1/state\"\n",
        crate::people::owner(&server)
    );
    let (_folder, path) = file("target.toml", &text);
    let output =
        run(&["run", "--only", "roles/last/refused", "--config", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}", out(&output));
    assert!(out(&output).contains("is it running, and is `state.hook` right?"), "{}", out(&output));
}
