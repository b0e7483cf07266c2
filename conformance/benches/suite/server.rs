//! The reference server in a process of its own, as `atlas-conformance serve` starts it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use atlas_remove_role::config::Config;
use serde_json::Value;
use tempfile::NamedTempFile;

use crate::SUITE;

/// A running server, which ends with this value.
pub(crate) struct Server {
    child: Child,
    /// The file for `--config`.
    pub(crate) config: NamedTempFile,
    /// Its URL.
    pub(crate) url: String,
    /// A project that is there.
    pub(crate) group_id: String,
    /// An owner's access token.
    pub(crate) token: String,
}

impl Server {
    pub(crate) fn start() -> Result<Self, String> {
        let mut child = Command::new(SUITE)
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("can't start {SUITE}: {error}"))?;
        let stdout = child.stdout.take().ok_or("the server has no output")?;
        let mut text = String::new();
        // The configuration ends with the last key of its last table.
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|error| format!("can't read the server's output: {error}"))?;
            text.push_str(&line);
            text.push('\n');
            if line.starts_with("deprecated_user_id") {
                break;
            }
        }
        let mut config = NamedTempFile::with_suffix(".toml")
            .map_err(|error| format!("can't make a file: {error}"))?;
        config.write_all(text.as_bytes()).map_err(|error| format!("can't write: {error}"))?;
        let shape: Config = toml::from_str(&text).map_err(|error| error.to_string())?;
        let url = shape.target.clone().unwrap_or_default();
        let group_id = shape.group_id.clone().unwrap_or_default();
        let token = token(&url, &shape)?;
        Ok(Self { child, config, url, group_id, token })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn token(url: &str, config: &Config) -> Result<String, String> {
    let owner = config.credentials.owner.as_ref().ok_or("the server names no owner")?;
    let failed = |error: reqwest::Error| format!("no token: {error}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("can't start: {error}"))?;
    // A second call finds the provider installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().map_err(failed)?;
    let body = runtime.block_on(async {
        let request = http
            .post(format!("{url}/api/oauth/token"))
            .basic_auth(&owner.client_id, Some(owner.client_secret.expose()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials");
        request.send().await.map_err(failed)?.bytes().await.map_err(failed)
    })?;
    let grant: Value = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
    Ok(grant["access_token"].as_str().ok_or("the grant has no token")?.to_owned())
}
