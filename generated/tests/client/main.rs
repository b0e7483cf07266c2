//! The client's runtime, the part of it that no document decides, against servers that follow a
//! script: repetitions, tokens, limits, pages.

mod limits;
mod pages;
mod retries;
mod server;
mod tokens;

use atlas_api::client::{Client, Credentials};
use atlas_api::get_group_user::{GetGroupUserResponse, Query};
use atlas_api::remove_group_user_role::{self, RemoveGroupUserRoleResponse};
use atlas_api::settings::Settings;
use atlas_api::types::{AddOrRemoveGroupRole, GroupId, UserId};
use std::time::Duration;

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

fn group() -> GroupId {
    "32b6e34b3d91647abb20e7b8".parse().expect("an id")
}

fn user() -> UserId {
    "32b6e34b3d91647abb20e7b8".parse().expect("an id")
}

async fn get(client: &Client) -> Result<GetGroupUserResponse, atlas_api::client::Error> {
    client.get_group_user(&group(), &user(), &Query::default()).await
}

async fn remove(client: &Client) -> Result<RemoveGroupUserRoleResponse, atlas_api::client::Error> {
    let role = AddOrRemoveGroupRole { group_role: "GROUP_OWNER".to_owned() };
    let query = remove_group_user_role::Query::default();
    client.remove_group_user_role(&group(), &user(), &query, &role).await
}
