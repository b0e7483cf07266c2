//! Cleaning up after a run that did not come to its end.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::config::{Config, With};
use crate::state::api::Api;
use crate::state::hook::Hook;
use crate::state::journal::Line;
use crate::state::provider::restore;
use crate::target::session::Session;
use crate::user::{Membership, User};

/// What became of one open line of a journal.
#[derive(Debug)]
pub struct Outcome {
    /// In words.
    pub what: String,
    /// Whether the server is as it was.
    pub settled: bool,
}

/// Removes every user that a journal leaves open, and gives listed ones their roles back.
///
/// # Errors
/// In words, when the target or the hook can't be spoken to at all.
pub async fn clean_up(
    config: &Config,
    session: Rc<Session>,
    hook: Option<Hook>,
    open: Vec<Line>,
) -> Result<Vec<Outcome>, String> {
    let api = Api::new(session);
    let hook = hook.filter(|_| config.state.with == With::Hook);
    let mut outcomes = Vec::new();
    for line in open {
        outcomes.push(match line {
            Line::Made { group, username, id } => {
                let removed = match &hook {
                    Some(hook) => hook.remove(&group, &id).await,
                    None => api.remove(&group, &id).await,
                };
                outcome(removed, format!("removed {username} ({id})"))
            }
            Line::Asked { group, username } if hook.is_none() => {
                asked(&api, &group, &username).await
            }
            Line::Asked { username, .. } => Outcome {
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
    Ok(outcomes)
}

/// A user who was asked for, and may have been made though no answer came.
async fn asked(api: &Api, group: &str, username: &str) -> Outcome {
    let users = match api.users(group).await {
        Ok(users) => users,
        Err(reason) => return Outcome { what: reason, settled: false },
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

fn outcome(done: Result<(), String>, what: String) -> Outcome {
    match done {
        Ok(()) => Outcome { what, settled: true },
        Err(reason) => Outcome { what: reason, settled: false },
    }
}
