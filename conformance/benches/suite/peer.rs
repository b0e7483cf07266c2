//! Others that send requests to the same server: the same removal again and again, and a tester that
//! generates its requests from the fragment.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use serde_json::Value;

use crate::server::Server;

const MEDIA_TYPE: &str = "application/vnd.atlas.2025-02-19+json";

/// A removal that is refused, so that each is like the one before.
const BODY: &str = r#"{"groupRole":"GROUP_OWNER"}"#;

/// Each peer with its requests a second, or nothing where it is not installed.
pub(crate) fn all(server: &Server, folder: &Path) -> Result<Vec<(String, Option<f64>)>, String> {
    let script = folder.join("removal.lua");
    let mut rates = Vec::new();
    for (name, connection) in
        [("a connection for each request", "close"), ("kept connections", "keep-alive")]
    {
        let lua = format!(
            "wrk.method = \"POST\"\nwrk.body = '{BODY}'\nwrk.headers[\"Content-Type\"] = \
             \"{MEDIA_TYPE}\"\nwrk.headers[\"Authorization\"] = \"Bearer {}\"\n\
             wrk.headers[\"Connection\"] = \"{connection}\"\n",
            server.token
        );
        fs::write(&script, lua).map_err(|error| format!("can't write a script: {error}"))?;
        rates.push((format!("wrk, {name}"), wrk(server, &script)?));
    }
    rates.push(("oha, kept connections".to_owned(), oha(server)?));
    rates.push(("Schemathesis".to_owned(), schemathesis(server, folder)?));
    Ok(rates)
}

fn target(server: &Server) -> String {
    format!(
        "{}/api/atlas/v2/groups/{}/users/{}:removeRole",
        server.url,
        server.group_id,
        "f".repeat(24)
    )
}

fn wrk(server: &Server, script: &Path) -> Result<Option<f64>, String> {
    let mut command = Command::new("wrk");
    command.args(["-t", "1", "-c", "16", "-d", "3s", "-s"]).arg(script).arg(target(server));
    let Some(output) = output(&mut command)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let rate = text.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
    let rate = rate.and_then(|rate| rate.trim().parse().ok());
    rate.map(Some).ok_or_else(|| format!("expected a rate from wrk, got\n{text}"))
}

fn oha(server: &Server) -> Result<Option<f64>, String> {
    let mut command = Command::new("oha");
    command.args([
        "--no-tui",
        "--output-format",
        "json",
        "-c",
        "16",
        "-z",
        "3s",
        "-m",
        "POST",
        "-T",
        MEDIA_TYPE,
    ]);
    command.args([
        "-H",
        &format!("Authorization: Bearer {}", server.token),
        "-d",
        BODY,
        &target(server),
    ]);
    let Some(output) = output(&mut command)? else { return Ok(None) };
    let summary: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("expected a summary from oha: {error}"))?;
    Ok(summary["summary"]["requestsPerSec"].as_f64())
}

/// As a whole process, as the suite is measured; its requests are counted in its own report.
fn schemathesis(server: &Server, folder: &Path) -> Result<Option<f64>, String> {
    let har = folder.join("peer.har");
    let fragment = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/remove_role.openapi.yaml");
    let mut command = Command::new("schemathesis");
    command
        .current_dir(folder)
        .args(["run", fragment, "--url", &server.url, "--continue-on-failure", "--seed", "1"])
        .args(["--max-examples", "300", "--max-time", "20", "--report", "har", "--report-har-path"])
        .arg(&har)
        .args(["-H", &format!("Authorization: Bearer {}", server.token)]);
    let started = Instant::now();
    if output(&mut command)?.is_none() {
        return Ok(None);
    }
    let wall = started.elapsed();
    let text = fs::read(&har).map_err(|error| format!("no report of Schemathesis: {error}"))?;
    let log: Value = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    let count = log["log"]["entries"].as_array().map_or(0, Vec::len);
    Ok(Some(count as f64 / wall.as_secs_f64()))
}

/// What a program prints, or nothing where there is none of that name.
fn output(command: &mut Command) -> Result<Option<Output>, String> {
    match command.output() {
        Ok(output) => Ok(Some(output)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("can't run {command:?}: {error}")),
    }
}
