//! A user of the target that the suite made or was given, and the roles that it must have now.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_engine::exchange::Exchange;

/// Whether a user has joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Membership {
    /// A member of the organization.
    Active,
    Pending,
}

impl Membership {
    pub const ALL: [Self; 2] = [Self::Active, Self::Pending];

    /// Its value in `orgMembershipStatus`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Pending => "PENDING",
        }
    }

    /// The key of the configuration that names such users.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "state.active_username",
            Self::Pending => "state.pending_username",
        }
    }
}

/// One user in one project.
#[derive(Debug)]
pub struct User {
    pub group: String,
    pub id: String,
    pub username: String,
    /// Whether the user has joined.
    pub membership: Membership,
    /// The model: the roles that the user must have now.
    pub roles: RefCell<BTreeSet<String>>,
    /// The role that was the only one when another was given last.
    pub was_only: RefCell<Option<String>>,
    /// The roles that the user was set up with.
    pub given: BTreeSet<String>,
    /// Whether a request was sent that may have changed the user.
    pub touched: Cell<bool>,
    /// The exchange that made the user, where the target's own operation did.
    pub made_by: Option<Rc<Exchange>>,
}

impl User {
    /// A user as it was just set up.
    pub fn new(
        group: &str,
        id: &str,
        username: &str,
        membership: Membership,
        roles: BTreeSet<String>,
    ) -> Self {
        Self {
            group: group.to_owned(),
            id: id.to_owned(),
            username: username.to_owned(),
            membership,
            given: roles.clone(),
            roles: RefCell::new(roles),
            was_only: RefCell::default(),
            touched: Cell::new(false),
            made_by: None,
        }
    }

    /// The roles of the model.
    pub fn held(&self) -> BTreeSet<String> {
        self.roles.borrow().clone()
    }

    /// The roles of the model but for one.
    pub fn held_without(&self, role: &str) -> BTreeSet<String> {
        let mut roles = self.held();
        roles.remove(role);
        roles
    }
}
