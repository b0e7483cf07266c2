//! The credentials of a run, as its configuration names them.

use serde::Deserialize;

use crate::secret::Secret;

/// The credentials of a run, each optional, at least one of an owner.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// A bearer token of an owner that was fetched already; it goes before the service account.
    pub owner_token: Option<AccessToken>,
    /// A service account that is Project Owner or Project Access Manager.
    pub owner: Option<ServiceAccount>,
    /// The same as an API key.
    pub owner_key: Option<ApiKey>,
    /// A bearer token without permission; it goes before the service account.
    pub reader_token: Option<AccessToken>,
    /// A service account without permission.
    pub reader: Option<ServiceAccount>,
    /// The same as an API key.
    pub reader_key: Option<ApiKey>,
}

/// A bearer token that was fetched already.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessToken {
    /// The token, without `Bearer`.
    pub access_token: Secret,
}

/// A service account (OAuth 2.0 client credentials).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceAccount {
    pub client_id: String,
    pub client_secret: Secret,
}

/// An API key pair (HTTP Digest).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiKey {
    /// The public key, Digest's user name.
    pub public_key: String,
    /// The private key, Digest's password.
    pub private_key: Secret,
}

impl Credentials {
    /// Every secret among them, for redaction.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        let Self { owner_token, owner, owner_key, reader_token, reader, reader_key } = self;
        let tokens = [owner_token, reader_token].into_iter().flatten();
        let accounts = [owner, reader].into_iter().flatten();
        let keys = [owner_key, reader_key].into_iter().flatten();
        tokens
            .map(|token| &token.access_token)
            .chain(accounts.map(|account| &account.client_secret))
            .chain(keys.map(|key| &key.private_key))
    }
}
