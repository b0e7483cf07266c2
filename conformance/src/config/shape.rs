//! The shape of a configuration.

use std::collections::BTreeMap;
use std::path::PathBuf;

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
    /// The host of a target that is not on this machine, repeated on purpose.
    pub confirm_target: Option<String>,
    /// The project of a target that is the real service, repeated on purpose.
    pub confirm_project: Option<String>,
    /// A file of certificates, as PEM, that are trusted beside the system's where the target or the
    /// hook is reached over TLS. In a configuration file it counts from that file's folder.
    pub ca_file: Option<PathBuf>,
    /// User names and user ids that are never touched, such as the caller's own.
    #[serde(default)]
    pub protect: Vec<String>,
    /// Who the suite acts as.
    #[serde(default)]
    pub credentials: Credentials,
    /// How users are set up.
    #[serde(default)]
    pub state: State,
    /// Where each credential was read, by its key.
    #[serde(skip)]
    pub sources: Sources,
    /// The file in which the run notes the users that it makes.
    #[serde(skip)]
    pub journal: Option<PathBuf>,
}

/// Where a value was read, by its key: `the file target.toml`, `the variable NAME`.
pub type Sources = BTreeMap<&'static str, String>;

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
    /// The way: `api`, `hook` or `fixtures`.
    #[serde(default)]
    pub with: With,
    /// How users are read back; by default as they are set up, and not at all with fixtures.
    pub read_back: Option<Through>,
    /// How roles are added; by default as users are set up, and not at all with fixtures.
    pub add_roles: Option<Through>,
    /// The URL of the hook.
    pub hook: Option<String>,
    /// A bearer token for the hook.
    pub hook_token: Option<Secret>,
    /// The users that `fixtures` may change.
    #[serde(default)]
    pub users: Vec<FixtureUser>,
    /// Whether the target forgets every change at once, so that each request meets the listed
    /// users as they are listed.
    #[serde(default)]
    pub forgets: bool,
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
    /// Through a URL of the vendor's.
    Hook,
    /// Users that are there and listed in the configuration.
    Fixtures,
}

/// The ways to read a user back and to add a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Through {
    /// Through the sibling operations.
    Api,
    /// Through the vendor's URL.
    Hook,
    /// Not at all.
    None,
}

/// A user who is there, for `fixtures`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixtureUser {
    /// The user's id.
    pub id: String,
    /// Whether the user has joined.
    pub membership: ListedMembership,
    /// All roles that the user has in the project.
    pub roles: Vec<String>,
    /// The user's name.
    pub username: String,
}

/// The memberships of listed users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ListedMembership {
    /// A member of the organization.
    Active,
    /// Invited.
    Pending,
    /// Invited through the deprecated project invitation.
    DeprecatedInvitation,
}

impl State {
    /// The project roles that the target knows.
    pub fn known_roles(&self) -> Vec<String> {
        self.roles.clone().unwrap_or_else(|| PROJECT_ROLES.map(str::to_owned).to_vec())
    }

    /// How users are read back.
    pub fn read_back(&self) -> Through {
        self.read_back.unwrap_or_else(|| self.with.through())
    }

    /// How roles are added.
    pub fn add_roles(&self) -> Through {
        self.add_roles.unwrap_or_else(|| self.with.through())
    }
}

impl With {
    const fn through(self) -> Through {
        match self {
            Self::Api => Through::Api,
            Self::Hook => Through::Hook,
            Self::Fixtures => Through::None,
        }
    }
}

impl Config {
    /// Where a credential was read, for messages; empty for one that was put together in code.
    pub fn source_of(&self, key: &str) -> &str {
        self.sources.get(key).map_or("", String::as_str)
    }

    /// Every secret of this configuration, for redaction.
    pub fn secrets(&self) -> Vec<Secret> {
        let Credentials { owner_token, owner, owner_key, reader_token, reader, reader_key } =
            &self.credentials;
        let tokens = [owner_token, reader_token].into_iter().flatten();
        let accounts = [owner, reader].into_iter().flatten();
        let keys = [owner_key, reader_key].into_iter().flatten();
        tokens
            .map(|token| &token.access_token)
            .chain(accounts.map(|account| &account.client_secret))
            .chain(keys.map(|key| &key.private_key))
            .chain(&self.state.hook_token)
            .cloned()
            .collect()
    }
}
