//! What a check may need, and whether a run can meet it.

use crate::config::Config;
use crate::users::capabilities::Capabilities;
use crate::users::user::Membership;

/// What a check may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// Active users can be made.
    ActiveUsers,
    /// Pending users can be made.
    PendingUsers,
    OtherProject,
    /// An owner's service account.
    ServiceAccount,
    /// An owner's API key.
    ApiKey,
    /// A credential without permission.
    Reader,
    /// A user invited through the deprecated endpoint.
    DeprecatedUser,
}

impl Need {
    /// Its name in the catalogue.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ActiveUsers => "active-users",
            Self::PendingUsers => "pending-users",
            Self::OtherProject => "other-project",
            Self::ServiceAccount => "service-account",
            Self::ApiKey => "api-key",
            Self::Reader => "reader",
            Self::DeprecatedUser => "deprecated-user",
        }
    }

    /// The configuration that meets it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ActiveUsers => "state.active_username",
            Self::PendingUsers => "state.pending_username",
            Self::OtherProject => "other_group_id",
            Self::ServiceAccount => "credentials.owner",
            Self::ApiKey => "credentials.owner_key",
            Self::Reader => "credentials.reader or credentials.reader_key",
            Self::DeprecatedUser => "state.deprecated_user_id",
        }
    }
}

/// The first need that the run can't meet, and what would meet it.
pub fn unmet(config: &Config, capabilities: &Capabilities, needs: &[Need]) -> Option<String> {
    let memberships = capabilities.memberships();
    if memberships.is_empty() {
        let keys = match capabilities.makes_users() {
            true => "`state.active_username` or `state.pending_username`",
            false => "`state.users`",
        };
        return Some(format!("no users can be had: set {keys}"));
    }
    let credentials = &config.credentials;
    let met = |need: &Need| match need {
        Need::ActiveUsers => memberships.contains(&Membership::Active),
        Need::PendingUsers => memberships.contains(&Membership::Pending),
        Need::OtherProject => config.other_group_id.is_some() && capabilities.makes_users(),
        Need::ServiceAccount => credentials.owner.is_some() || credentials.owner_token.is_some(),
        Need::ApiKey => credentials.owner_key.is_some(),
        Need::Reader => {
            credentials.reader.is_some()
                || credentials.reader_token.is_some()
                || credentials.reader_key.is_some()
        }
        Need::DeprecatedUser => capabilities.has_deprecated_user(),
    };
    let unmet = needs.iter().find(|need| !met(need))?;
    let listed = !capabilities.makes_users();
    Some(match unmet {
        Need::OtherProject if listed => {
            format!("needs {}: listed users are those of one project", unmet.name())
        }
        Need::ActiveUsers | Need::PendingUsers | Need::DeprecatedUser if listed => {
            format!("needs {}: list one in `state.users`", unmet.name())
        }
        _ => format!("needs {}: set `{}`", unmet.name(), unmet.key()),
    })
}
