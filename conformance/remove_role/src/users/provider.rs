//! Sets users up, reads them back and gives them roles, in the way that the configuration names.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_engine::exchange::Exchange;
use atlas_engine::run::check::Halt;
use atlas_engine::session::Session;
use serde_json::Value;

use super::api::Api;
use super::capabilities::Capabilities;
use super::error::{HookUrlError, SetupError};
use super::fixture_count::{FixtureCounter, Kind};
use super::hook::Hook;
use super::journal::{Journal, JournalError};
use super::user::{Membership, User};
use crate::config::{Config, Through, With};
use crate::subject::{self, listed};

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

/// Why a configuration names no way to set users up. No request was sent.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The hook's URL can't be used.
    #[error(transparent)]
    HookUrl(#[from] HookUrlError),
    /// The journal can't be begun.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Sets users up, reads them back and gives them roles.
pub struct Provider {
    /// Which users can be had.
    pub capabilities: Capabilities,
    roles: Vec<String>,
    group: String,
    api: Api,
    hook: Option<Hook>,
    /// What the run has open.
    pub journal: Journal,
    fixture_count: RefCell<FixtureCounter>,
    /// Roles are handed out in the order of the configuration, as listed users would have them.
    counting: bool,
    ids: RefCell<BTreeSet<String>>,
}

impl Provider {
    /// The way that a valid configuration names.
    ///
    /// # Errors
    /// When the hook's URL can't be used or the journal can't be begun.
    pub fn new(config: &Config, session: Rc<Session>) -> Result<Self, ProviderError> {
        let capabilities = Capabilities::new(config);
        let state = &capabilities.state;
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
            capabilities,
            fixture_count: RefCell::default(),
            counting: false,
            ids: RefCell::default(),
        })
    }

    /// ... that hands out users as a list of them would, to count how many it would need.
    pub fn counting(mut self) -> Self {
        self.counting = true;
        self
    }

    /// Whether users come from a list, or are counted as if they did: each check takes one after the
    /// other then, so that the list can be short.
    pub fn hands_out_in_turn(&self) -> bool {
        self.counting || self.capabilities.state.with == With::Fixtures
    }

    pub fn api(&self) -> &Api {
        &self.api
    }

    /// How many users of which kind were taken so far.
    pub fn fixture_count(&self) -> FixtureCounter {
        self.fixture_count.borrow().clone()
    }

    /// The roles of a user who is to have `count`: those of a listed user, else the first of
    /// `shuffled`.
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
        if self.capabilities.state.with == With::Fixtures {
            return Ok(self.capabilities.fixtures.roles_of_next(membership, count)?);
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
        let user = match (self.capabilities.state.with, &self.hook) {
            (With::Fixtures, _) => self.borrowed(membership, roles).await?,
            (With::Hook, Some(hook)) => {
                hook.add_user(group, membership, username, roles, journal).await?
            }
            _ => self.api.add_user(group, membership, username, roles, journal).await?,
        };
        self.fixture_count.borrow_mut().take(self.kind(membership, roles));
        self.ids.borrow_mut().insert(user.id.clone());
        Ok(user)
    }

    /// A listed user. Where users can be read back, the list has to be true.
    async fn borrowed(
        &self,
        membership: Membership,
        roles: &BTreeSet<String>,
    ) -> Result<User, Halt> {
        let fixture = self.capabilities.fixtures.take(membership, roles)?;
        let (id, name) = (&fixture.id, &fixture.username);
        let user = User::new(&self.group, id, name, membership, roles.clone());
        let wrong = |problem: String| Err(SetupError::WrongList { id: id.clone(), problem }.into());
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
            self.journal.borrowed(&self.group, id, &fixture.roles).map_err(SetupError::from)?;
        }
        Ok(user)
    }

    /// A user who was invited through the deprecated project invitation, if there is one.
    ///
    /// # Errors
    /// `Error` when the hook refuses.
    pub async fn deprecated_user(&self) -> Result<Option<String>, Halt> {
        if let Some(id) = &self.capabilities.state.deprecated_user_id {
            return Ok(Some(id.clone()));
        }
        let roles = self.roles.iter().take(2).cloned().collect();
        match (self.capabilities.state.with, &self.hook) {
            (With::Fixtures, _) => {
                Ok(self.capabilities.fixtures.deprecated().map(|user| user.id.clone()))
            }
            (With::Hook, Some(hook)) => {
                Ok(hook.add_deprecated(&self.group, &roles, &self.journal).await?)
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
        let read = match (self.capabilities.state.read_back(), &self.hook) {
            (Through::Api, _) => self.api.read(group, id).await,
            (Through::Hook, Some(hook)) => hook.read(group, id).await,
            _ => return Ok(Reading::Unreadable),
        };
        Ok(match read? {
            (exchange, Some(user)) => Reading::User(user, exchange),
            (exchange, None) => Reading::Gone(exchange),
        })
    }

    /// Whether users can be read back.
    pub fn reads(&self) -> bool {
        self.capabilities.state.read_back() != Through::None
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
        if self.capabilities.state.with == With::Fixtures
            && self.capabilities.state.forgets
            && user.given.contains(role)
        {
            return Ok(None);
        }
        match (self.capabilities.state.add_roles(), &self.hook) {
            (Through::Api, _) => {
                let exchange = self.api.add_role(user, role).await?;
                match exchange.status() {
                    Some(200..300) => Ok(Some(exchange)),
                    _ => Err(Halt::Error(format!("can't add {role}: {}", exchange.received()))),
                }
            }
            (Through::Hook, Some(hook)) => {
                let mut roles = user.held();
                roles.insert(role.to_owned());
                hook.set_roles(user, &roles).await?;
                Ok(None)
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
        match self.capabilities.state.add_roles() {
            Through::Api => Ok(self.api.add_role(user, role).await?),
            Through::Hook | Through::None => Err(Halt::Skip(
                "needs the target's own operation to add a role: set `state.add_roles` to `api`"
                    .to_owned(),
            )),
        }
    }

    /// Removes a user that was made, and gives a listed one back.
    ///
    /// # Errors
    /// When the target or the hook refuses.
    pub async fn give_back(&self, user: &User) -> Result<(), SetupError> {
        let kind = self.kind(user.membership, &user.given);
        self.fixture_count.borrow_mut().give_back(kind, user.touched.get());
        match (self.capabilities.state.with, &self.hook) {
            (With::Fixtures, _) => self.put_back(user).await,
            (With::Hook, Some(hook)) => {
                hook.remove(&user.group, &user.id).await?;
                Ok(self.journal.gone(&user.group, &user.id)?)
            }
            _ => {
                self.api.remove(&user.group, &user.id).await?;
                Ok(self.journal.gone(&user.group, &user.id)?)
            }
        }
    }

    /// Removes the user of `deprecated_user`, where it was made for it.
    ///
    /// # Errors
    /// When the hook refuses.
    pub async fn give_back_deprecated(&self, id: &str) -> Result<(), SetupError> {
        match (
            &self.capabilities.state.deprecated_user_id,
            self.capabilities.state.with,
            &self.hook,
        ) {
            (None, With::Hook, Some(hook)) => {
                hook.remove(&self.group, id).await?;
                Ok(self.journal.gone(&self.group, id)?)
            }
            _ => Ok(()),
        }
    }

    async fn put_back(&self, user: &User) -> Result<(), SetupError> {
        let mut as_listed = !user.touched.get();
        if self.restores() {
            if !as_listed {
                self.restore(user).await?;
                as_listed = true;
            }
            self.journal.returned(&user.group, &user.id)?;
        }
        self.capabilities.fixtures.put_back(user, as_listed);
        Ok(())
    }

    /// Gives a listed user the roles of the list, first those that are missing.
    async fn restore(&self, user: &User) -> Result<(), SetupError> {
        let fixture = self.capabilities.fixtures.all().iter().find(|listed| listed.id == user.id);
        let wanted = fixture.map(|fixture| fixture.roles.as_slice()).unwrap_or_default();
        restore(&self.api, user, wanted).await
    }

    /// Whether listed users get their roles back after a check.
    fn restores(&self) -> bool {
        self.capabilities.state.with == With::Fixtures
            && self.capabilities.state.read_back() == Through::Api
            && self.capabilities.state.add_roles() == Through::Api
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
/// When the target refuses or the user is gone.
pub async fn restore(api: &Api, user: &User, wanted: &[String]) -> Result<(), SetupError> {
    let Some(read) = api.read(&user.group, &user.id).await?.1 else {
        return Err(SetupError::Gone { id: user.id.clone() });
    };
    let got = subject::roles(&read).unwrap_or_default();
    for role in wanted.iter().filter(|role| !got.contains(*role)) {
        let exchange = api.add_role(user, role).await?;
        if !matches!(exchange.status(), Some(200..300)) {
            return Err(SetupError::RoleNotRestored {
                id: user.id.clone(),
                role: role.clone(),
                answer: exchange.received(),
            });
        }
    }
    for role in got.iter().filter(|role| !wanted.contains(role)) {
        api.remove_role(user, role).await?;
    }
    Ok(())
}
