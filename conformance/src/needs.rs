//! Whether a run can meet what a check needs.

use std::rc::Rc;
use std::time::Duration;

use crate::check::{Check, Need};
use crate::config::Config;
use crate::state::provider::Provider;
use crate::target::session::Session;
use crate::user::Membership;

/// The first need that the run can't meet, and what would meet it.
pub fn unmet(config: &Config, provider: &Provider, check: &Check) -> Option<String> {
    let memberships = provider.memberships();
    if memberships.is_empty() {
        let keys = match provider.makes_users() {
            true => "`state.active_username` or `state.pending_username`",
            false => "`state.users`",
        };
        return Some(format!("no users can be had: set {keys}"));
    }
    let credentials = &config.credentials;
    let met = |need: &Need| match need {
        Need::ActiveUsers => memberships.contains(&Membership::Active),
        Need::PendingUsers => memberships.contains(&Membership::Pending),
        Need::OtherProject => config.other_group_id.is_some() && provider.makes_users(),
        Need::ServiceAccount => credentials.owner.is_some() || credentials.owner_token.is_some(),
        Need::ApiKey => credentials.owner_key.is_some(),
        Need::Reader => {
            credentials.reader.is_some()
                || credentials.reader_token.is_some()
                || credentials.reader_key.is_some()
        }
        Need::DeprecatedUser => provider.has_deprecated_user(),
    };
    let unmet = check.needs.iter().find(|need| !met(need))?;
    let listed = !provider.makes_users();
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

/// The same, where no run has begun: nothing is sent and no journal is kept.
pub fn unmet_by(config: &Config, check: &Check) -> Option<String> {
    let config = Config { journal: None, ..config.clone() };
    let session = Session::new(&config, Duration::ZERO, None);
    let provider =
        session.and_then(|session| Provider::new(&config, Rc::new(session), Duration::ZERO));
    match provider {
        Ok(provider) => unmet(&config, &provider, check),
        Err(reason) => Some(reason),
    }
}
