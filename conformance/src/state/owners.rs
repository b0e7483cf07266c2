//! The last Project Owner is never changed: before listed users are used, the others are counted.

use crate::config::{Config, Through, With};
use crate::state::api::Api;

/// The role that a project must not be without.
const OWNER: &str = "GROUP_OWNER";

/// Refuses listed users whose change could leave their project without an owner. Users that the
/// suite makes itself add to the owners and never take from them.
///
/// # Errors
/// In words, with what to do about it.
pub async fn others_remain(config: &Config, api: &Api, local: bool) -> Result<(), String> {
    let state = &config.state;
    let owns = |roles: &[String]| roles.iter().any(|role| role == OWNER);
    let owners: Vec<_> = state.users.iter().filter(|user| owns(&user.roles)).collect();
    if state.with != With::Fixtures || owners.is_empty() {
        return Ok(());
    }
    if state.read_back() != Through::Api {
        if local {
            return Ok(());
        }
        return Err(format!(
            "{} of the listed users has {OWNER}, and whether the project has another owner can't \
             be seen: set `state.read_back` to `api`, or list users without {OWNER}",
            owners.len()
        ));
    }
    let group = config.group_id.as_deref().unwrap_or_default();
    let others = api.users(group).await?.into_iter().any(|user| {
        let id = user["id"].as_str().unwrap_or_default();
        let roles = crate::judge::subject::roles(&user).unwrap_or_default();
        roles.contains(OWNER) && owners.iter().all(|owner| owner.id != id)
    });
    if others {
        return Ok(());
    }
    Err(format!(
        "the listed users are the only ones with {OWNER} in project {group}, and the last Project \
         Owner is never changed: give another user that role, or list users without it"
    ))
}
