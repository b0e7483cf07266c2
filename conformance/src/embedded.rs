//! The reference server as a target, for a run without `--target`.

use atlas_engine::auth::credentials::{ApiKey, Credentials, ServiceAccount};
use atlas_reference::Fixture;
use atlas_remove_role::config::{Config, State};

/// The configuration that reaches a reference server at `url`.
pub fn config(url: &str, fixture: &Fixture) -> Config {
    Config {
        target: Some(url.to_owned()),
        group_id: Some(fixture.group_id.clone()),
        other_group_id: Some(fixture.other_group_id.clone()),
        credentials: Credentials {
            owner: Some(service_account(&fixture.owner)),
            owner_key: Some(api_key(&fixture.owner_key)),
            reader: Some(service_account(&fixture.reader)),
            reader_key: Some(api_key(&fixture.reader_key)),
            ..Credentials::default()
        },
        state: State {
            active_username: Some(fixture.active_username.clone()),
            pending_username: Some(fixture.pending_username.clone()),
            deprecated_user_id: Some(fixture.deprecated_user_id.clone()),
            ..State::default()
        },
        ..Config::default()
    }
}

fn service_account(account: &atlas_reference::ServiceAccount) -> ServiceAccount {
    ServiceAccount {
        client_id: account.client_id.clone(),
        client_secret: account.client_secret.clone().into(),
    }
}

fn api_key(key: &atlas_reference::ApiKey) -> ApiKey {
    ApiKey { public_key: key.public_key.clone(), private_key: key.private_key.clone().into() }
}
