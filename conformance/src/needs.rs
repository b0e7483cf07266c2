//! Whether a run can meet what a check needs.

use crate::check::{Check, Need};
use crate::config::Config;
use crate::state::supply::Supply;
use crate::user::Membership;

/// The first need that the run can't meet, and what would meet it.
pub fn unmet(config: &Config, supply: &Supply, check: &Check) -> Option<String> {
    let memberships = supply.memberships();
    if memberships.is_empty() {
        let keys = match supply.makes_users() {
            true => "`state.active_username` or `state.pending_username`",
            false => "`state.users`",
        };
        return Some(format!("no users can be had: set {keys}"));
    }
    let credentials = &config.credentials;
    let met = |need: &Need| match need {
        Need::ActiveUsers => memberships.contains(&Membership::Active),
        Need::PendingUsers => memberships.contains(&Membership::Pending),
        Need::OtherProject => config.other_group_id.is_some() && supply.makes_users(),
        Need::ServiceAccount => credentials.owner.is_some() || credentials.owner_token.is_some(),
        Need::ApiKey => credentials.owner_key.is_some(),
        Need::Reader => {
            credentials.reader.is_some()
                || credentials.reader_token.is_some()
                || credentials.reader_key.is_some()
        }
        Need::DeprecatedUser => supply.has_deprecated_user(),
    };
    let unmet = check.needs.iter().find(|need| !met(need))?;
    let listed = !supply.makes_users();
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
