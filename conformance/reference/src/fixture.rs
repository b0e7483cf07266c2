//! What a client has to know of the server before it can talk to it.

use super::random::Random;

/// The projects, credentials and users that the server starts with.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// A project that is owned by the owner and readable by the reader.
    pub group_id: String,
    /// Another such project.
    pub other_group_id: String,
    /// A service account with the Project Owner role in both projects.
    pub owner: ServiceAccount,
    /// An API key with the Project Owner role in both projects.
    pub owner_key: ApiKey,
    /// A service account that may read both projects and change neither.
    pub reader: ServiceAccount,
    /// An API key that may read both projects and change neither.
    pub reader_key: ApiKey,
    /// A user of the first project who was invited through the deprecated project invitation.
    pub deprecated_user_id: String,
    /// Usernames that make active users, with `{n}` for anything that tells them apart.
    pub active_username: String,
    /// Usernames that make pending users, with `{n}` for anything that tells them apart.
    pub pending_username: String,
}

/// A service account of OAuth 2.0 client credentials.
#[derive(Clone, Debug)]
pub struct ServiceAccount {
    /// The public half.
    pub client_id: String,
    /// The secret half.
    pub client_secret: String,
}

/// A key pair of HTTP Digest.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// The username.
    pub public_key: String,
    /// The password.
    pub private_key: String,
}

/// Who invites and owns, as responses show it.
pub(crate) const INVITER: &str = "owner@example.com";

/// The username of the user who was invited through the deprecated project invitation.
pub(crate) const DEPRECATED_USERNAME: &str = "invited-long-ago@example.com";

/// Usernames with this start belong to members of the organization.
pub(crate) const ACTIVE_PREFIX: &str = "active-";

impl Fixture {
    pub(crate) fn draw(random: &mut Random) -> Self {
        Self {
            group_id: random.hex(24),
            other_group_id: random.hex(24),
            owner: ServiceAccount::draw(random),
            owner_key: ApiKey::draw(random),
            reader: ServiceAccount::draw(random),
            reader_key: ApiKey::draw(random),
            deprecated_user_id: random.hex(24),
            active_username: format!("{ACTIVE_PREFIX}{{n}}@example.com"),
            pending_username: "pending-{n}@example.com".to_owned(),
        }
    }
}

impl ServiceAccount {
    fn draw(random: &mut Random) -> Self {
        Self {
            client_id: format!("mdb_sa_id_{}", random.hex(24)),
            client_secret: format!("mdb_sa_sk_{}", random.hex(40)),
        }
    }
}

impl ApiKey {
    fn draw(random: &mut Random) -> Self {
        let key = random.hex(8);
        let secret = random.hex(32);
        let private_key = [0, 8, 12, 16, 20, 32].windows(2).map(|at| &secret[at[0]..at[1]]);
        Self { public_key: key, private_key: private_key.collect::<Vec<_>>().join("-") }
    }
}
