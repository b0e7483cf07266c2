//! Users that exist already, listed in the configuration. One that a check has changed is used up,
//! unless its roles can be restored. Where the target forgets every change by itself, each request
//! meets every user as listed, and a user is free at any time.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};

use atlas_engine::run::check::Halt;

use super::user::{Membership, User};
use crate::config::{FixtureUser, ListedMembership, State};
use crate::subject::listed;

/// The listed users that are free.
pub struct FixturePool {
    free: RefCell<VecDeque<FixtureUser>>,
    all: Vec<FixtureUser>,
    forgets: bool,
}

impl FixturePool {
    /// All listed users, none in use. Those that are protected are left out.
    pub fn new(state: &State, protected: &[String]) -> Self {
        let named = |user: &FixtureUser, name: &String| {
            user.id == *name || user.username.eq_ignore_ascii_case(name)
        };
        let all: Vec<_> = state
            .users
            .iter()
            .filter(|user| !protected.iter().any(|name| named(user, name)))
            .cloned()
            .collect();
        Self { free: RefCell::new(all.iter().cloned().collect()), all, forgets: state.forgets }
    }

    pub fn all(&self) -> &[FixtureUser] {
        &self.all
    }

    /// Whether any user with this membership is listed.
    pub fn has(&self, membership: Membership) -> bool {
        self.all.iter().any(|user| user.membership == of(membership))
    }

    /// The user who was invited through the deprecated invitation, if one is listed. Nothing may
    /// change that user, so it is never spent.
    pub fn deprecated(&self) -> Option<&FixtureUser> {
        self.all.iter().find(|user| user.membership == ListedMembership::DeprecatedInvitation)
    }

    /// The roles of the next free user who has so many.
    ///
    /// # Errors
    /// When none is left.
    pub fn roles_of_next(
        &self,
        membership: Membership,
        count: usize,
    ) -> Result<Vec<String>, NoListedUser> {
        let free = self.free.borrow();
        let fits =
            |user: &&FixtureUser| user.membership == of(membership) && user.roles.len() == count;
        let next = free.iter().find(fits).map(|user| user.roles.clone());
        next.ok_or_else(|| {
            let roles = if count == 1 { "1 role".to_owned() } else { format!("{count} roles") };
            NoListedUser { membership, roles }
        })
    }

    /// Takes a free user with exactly these roles.
    ///
    /// # Errors
    /// When none is left.
    pub fn take(
        &self,
        membership: Membership,
        roles: &BTreeSet<String>,
    ) -> Result<FixtureUser, NoListedUser> {
        let mut free = self.free.borrow_mut();
        let place = free.iter().position(|user| {
            user.membership == of(membership)
                && user.roles.iter().collect::<BTreeSet<_>>() == roles.iter().collect()
        });
        let taken = place.and_then(|place| free.remove(place));
        // The next of its kind comes first then, so that answers are about several users.
        free.extend(taken.clone().filter(|_| self.forgets));
        let roles = || format!("exactly the roles {}", listed(roles));
        taken.ok_or_else(|| NoListedUser { membership, roles: roles() })
    }

    /// Takes a user back who is as listed.
    pub fn put_back(&self, user: &User, as_listed: bool) {
        if !as_listed || self.forgets {
            return;
        }
        let listed = self.all.iter().find(|listed| listed.id == user.id);
        self.free.borrow_mut().extend(listed.cloned());
    }
}

/// No listed user is left for a check.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no listed user is left for it: needs one more {} user with {roles} in `state.users`; \
     `atlas-conformance list --needs` says how many a full run takes",
    .membership.word()
)]
pub struct NoListedUser {
    membership: Membership,
    roles: String,
}

impl From<NoListedUser> for Halt {
    fn from(error: NoListedUser) -> Self {
        Self::Skip(error.to_string())
    }
}

const fn of(membership: Membership) -> ListedMembership {
    match membership {
        Membership::Active => ListedMembership::Active,
        Membership::Pending => ListedMembership::Pending,
    }
}
