//! Generators as whole processes: this one, and others where they are installed.

use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::memory;

/// How often the memory of a process is looked at.
const INTERVAL: Duration = Duration::from_millis(5);

/// A program that generates a client.
pub(super) struct Peer {
    pub(super) name: &'static str,
    /// The program; none where it is not installed.
    program: Option<OsString>,
    /// Its arguments for a document and a folder.
    arguments: fn(&Path, &Path) -> Vec<OsString>,
    /// What it needs of its environment.
    environment: &'static [(&'static str, &'static str)],
}

/// What came of a run.
pub(super) struct Process {
    pub(super) name: &'static str,
    pub(super) outcome: Outcome,
}

pub(super) enum Outcome {
    NotInstalled,
    Ran {
        wall: Duration,
        peak: Option<u64>,
        /// What it wrote of it, if it failed.
        failure: Option<String>,
    },
}

/// This program and its peers.
pub(super) fn all() -> [Peer; 3] {
    let own = env::current_exe().ok().map(OsString::from);
    [
        Peer { name: "atlas-codegen", program: own, arguments: own_arguments, environment: &[] },
        Peer {
            name: "progenitor",
            program: installed("cargo-progenitor"),
            arguments: progenitor_arguments,
            environment: &[],
        },
        Peer {
            name: "openapi-generator",
            program: installed("openapi-generator-cli").or_else(|| installed("openapi-generator")),
            arguments: openapi_generator_arguments,
            // Its reader of YAML stops at three megabytes by default.
            environment: &[("JAVA_TOOL_OPTIONS", "-DmaxYamlCodePoints=99999999")],
        },
    ]
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

fn own_arguments(spec: &Path, out: &Path) -> Vec<OsString> {
    let (spec, out) = (spec.as_os_str(), out.as_os_str());
    [
        words(&["codegen", "--allow-unsupported", "--spec"]),
        vec![spec.into()],
        words(&["--out"]),
        vec![out.into()],
    ]
    .concat()
}

fn progenitor_arguments(spec: &Path, out: &Path) -> Vec<OsString> {
    let (spec, out) = (spec.as_os_str(), out.as_os_str());
    let name = words(&["--name", "bench", "--version", "0.1.0"]);
    [
        words(&["progenitor", "--input"]),
        vec![spec.into()],
        words(&["--output"]),
        vec![out.into()],
        name,
    ]
    .concat()
}

fn openapi_generator_arguments(spec: &Path, out: &Path) -> Vec<OsString> {
    let (spec, out) = (spec.as_os_str(), out.as_os_str());
    let head =
        words(&["generate", "--generator-name", "rust", "--skip-validate-spec", "--input-spec"]);
    [head, vec![spec.into()], words(&["--output"]), vec![out.into()]].concat()
}

/// A program on PATH.
fn installed(name: &str) -> Option<OsString> {
    let paths = env::var_os("PATH")?;
    let mut files = env::split_paths(&paths).map(|folder| folder.join(name));
    files.find(|file| file.is_file()).map(OsString::from)
}

impl Peer {
    /// Runs it once. That it fails is a result; that it can't be run is an error.
    pub(super) fn measure(&self, spec: &Path, out: &Path) -> Result<Process, String> {
        let name = self.name;
        let Some(program) = &self.program else {
            return Ok(Process { name, outcome: Outcome::NotInstalled });
        };
        let failed = |error: std::io::Error| format!("can't run {name}: {error}");
        // A pipe that nobody reads would stop it.
        let log = out.with_extension("log");
        let file = File::create(&log).map_err(failed)?;
        let since = Instant::now();
        let mut child = Command::new(program)
            .args((self.arguments)(spec, out))
            .envs(self.environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(file.try_clone().map_err(failed)?)
            .stderr(file)
            .spawn()
            .map_err(failed)?;
        let mut peak = None;
        let status = loop {
            peak = memory::peak_of(child.id()).max(peak);
            match child.try_wait().map_err(failed)? {
                Some(status) => break status,
                None => sleep(INTERVAL),
            }
        };
        let wall = since.elapsed();
        let said = std::fs::read(&log).map_err(failed)?;
        let said = String::from_utf8_lossy(&said);
        let failure = (!status.success()).then(|| reason(&said).to_owned());
        Ok(Process { name, outcome: Outcome::Ran { wall, peak, failure } })
    }
}

/// The first line that speaks of an error, else the last one.
fn reason(said: &str) -> &str {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let error =
        |line: &&str| ["error", "Error", "Exception"].iter().any(|word| line.contains(word));
    lines.clone().find(error).or_else(|| lines.next_back()).unwrap_or("no reason given")
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn a_failure_is_told_by_its_first_error() {
        assert_eq!(
            reason("starting\n\n  ParseError: no\n\tat Main\nerror: exit\n"),
            "ParseError: no"
        );
        assert_eq!(reason("one\ntwo\n\n"), "two");
        assert_eq!(reason(" \n"), "no reason given");
    }
}
