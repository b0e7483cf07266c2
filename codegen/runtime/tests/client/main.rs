//! The client's runtime, the part of it that no document decides, against servers that follow a
//! script: repetitions, tokens, limits, pages.

mod credentials;
mod limits;
mod operations;
mod pages;
mod redirects;
mod retries;
mod secrets;
mod server;
mod tokens;

use std::time::Duration;

use atlas_runtime::client::{Client, Error};
use atlas_runtime::credentials::Credentials;
use atlas_runtime::settings::Settings;

use crate::operations::{GetGroupUserResponse, RemoveGroupUserRoleResponse};

const USER: &str = r#"{"id":"32b6e34b3d91647abb20e7b8","username":"a@example.com","roles":["R"],
    "orgMembershipStatus":"PENDING","invitationCreatedAt":"2025-01-01T00:00:00Z",
    "invitationExpiresAt":"2025-02-01T00:00:00Z","inviterUsername":"b@example.com"}"#;

/// Settings under which a test waits for nothing.
fn hurried() -> Settings {
    Settings {
        timeout: Duration::from_secs(10),
        backoff: Duration::from_millis(1),
        ..Settings::default()
    }
}

fn http() -> reqwest::Client {
    // The servers are plain http on this machine: no certificates, no proxy.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client")
}

fn client(url: &str, settings: Settings) -> Client {
    let credentials = Credentials::Bearer("a-token".to_owned());
    Client::with(http(), url, credentials, settings).expect("a client")
}

async fn get(client: &Client) -> Result<GetGroupUserResponse, Error> {
    client.send(operations::get()).await?.answer()
}

async fn remove(client: &Client) -> Result<RemoveGroupUserRoleResponse, Error> {
    client.send(operations::remove()).await?.answer()
}
