//! What a run is told about its target: a TOML file, overridden by the environment.

use std::path::Path;

use serde::Deserialize;

use crate::secret::Secret;

/// The project roles of Atlas, used where the configuration names none.
pub const PROJECT_ROLES: [&str; 11] = [
    "GROUP_OWNER",
    "GROUP_CLUSTER_MANAGER",
    "GROUP_STREAM_PROCESSING_OWNER",
    "GROUP_DATA_ACCESS_ADMIN",
    "GROUP_DATA_ACCESS_READ_WRITE",
    "GROUP_DATA_ACCESS_READ_ONLY",
    "GROUP_DATABASE_ACCESS_ADMIN",
    "GROUP_BACKUP_MANAGER",
    "GROUP_OBSERVABILITY_VIEWER",
    "GROUP_READ_ONLY",
    "GROUP_SEARCH_INDEX_EDITOR",
];

/// The whole configuration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The base URL; a path is kept as a prefix.
    pub target: Option<String>,
    /// The project whose users are changed.
    pub group_id: Option<String>,
    /// A second project, for the clauses about one.
    pub other_group_id: Option<String>,
    /// Who the suite acts as.
    #[serde(default)]
    pub credentials: Credentials,
    /// How users are set up.
    #[serde(default)]
    pub state: State,
}

/// The credentials of a run, each optional, at least one of an owner.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// A service account that is Project Owner or Project Access Manager.
    pub owner: Option<ServiceAccount>,
    /// The same as an API key.
    pub owner_key: Option<ApiKey>,
    /// A service account without permission.
    pub reader: Option<ServiceAccount>,
    /// The same as an API key.
    pub reader_key: Option<ApiKey>,
}

/// A service account (OAuth 2.0 client credentials).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceAccount {
    /// The client id.
    pub client_id: String,
    /// The client secret.
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

/// How users are set up and read back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The way: `api`, the sibling operations.
    #[serde(default)]
    pub with: With,
    /// The name of an active user; `{n}` is replaced by something unique.
    pub active_username: Option<String>,
    /// The name of an invited user; `{n}` is replaced by something unique.
    pub pending_username: Option<String>,
    /// A user who was invited through the deprecated endpoint.
    pub deprecated_user_id: Option<String>,
    /// The project roles that the target knows, at least three; Atlas's own by default.
    pub roles: Option<Vec<String>>,
}

/// The ways to set users up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum With {
    /// Through the sibling operations.
    #[default]
    Api,
}

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file can't be read.
    #[error("can't read the configuration {path}: {source}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no valid configuration.
    #[error("in the configuration {path}: {message}")]
    Parse {
        /// The file.
        path: String,
        /// Where and why.
        message: String,
    },
    /// A value is missing.
    #[error("no {key}: set `{key}` in the configuration file or the variable {variable}")]
    Missing {
        /// The key in the file.
        key: &'static str,
        /// The variable.
        variable: &'static str,
    },
    /// A value can't be used.
    #[error("`{key}`: expected {expected}, got `{got}`")]
    Invalid {
        /// The key in the file.
        key: &'static str,
        /// What would do.
        expected: String,
        /// What came.
        got: String,
    },
    /// Half a credential.
    #[error("[credentials.{section}] is incomplete: both {first} and {second} are needed")]
    HalfCredential {
        /// The table.
        section: &'static str,
        /// One key.
        first: &'static str,
        /// The other key.
        second: &'static str,
    },
}

impl Config {
    /// Reads the file, if one is given, and lets the environment override it.
    ///
    /// # Errors
    /// When the file can't be read or is no valid configuration, or a credential is incomplete.
    pub fn load(
        path: Option<&Path>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        let mut config = path.map(Self::read).transpose()?.unwrap_or_default();
        config.override_from(environment)?;
        Ok(config)
    }

    fn read(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|source| Error::Read { path: name.clone(), source })?;
        toml::from_str(&text).map_err(|error| Error::Parse {
            path: name,
            message: without_source_line(&error, &text),
        })
    }

    fn override_from(&mut self, get: &dyn Fn(&str) -> Option<String>) -> Result<(), Error> {
        let get = |name: &str| {
            get(&format!("ATLAS_CONFORMANCE_{name}")).filter(|value| !value.is_empty())
        };
        for (name, slot) in [
            ("TARGET", &mut self.target),
            ("GROUP_ID", &mut self.group_id),
            ("OTHER_GROUP_ID", &mut self.other_group_id),
            ("STATE_ACTIVE_USERNAME", &mut self.state.active_username),
            ("STATE_PENDING_USERNAME", &mut self.state.pending_username),
            ("STATE_DEPRECATED_USER_ID", &mut self.state.deprecated_user_id),
        ] {
            *slot = get(name).or_else(|| slot.take());
        }
        if let Some(with) = get("STATE_WITH").filter(|with| with != "api") {
            return Err(invalid("state.with", "`api`", with));
        }
        if let Some(roles) = get("STATE_ROLES") {
            self.state.roles = Some(roles.split(',').map(|role| role.trim().to_owned()).collect());
        }
        let credentials = &mut self.credentials;
        for (section, name, slot) in [
            ("owner", "OWNER", &mut credentials.owner),
            ("reader", "READER", &mut credentials.reader),
        ] {
            let id = get(&format!("CREDENTIALS_{name}_CLIENT_ID"));
            let secret = get(&format!("CREDENTIALS_{name}_CLIENT_SECRET"));
            let old = slot.take().map(|account| (account.client_id, account.client_secret));
            *slot = merged(section, ["client_id", "client_secret"], old, id, secret)?
                .map(|(client_id, client_secret)| ServiceAccount { client_id, client_secret });
        }
        for (section, name, slot) in [
            ("owner_key", "OWNER_KEY", &mut credentials.owner_key),
            ("reader_key", "READER_KEY", &mut credentials.reader_key),
        ] {
            let id = get(&format!("CREDENTIALS_{name}_PUBLIC_KEY"));
            let secret = get(&format!("CREDENTIALS_{name}_PRIVATE_KEY"));
            let old = slot.take().map(|key| (key.public_key, key.private_key));
            *slot = merged(section, ["public_key", "private_key"], old, id, secret)?
                .map(|(public_key, private_key)| ApiKey { public_key, private_key });
        }
        Ok(())
    }

    /// Checks that the values can be used together, before any request.
    ///
    /// # Errors
    /// For the first value that is missing or unusable.
    pub fn validate(&self) -> Result<(), Error> {
        let group = contract_pattern();
        match &self.group_id {
            None => {
                let variable = "ATLAS_CONFORMANCE_GROUP_ID";
                return Err(Error::Missing { key: "group_id", variable });
            }
            Some(id) if !group.is_match(id) => {
                return Err(invalid("group_id", &format!("an id like {group}"), id.clone()));
            }
            Some(_) => {}
        }
        if let Some(id) = self.other_group_id.as_ref().filter(|id| !group.is_match(id)) {
            return Err(invalid("other_group_id", &format!("an id like {group}"), id.clone()));
        }
        if self.credentials.owner.is_none() && self.credentials.owner_key.is_none() {
            let variable = "ATLAS_CONFORMANCE_CREDENTIALS_OWNER_CLIENT_ID (and _CLIENT_SECRET)";
            return Err(Error::Missing { key: "credentials.owner", variable });
        }
        for (key, template) in [
            ("state.active_username", &self.state.active_username),
            ("state.pending_username", &self.state.pending_username),
        ] {
            if let Some(template) = template.as_ref().filter(|text| !text.contains("{n}")) {
                return Err(invalid(key, "a name that contains `{n}`", template.clone()));
            }
        }
        if let Some(roles) = self.state.roles.as_ref().filter(|roles| roles.len() < 3) {
            return Err(invalid("state.roles", "at least three roles", roles.join(", ")));
        }
        Ok(())
    }

    /// Every secret of this configuration, for redaction.
    pub fn secrets(&self) -> Vec<String> {
        let credentials = &self.credentials;
        let accounts = [&credentials.owner, &credentials.reader].into_iter().flatten();
        let keys = [&credentials.owner_key, &credentials.reader_key].into_iter().flatten();
        accounts
            .map(|account| account.client_secret.expose().to_owned())
            .chain(keys.map(|key| key.private_key.expose().to_owned()))
            .collect()
    }
}

fn contract_pattern() -> regex::Regex {
    crate::contract::pattern_of("groupId")
}

fn invalid(key: &'static str, expected: &str, got: String) -> Error {
    Error::Invalid { key, expected: expected.to_owned(), got }
}

fn merged(
    section: &'static str,
    [first, second]: [&'static str; 2],
    old: Option<(String, Secret)>,
    id: Option<String>,
    secret: Option<String>,
) -> Result<Option<(String, Secret)>, Error> {
    let (old_id, old_secret) = old.unzip();
    match (id.or(old_id), secret.map(Secret::from).or(old_secret)) {
        (Some(id), Some(secret)) => Ok(Some((id, secret))),
        (None, None) => Ok(None),
        _ => Err(Error::HalfCredential { section, first, second }),
    }
}

/// The place and the reason, without toml's copy of the line, which may hold a secret.
fn without_source_line(error: &toml::de::Error, text: &str) -> String {
    let place = error.span().map(|span| {
        let before = &text[..span.start.min(text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        format!("line {line}, column {column}: ")
    });
    format!("{}{}", place.unwrap_or_default(), error.message())
}
