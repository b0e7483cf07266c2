//! `cargo xtask bench suite`: the suite as a whole process, beside what load generators and another
//! property-based tester get out of the same server, all in one run. It prints a table in Markdown.
//!
//! wrk, oha and schemathesis are used where they are on the PATH.

mod child;
#[path = "../../tests/distance/mod.rs"]
mod distance;
mod peer;
mod server;
mod tls;

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use child::{Ended, run};
use serde_json::Value;
use server::Server;

/// The program that is measured.
const SUITE: &str = env!("CARGO_BIN_EXE_atlas-conformance");

/// How often each run is repeated; the fastest counts.
const RUNS: usize = 5;

fn main() -> Result<(), String> {
    let mut out = std::io::stdout();
    let mut say = |line: String| {
        writeln!(out, "{line}").map_err(|error| format!("can't write the table: {error}"))
    };
    let server = Server::start()?;
    let folder = tempfile::tempdir().map_err(|error| format!("can't make a folder: {error}"))?;
    let report = folder.path().join("report.json");
    let json = format!("json={}", report.display());
    let config = server.config.path().display().to_string();

    say(
        "| run | requests | from start to verdict | requests a second | CPU | peak memory |".into()
    )?;
    say("| --- | ---: | ---: | ---: | ---: | ---: |".into())?;
    let embedded = suite(&["run", "--seed", "1", "--report", &json], &report)?;
    say(embedded.row("against the embedded reference server"))?;
    let separate = ["run", "--seed", "1", "--config", &config, "--report", &json];
    let separate = suite(&separate, &report)?;
    say(separate.row("against one in another process"))?;
    let mut sections = Vec::new();
    for section in ["roles", "request", "auth"] {
        let glob = format!("{section}/**");
        let part = ["run", "--seed", "1", "--config", &config, "--only", &glob, "--report", &json];
        let part = suite(&part, &report)?;
        say(part.row(&format!("the same, `--only '{glob}'`")))?;
        sections.push(part);
    }

    say(String::new())?;
    say("| a target that costs time | requests | from start to verdict |".into())?;
    say("| --- | ---: | ---: |".into())?;
    let (over_tls, certificate) = tls::before(&server.url)?;
    let trusted = folder.path().join("trusted.pem");
    std::fs::write(&trusted, certificate).map_err(|error| format!("can't write: {error}"))?;
    let trusted = format!("--ca-file={}", trusted.display());
    let away = Duration::from_millis(25);
    let through_tls = distance::distant(&over_tls, away).url.replacen("http", "https", 1);
    for (name, url) in [
        ("50 ms away", distance::distant(&server.url, away).url),
        ("50 ms away, TLS", through_tls),
        ("150 ms for each answer", distance::thinking(&server.url, Duration::from_millis(150)).url),
        ("429 to every 25th request, Retry-After: 1", distance::limited(&server.url, 25).url),
    ] {
        let text = std::fs::read_to_string(&config).map_err(|error| error.to_string())?;
        let there = folder.path().join("there.toml");
        std::fs::write(&there, text.replace(&server.url, &url))
            .map_err(|error| format!("can't write a configuration: {error}"))?;
        let there = there.display().to_string();
        let arguments = ["run", "--seed", "1", "--config", &there, "--report", &json, &trusted];
        let run = once(&arguments, &report)?;
        say(format!("| {name} | {} | {:.1} s |", run.requests, run.ended.wall.as_secs_f64()))?;
    }

    say(String::new())?;
    say("| checks | of a whole run | of a run by themselves | ratio |".into())?;
    say("| --- | ---: | ---: | ---: |".into())?;
    for part in &sections {
        let alone: u64 = part.checks.values().sum();
        let within: u64 = part.checks.keys().filter_map(|id| separate.checks.get(id)).sum();
        let section = part.checks.keys().next().and_then(|id| id.split('/').next()).unwrap_or("");
        say(format!(
            "| {}, {section} | {within} ms | {alone} ms | {:.2} |",
            part.checks.len(),
            within as f64 / alone.max(1) as f64
        ))?;
    }

    say(String::new())?;
    say("| who sends | requests a second | of that, the suite reaches |".into())?;
    say("| --- | ---: | ---: |".into())?;
    say(format!("| the suite, whole run | {:.0} | |", separate.rate()))?;
    say(format!(
        "| the suite, its busiest quarter of a second or less | {:.0} | |",
        separate.busiest
    ))?;
    for (name, rate) in peer::all(&server, folder.path())? {
        match rate {
            Some(rate) => {
                let (whole, busiest) = (separate.rate() / rate, separate.busiest / rate);
                say(format!("| {name} | {rate:.0} | {whole:.2}, busiest {busiest:.2} |"))?;
            }
            None => say(format!("| {name} | not installed | |"))?,
        }
    }
    Ok(())
}

/// What a run of the suite was.
struct Suite {
    ended: Ended,
    requests: u64,
    /// The most requests a second of a slice of the run.
    busiest: f64,
    /// The milliseconds of each check.
    checks: BTreeMap<String, u64>,
}

/// The fastest of several runs.
fn suite(arguments: &[&str], report: &std::path::Path) -> Result<Suite, String> {
    let mut best: Option<Suite> = None;
    for _ in 0..RUNS {
        let suite = once(arguments, report)?;
        if best.as_ref().is_none_or(|best| suite.ended.wall < best.ended.wall) {
            best = Some(suite);
        }
    }
    best.ok_or_else(|| "expected at least one run".to_owned())
}

/// One run, which has to conform.
fn once(arguments: &[&str], report: &std::path::Path) -> Result<Suite, String> {
    let ended = run(SUITE, arguments)?;
    if !ended.success {
        return Err(format!("expected a run that conforms: {}", arguments.join(" ")));
    }
    let text = std::fs::read(report).map_err(|error| format!("no report: {error}"))?;
    let report: Value =
        serde_json::from_slice(&text).map_err(|error| format!("no report: {error}"))?;
    Ok(Suite::read(ended, &report))
}

impl Suite {
    fn read(ended: Ended, report: &Value) -> Self {
        let traffic = &report["traffic"];
        let slot = traffic["slot_us"].as_f64().unwrap_or(1.0) / 1e6;
        let slots = traffic["slots"].as_array().map(Vec::as_slice).unwrap_or_default();
        let sum = |slot: &Value| -> u64 {
            slot["classes"].as_array().into_iter().flatten().filter_map(Value::as_u64).sum()
        };
        let busiest = slots.iter().map(sum).max().unwrap_or(0) as f64 / slot;
        let checks = report["checks"].as_array().into_iter().flatten().filter_map(|check| {
            Some((check["id"].as_str()?.to_owned(), check["duration_ms"].as_u64()?))
        });
        let requests = report["requests"].as_u64().unwrap_or(0);
        Self { ended, requests, busiest, checks: checks.collect() }
    }

    fn rate(&self) -> f64 {
        self.requests as f64 / self.ended.wall.as_secs_f64()
    }

    fn row(&self, name: &str) -> String {
        let Ended { wall, cpu, peak_kib, .. } = &self.ended;
        format!(
            "| {name} | {} | {:.2} s | {:.0} | {:.2} s | {} |",
            self.requests,
            wall.as_secs_f64(),
            self.rate(),
            cpu.as_secs_f64(),
            peak_kib.map_or("unknown".to_owned(), |kib| format!("{} MB", kib / 1000)),
        )
    }
}
