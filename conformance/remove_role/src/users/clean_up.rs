//! Cleans up after a run that did not end by itself.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::config::{Config, With};
use crate::users::api::Api;
use crate::users::error::SetupError;
use crate::users::hook::Hook;
use crate::users::journal::Line;
use crate::users::provider::restore;
use crate::users::user::{Membership, User};
use atlas_engine::session::Session;

/// How one open line of a journal was settled.
#[derive(Debug)]
pub struct Outcome {
    /// What was done, or why it could not be.
    pub what: String,
    /// Whether the server is as it was.
    pub settled: bool,
}

/// Removes every user that a journal leaves open, and gives listed ones their roles back.
pub async fn clean_up(
    config: &Config,
    session: Rc<Session>,
    hook: Option<Hook>,
    open: Vec<Line>,
) -> Vec<Outcome> {
    let api = Api::new(session);
    let hook = hook.filter(|_| config.state.with == With::Hook);
    let mut outcomes = Vec::new();
    for line in open {
        if let Some(protected) = line.names().find(|name| is_protected(config, name)) {
            let what = format!("{protected} is protected, and is not touched");
            outcomes.push(Outcome { what, settled: false });
            continue;
        }
        outcomes.push(match line {
            Line::Made { group, username, id } => {
                let removed = match &hook {
                    Some(hook) => hook.remove(&group, &id).await,
                    None => api.remove(&group, &id).await,
                };
                outcome(removed, format!("removed {username} ({id})"))
            }
            Line::RequestContext { group, username } if hook.is_none() => {
                asked(&api, &group, &username).await
            }
            Line::RequestContext { username, .. } => Outcome {
                what: format!("the hook did not say whether it made {username}; look yourself"),
                settled: true,
            },
            Line::Borrowed { group, id, roles } => {
                let user = User::new(&group, &id, "", Membership::Active, BTreeSet::new());
                let restored = restore(&api, &user, &roles).await;
                outcome(restored, format!("gave the listed user {id} its roles back"))
            }
            _ => continue,
        });
    }
    outcomes
}

fn is_protected(config: &Config, name: &str) -> bool {
    config.protect.iter().any(|protected| protected.eq_ignore_ascii_case(name))
}

/// A user who was asked for, and may have been made though no answer came.
async fn asked(api: &Api, group: &str, username: &str) -> Outcome {
    let users = match api.users(group).await {
        Ok(users) => users,
        Err(error) => return Outcome { what: error.to_string(), settled: false },
    };
    let id = users.iter().find_map(|user| {
        let same = user["username"].as_str()?.eq_ignore_ascii_case(username);
        user["id"].as_str().filter(|_| same)
    });
    match id {
        None => Outcome { what: format!("{username} was not made"), settled: true },
        Some(id) => outcome(api.remove(group, id).await, format!("removed {username} ({id})")),
    }
}

fn outcome(done: Result<(), SetupError>, what: String) -> Outcome {
    match done {
        Ok(()) => Outcome { what, settled: true },
        Err(error) => Outcome { what: error.to_string(), settled: false },
    }
}
