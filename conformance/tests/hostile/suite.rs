//! The real program against a hostile server: how it ended, when, and with how much memory.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use atlas_reference::Fixture;
use serde_json::Value;

use crate::finding::Finding;
use crate::relay::HOOK;

/// A run that has not ended by then is killed.
const LONGEST: Duration = Duration::from_secs(60);

/// How often a run's memory is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// What a run is given besides its target.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunSettings {
    pub(crate) arguments: Vec<String>,
    /// Users are set up through a hook of the same server.
    pub(crate) by_hook: bool,
}

/// Runs the suite against a URL, with the credentials of the honest server behind it.
pub(crate) fn run(url: &str, fixture: &Fixture, settings: &RunSettings) -> Finding {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("target.toml"), configuration(url, fixture, settings))
        .expect("the configuration");
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlas-conformance"));
    let ours = |name: &str| {
        ["ATLAS_CONFORMANCE_", "MONGODB_ATLAS_", "GITHUB_"].iter().any(|it| name.starts_with(it))
    };
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    command.args(["run", "--seed", "1", "--timeout", "2", "--cases", "2", "--config"]);
    command.arg(at("target.toml")).args(&settings.arguments);
    for report in ["json", "html", "junit"] {
        command.arg(format!("--report={report}={}", at(report).display()));
    }
    command.arg(format!("--journal={}", at("journal").display()));
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::from(File::create(at("out")).expect("a file")))
        .stderr(Stdio::from(File::create(at("err")).expect("a file")))
        .stdin(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut peak = None;
    let code = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break status.code();
        }
        peak = peak_memory(&child).or(peak);
        if started.elapsed() > LONGEST {
            // It may have ended by itself this very moment.
            let _ = child.kill();
            let _ = child.wait();
            break None;
        }
        std::thread::sleep(GLANCE);
    };
    let text = |name: &str| read(&at(name));
    Finding {
        ended: started.elapsed() < LONGEST,
        code,
        took: started.elapsed(),
        peak,
        out: text("out"),
        err: text("err"),
        report: serde_json::from_str::<Value>(&text("json")).ok(),
        others: ["html", "junit"].map(text).to_vec(),
        url: url.to_owned(),
        folder: folder.path().display().to_string(),
    }
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
}

/// The most memory that a process has had so far, in KiB, where the system tells.
fn peak_memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    // For a moment before it has its name, a new process still has the memory of the one that started it.
    let name = status.lines().find_map(|line| line.strip_prefix("Name:"))?;
    if !"atlas-conformance".starts_with(name.trim()) {
        return None;
    }
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim_end().parse().ok()
}

fn configuration(url: &str, fixture: &Fixture, settings: &RunSettings) -> String {
    let mut text = format!(
        "target = \"{url}\"\ngroup_id = \"{}\"\nother_group_id = \"{}\"\n",
        fixture.group_id, fixture.other_group_id
    );
    for (name, account) in [("owner", &fixture.owner), ("reader", &fixture.reader)] {
        text += &format!(
            "[credentials.{name}]\nclient_id = \"{}\"\nclient_secret = \"{}\"\n",
            account.client_id, account.client_secret
        );
    }
    for (name, key) in [("owner_key", &fixture.owner_key), ("reader_key", &fixture.reader_key)] {
        text += &format!(
            "[credentials.{name}]\npublic_key = \"{}\"\nprivate_key = \"{}\"\n",
            key.public_key, key.private_key
        );
    }
    text += &format!(
        "[state]\nactive_username = \"{}\"\npending_username = \"{}\"\ndeprecated_user_id = \"{}\"\n",
        fixture.active_username, fixture.pending_username, fixture.deprecated_user_id
    );
    if settings.by_hook {
        text += &format!("with = \"hook\"\nhook = \"{url}{HOOK}\"\n");
    }
    text
}
