//! The one way in which a run sets users up, reads them back and gives them roles.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;

use crate::check::Halt;
use crate::config::{Config, Through, With};
use crate::exchange::Exchange;
use crate::judge::subject::{self, listed};
use crate::state::api::Api;
use crate::state::hook::Hook;
use crate::state::journal::Journal;
use crate::state::supply::Supply;
use crate::state::tally::{Kind, Tally};
use crate::target::session::Session;
use crate::user::{Membership, User};

/// What a target says of a user.
#[derive(Debug)]
pub enum Reading {
    /// The user as JSON, at least with `roles`, and the exchange that shows it.
    User(Value, Rc<Exchange>),
    /// There is no such user.
    Gone(Rc<Exchange>),
    /// The run has no way to read users back.
    Unreadable,
}

/// How users are set up, read back and given roles.
pub struct Provider {
    /// Which users can be had.
    pub supply: Supply,
    roles: Vec<String>,
    group: String,
    api: Api,
    hook: Option<Hook>,
    /// What the run has open.
    pub journal: Journal,
    tally: RefCell<Tally>,
    /// Roles are handed out in the order of the configuration, as listed users would have them.
    counting: bool,
    ids: RefCell<BTreeSet<String>>,
}

impl Provider {
    /// The way that a valid configuration names.
    ///
    /// # Errors
    /// In words, when the hook's URL can't be used or the journal can't be begun.
    pub fn new(config: &Config, session: Rc<Session>) -> Result<Self, String> {
        let supply = Supply::new(config);
        let state = &supply.state;
        let hook = state.hook.as_deref();
        let hook = hook.map(|url| Hook::new(url, state.hook_token.clone(), &session));
        let hook = hook.transpose()?;
        let target = config.target.as_deref().unwrap_or_default();
        Ok(Self {
            roles: state.known_roles(),
            group: config.group_id.clone().unwrap_or_default(),
            api: Api::new(session),
            hook,
            journal: Journal::begin(config.journal.as_deref(), target, state.with.word())?,
            supply,
            tally: RefCell::default(),
            counting: false,
            ids: RefCell::default(),
        })
    }

    /// ... that hands out users as a list of them would, to count how many it would need.
    pub fn counting(mut self) -> Self {
        self.counting = true;
        self
    }

    /// The sibling operations.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// How many users of which kind were taken so far.
    pub fn tally(&self) -> Tally {
        self.tally.borrow().clone()
    }

    /// The roles that a user with so many is to have: those of a listed user, else `shuffled`.
    ///
    /// # Errors
    /// `Skip` when no listed user is left or the configuration has too few roles.
    pub fn roles_of_some(
        &self,
        membership: Membership,
        count: usize,
        mut shuffled: Vec<String>,
    ) -> Result<Vec<String>, Halt> {
        if shuffled.len() < count {
            let known = shuffled.len();
            return Err(Halt::Skip(format!(
                "needs a user with {count} roles: `state.roles` has {known}"
            )));
        }
        if self.supply.state.with == With::Fixtures {
            return self.supply.pool.roles_of_next(membership, count).map_err(Halt::Skip);
        }
        if self.counting {
            shuffled.clone_from(&self.roles);
        }
        shuffled.truncate(count);
        Ok(shuffled)
    }

    /// A user with these roles.
    ///
    /// # Errors
    /// `Error` when the target or the hook refuses, `Skip` when no listed user is left.
    pub async fn user(
        &self,
        group: &str,
        membership: Membership,
        username: &str,
        roles: &BTreeSet<String>,
    ) -> Result<User, Halt> {
        let journal = &self.journal;
        let user = match (self.supply.state.with, &self.hook) {
            (With::Fixtures, _) => self.borrowed(membership, roles).await?,
            (With::Hook, Some(hook)) => {
                let made = hook.add_user(group, membership, username, roles, journal).await;
                made.map_err(Halt::Error)?
            }
            _ => {
                let made = self.api.add_user(group, membership, username, roles, journal).await;
                made.map_err(Halt::Error)?
            }
        };
        self.tally.borrow_mut().taken(self.kind(membership, roles));
        self.ids.borrow_mut().insert(user.id.clone());
        Ok(user)
    }

    /// A listed user. Where users can be read back, the list has to be true.
    async fn borrowed(
        &self,
        membership: Membership,
        roles: &BTreeSet<String>,
    ) -> Result<User, Halt> {
        let fixture = self.supply.pool.take(membership, roles).map_err(Halt::Skip)?;
        let (id, name) = (&fixture.id, &fixture.username);
        let user = User::new(&self.group, id, name, membership, roles.clone());
        let wrong = |what: String| {
            Err(Halt::Error(format!("the listed user {id} {what}; correct `state.users`")))
        };
        match self.read(&user).await? {
            Reading::Gone(_) => return wrong("is not in the project".to_owned()),
            Reading::User(read, _) => {
                let got = subject::roles(&read).unwrap_or_default();
                if got != *roles {
                    return wrong(format!("has the roles {}, not {}", listed(&got), listed(roles)));
                }
            }
            Reading::Unreadable => {}
        }
        if self.restores() {
            self.journal.borrowed(&self.group, id, &fixture.roles).map_err(Halt::Error)?;
        }
        Ok(user)
    }

    /// A user who was invited through the deprecated project invitation, if there is one.
    ///
    /// # Errors
    /// `Error` when the hook refuses.
    pub async fn deprecated_user(&self) -> Result<Option<String>, Halt> {
        if let Some(id) = &self.supply.state.deprecated_user_id {
            return Ok(Some(id.clone()));
        }
        let roles = self.roles.iter().take(2).cloned().collect();
        match (self.supply.state.with, &self.hook) {
            (With::Fixtures, _) => Ok(self.supply.pool.deprecated().map(|user| user.id.clone())),
            (With::Hook, Some(hook)) => {
                let made = hook.add_deprecated(&self.group, &roles, &self.journal).await;
                made.map_err(Halt::Error)
            }
            _ => Ok(None),
        }
    }

    /// What the target says of a user.
    ///
    /// # Errors
    /// `Error` when it says nothing that can be used.
    pub async fn read(&self, user: &User) -> Result<Reading, Halt> {
        let (group, id) = (&user.group, &user.id);
        let read = match (self.supply.state.read_back(), &self.hook) {
            (Through::Api, _) => self.api.read(group, id).await,
            (Through::Hook, Some(hook)) => hook.read(group, id).await,
            _ => return Ok(Reading::Unreadable),
        };
        Ok(match read.map_err(Halt::Error)? {
            (exchange, Some(user)) => Reading::User(user, exchange),
            (exchange, None) => Reading::Gone(exchange),
        })
    }

    /// Whether users can be read back.
    pub fn reads(&self) -> bool {
        self.supply.state.read_back() != Through::None
    }

    /// How many different users were handed out so far.
    pub fn different_users(&self) -> usize {
        self.ids.borrow().len()
    }

    /// Gives a user a role; the model is the caller's. Returns the exchange, where the target's own
    /// operation did it.
    ///
    /// # Errors
    /// `Error` when the target or the hook refuses, `Skip` when the run has no way to do it.
    pub async fn add_role(&self, user: &User, role: &str) -> Result<Option<Rc<Exchange>>, Halt> {
        // The next request meets the user as listed, with that role.
        if self.supply.state.with == With::Fixtures
            && self.supply.state.forgets
            && user.given.contains(role)
        {
            return Ok(None);
        }
        match (self.supply.state.add_roles(), &self.hook) {
            (Through::Api, _) => {
                let exchange = self.api.add_role(user, role).await.map_err(Halt::Error)?;
                match exchange.status() {
                    Some(200..300) => Ok(Some(exchange)),
                    _ => Err(Halt::Error(format!("can't add {role}: {}", exchange.received()))),
                }
            }
            (Through::Hook, Some(hook)) => {
                let mut roles = user.held();
                roles.insert(role.to_owned());
                hook.set_roles(user, &roles).await.map(|()| None).map_err(Halt::Error)
            }
            _ => Err(Halt::Skip(
                "needs a way to give a user another role: set `state.add_roles`".to_owned(),
            )),
        }
    }

    /// Asks the target itself to add a role, for races, which a hook can't take part in.
    ///
    /// # Errors
    /// `Error` when no answer could be had, `Skip` where the target is not asked for such things.
    pub async fn try_add_role(&self, user: &User, role: &str) -> Result<Rc<Exchange>, Halt> {
        match self.supply.state.add_roles() {
            Through::Api => self.api.add_role(user, role).await.map_err(Halt::Error),
            Through::Hook | Through::None => Err(Halt::Skip(
                "needs the target's own operation to add a role: set `state.add_roles` to `api`"
                    .to_owned(),
            )),
        }
    }

    /// Removes a user that was made, and gives a listed one back.
    ///
    /// # Errors
    /// In words, when the target or the hook refuses.
    pub async fn give_back(&self, user: &User) -> Result<(), String> {
        let kind = self.kind(user.membership, &user.given);
        self.tally.borrow_mut().given_back(kind, user.touched.get());
        match (self.supply.state.with, &self.hook) {
            (With::Fixtures, _) => self.put_back(user).await,
            (With::Hook, Some(hook)) => {
                hook.remove(&user.group, &user.id).await?;
                self.journal.gone(&user.group, &user.id)
            }
            _ => {
                self.api.remove(&user.group, &user.id).await?;
                self.journal.gone(&user.group, &user.id)
            }
        }
    }

    /// Removes the user of `deprecated_user`, where it was made for it.
    ///
    /// # Errors
    /// In words, when the hook refuses.
    pub async fn give_back_deprecated(&self, id: &str) -> Result<(), String> {
        match (&self.supply.state.deprecated_user_id, self.supply.state.with, &self.hook) {
            (None, With::Hook, Some(hook)) => {
                hook.remove(&self.group, id).await?;
                self.journal.gone(&self.group, id)
            }
            _ => Ok(()),
        }
    }

    async fn put_back(&self, user: &User) -> Result<(), String> {
        let mut as_listed = !user.touched.get();
        if self.restores() {
            if !as_listed {
                self.restore(user).await?;
                as_listed = true;
            }
            self.journal.returned(&user.group, &user.id)?;
        }
        self.supply.pool.put_back(user, as_listed);
        Ok(())
    }

    /// Gives a listed user the roles of the list, first those that are missing.
    async fn restore(&self, user: &User) -> Result<(), String> {
        let fixture = self.supply.pool.all().iter().find(|listed| listed.id == user.id);
        let wanted = fixture.map(|fixture| fixture.roles.as_slice()).unwrap_or_default();
        restore(&self.api, user, wanted).await
    }

    /// Whether listed users get their roles back after a check.
    fn restores(&self) -> bool {
        self.supply.state.with == With::Fixtures
            && self.supply.state.read_back() == Through::Api
            && self.supply.state.add_roles() == Through::Api
    }

    fn kind(&self, membership: Membership, roles: &BTreeSet<String>) -> Kind {
        let roles = self.roles.iter().filter(|role| roles.contains(*role)).cloned().collect();
        Kind { membership, roles }
    }
}

/// Gives a user exactly these roles through the sibling operations: first what is missing, then
/// away with what is too much.
///
/// # Errors
/// In words, when the target refuses or the user is gone.
pub async fn restore(api: &Api, user: &User, wanted: &[String]) -> Result<(), String> {
    let Some(read) = api.read(&user.group, &user.id).await?.1 else {
        return Err(format!("the listed user {} is gone from the project", user.id));
    };
    let got = subject::roles(&read).unwrap_or_default();
    for role in wanted.iter().filter(|role| !got.contains(*role)) {
        let exchange = api.add_role(user, role).await?;
        if !matches!(exchange.status(), Some(200..300)) {
            return Err(format!(
                "can't give the listed user {} the role {role} back: {}",
                user.id,
                exchange.received()
            ));
        }
    }
    for role in got.iter().filter(|role| !wanted.contains(role)) {
        api.remove_role(user, role).await?;
    }
    Ok(())
}
