//! The shape of a configuration.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use atlas_engine::auth::credentials::Credentials;
use atlas_engine::secret::Secret;
use atlas_engine::session::Settings;
use atlas_engine::transport::proxy::ProxySettings;

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
    /// The URL of the proxy that the target is reached through, or `none`; by default what the
    /// environment says.
    #[serde(default)]
    pub proxy: ProxySettings,
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
    /// Whether the target forgets every change at once, so that each request meets the users as
    /// they are listed.
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
    None,
}

/// A user who is there, for `fixtures`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixtureUser {
    pub id: String,
    /// Whether the user has joined.
    pub membership: ListedMembership,
    /// All roles that the user has in the project.
    pub roles: Vec<String>,
    pub username: String,
}

/// The memberships of listed users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ListedMembership {
    /// A member of the organization.
    Active,
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
        self.credentials.secrets().chain(&self.state.hook_token).cloned().collect()
    }

    /// What a session with the target needs to know.
    pub fn session_settings(&self, timeout: Duration, rate: Option<f64>) -> Settings<'_> {
        Settings {
            target: self.target.as_deref().unwrap_or_default(),
            ca_file: self.ca_file.as_deref(),
            proxies: &self.proxy,
            credentials: &self.credentials,
            secrets: self.state.hook_token.iter().cloned().collect(),
            timeout,
            rate,
        }
    }
}
