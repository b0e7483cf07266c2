//! Keeps a run from changing the last Project Owner: before listed users are used, the others are
//! counted.

use super::api::Api;
use super::error::SetupError;
use crate::config::{Config, Through, With};
use crate::subject;

/// The role that a project must not be without.
const OWNER: &str = "GROUP_OWNER";

/// Why listed users may not be used.
#[derive(Debug, thiserror::Error)]
pub enum LastOwnerError {
    /// The users of the project can't be listed.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The other owners can't be counted.
    #[error(
        "{listed} of the listed users has {OWNER}, and whether the project has another owner can't \
         be seen: set `state.read_back` to `api`, or list users without {OWNER}"
    )]
    Unknown {
        /// How many listed users are owners.
        listed: usize,
    },
    /// There is no other owner.
    #[error(
        "the listed users are the only ones with {OWNER} in project {group}, and the last Project \
         Owner is never changed: give another user that role, or list users without it"
    )]
    NoOther { group: String },
}

/// Refuses listed users whose change could leave their project without an owner. Users that the
/// suite makes itself add to the owners and never take from them.
///
/// # Errors
/// When there is no other owner, or whether there is can't be seen.
pub async fn check_other_owners(
    config: &Config,
    api: &Api,
    local: bool,
) -> Result<(), LastOwnerError> {
    let state = &config.state;
    let owns = |roles: &[String]| roles.iter().any(|role| role == OWNER);
    let owners: Vec<_> = state.users.iter().filter(|user| owns(&user.roles)).collect();
    if state.with != With::Fixtures || owners.is_empty() {
        return Ok(());
    }
    if state.read_back() != Through::Api {
        return if local { Ok(()) } else { Err(LastOwnerError::Unknown { listed: owners.len() }) };
    }
    let group = config.group_id.as_deref().unwrap_or_default();
    let others = api.users(group).await?.into_iter().any(|user| {
        let id = user["id"].as_str().unwrap_or_default();
        let roles = subject::roles(&user).unwrap_or_default();
        roles.contains(OWNER) && owners.iter().all(|owner| owner.id != id)
    });
    if others { Ok(()) } else { Err(LastOwnerError::NoOther { group: group.to_owned() }) }
}
