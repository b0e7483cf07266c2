//! A MongoDB Cloud user, independent of projects.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::fixture::{ACTIVE_PREFIX, INVITER, Random};

/// A MongoDB Cloud user, independent of projects.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) username: String,
    /// The membership of the organization.
    pub(crate) standing: Standing,
}

/// The membership of the organization.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    Active(Profile),
    /// Invited at this time.
    Pending(Timestamp),
}

/// The fields of an active user.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    first_name: &'static str,
    last_name: &'static str,
    country: &'static str,
    mobile_number: &'static str,
    created: Timestamp,
    last_authenticated: Timestamp,
}

/// The time for which an invitation is open.
const INVITATION: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Person {
    /// Creates a person. The username decides whether they belong to the organization already.
    pub(crate) fn draw(username: &str, random: &mut Random) -> Self {
        let standing = match username.starts_with(ACTIVE_PREFIX) {
            true => Standing::Active(Profile::draw(random)),
            false => Standing::Pending(Timestamp::now()),
        };
        Self { id: random.hex(24), username: username.to_owned(), standing }
    }

    /// Whether the invitation is still open.
    pub(crate) fn is_pending(&self) -> bool {
        matches!(self.standing, Standing::Pending(_))
    }

    /// The membership of the organization, as responses show it.
    pub(crate) fn membership(&self) -> &'static str {
        match self.standing {
            Standing::Active(_) => "ACTIVE",
            Standing::Pending(_) => "PENDING",
        }
    }

    /// The user as responses show it.
    pub(crate) fn view(&self, roles: &[String]) -> Map<String, Value> {
        let mut view = Map::new();
        let mut show = |name: &str, value: Value| view.insert(name.to_owned(), value);
        show("id", json!(self.id));
        show("username", json!(self.username));
        show("roles", json!(roles));
        match &self.standing {
            Standing::Active(profile) => {
                show("orgMembershipStatus", json!("ACTIVE"));
                show("firstName", json!(profile.first_name));
                show("lastName", json!(profile.last_name));
                show("country", json!(profile.country));
                show("mobileNumber", json!(profile.mobile_number));
                show("createdAt", json!(date_time(profile.created)));
                show("lastAuth", json!(date_time(profile.last_authenticated)));
            }
            Standing::Pending(invited) => {
                let expires = invited.saturating_add(INVITATION).unwrap_or(*invited);
                show("orgMembershipStatus", json!("PENDING"));
                show("invitationCreatedAt", json!(date_time(*invited)));
                show("invitationExpiresAt", json!(date_time(expires)));
                show("inviterUsername", json!(INVITER));
            }
        }
        view
    }
}

impl Profile {
    fn draw(random: &mut Random) -> Self {
        let days_ago = |days: u64| {
            let ago = SignedDuration::from_secs(i64::try_from(days * 86_400).unwrap_or_default());
            Timestamp::now().saturating_sub(ago).unwrap_or(Timestamp::UNIX_EPOCH)
        };
        Self {
            first_name: random.pick(&["Ada", "Grace", "Édith", "Alan", "Katherine"]),
            last_name: random.pick(&["Lovelace", "Hopper", "Clarke", "Turing", "Johnson"]),
            country: random.pick(&["US", "IE", "DE", "JP"]),
            mobile_number: random.pick(&["2125550123", "4155550142"]),
            created: days_ago(400 + random.number() % 1000),
            last_authenticated: days_ago(1 + random.number() % 300),
        }
    }
}

/// ISO 8601 in UTC, to the second.
fn date_time(timestamp: Timestamp) -> String {
    timestamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
