//! Servers that somebody else wrote, in other languages, from the documentation alone: the suite
//! passes them as they are, and finds the three faults that each has on request.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// One server: its interpreter, its file, and the clauses that `--break` breaks.
struct Server {
    interpreter: &'static str,
    file: &'static str,
    broken: [&'static str; 3],
}

const PYTHON: Server = Server {
    interpreter: "python3",
    file: "python/server.py",
    broken: ["roles.never-empty-everywhere", "success.roles", "auth.permission"],
};

const NODE: Server = Server {
    interpreter: "node",
    file: "node/server.mjs",
    broken: ["roles.never-empty-under-race", "roles.removes-exactly-one", "auth.required"],
};

#[test]
fn the_server_in_python() {
    tried(&PYTHON);
}

#[test]
fn the_server_in_node() {
    tried(&NODE);
}

fn tried(server: &Server) {
    if Command::new(server.interpreter).arg("--version").output().is_err() {
        // Past the test harness, which would keep it to itself.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: {} was not judged, since {} is not installed",
            server.file,
            server.interpreter
        );
        return;
    }
    let (output, report) = judged(server, &[]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert_eq!(report["summary"]["warned"], 0, "{told}");
    assert_eq!(report["summary"]["skipped"], 0, "{told}");

    let (output, report) = judged(server, &["--break"]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let checks = report["checks"].as_array().expect("checks");
    let broken: BTreeSet<&str> = checks
        .iter()
        .flat_map(|check| check["broken"].as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .collect();
    for clause in server.broken {
        assert!(broken.contains(clause), "{clause} is not found; found: {broken:?}");
    }
}

/// Starts the server, runs the suite against it, and ends it.
fn judged(server: &Server, arguments: &[&str]) -> (Output, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("target.toml");
    let _running = Running::start(server, arguments, &config);
    let report = folder.path().join("report.json");
    let output = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"))
        .args(["run", "--strict", "--seed", "1", "--cases", "12", "--timeout", "20", "--config"])
        .arg(&config)
        .arg(format!("--report=json={}", report.display()))
        .output()
        .expect("the program starts");
    let text = std::fs::read_to_string(&report).unwrap_or_default();
    let report = serde_json::from_str(&text)
        .unwrap_or_else(|_| panic!("no report: {}", String::from_utf8_lossy(&output.stderr)));
    (output, report)
}

/// A server that ends with this value.
struct Running(Child);

impl Running {
    /// Waits until the server has printed its whole configuration.
    fn start(server: &Server, arguments: &[&str], config: &Path) -> Self {
        let file: PathBuf =
            [env!("CARGO_MANIFEST_DIR"), "tests/servers", server.file].iter().collect();
        let child = Command::new(server.interpreter)
            .arg(file)
            .args(arguments)
            .stdout(Stdio::from(File::create(config).expect("the configuration")))
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let running = Self(child);
        let started = Instant::now();
        let printed = || std::fs::read_to_string(config).unwrap_or_default();
        while !printed().contains("\n[state]\n") || !printed().ends_with('\n') {
            assert!(started.elapsed() < Duration::from_secs(30), "the server says nothing");
            std::thread::sleep(Duration::from_millis(50));
        }
        running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
