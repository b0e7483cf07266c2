//! A user of the target that the suite made, and the roles that the suite says it has.

use std::cell::RefCell;
use std::collections::BTreeSet;

/// Whether a user has joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Membership {
    /// A member of the organization.
    Active,
    /// Invited.
    Pending,
}

impl Membership {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Active, Self::Pending];

    /// Its value in `orgMembershipStatus`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Pending => "PENDING",
        }
    }
}

/// One user in one project.
#[derive(Debug)]
pub struct User {
    /// The project.
    pub group: String,
    /// The user's id.
    pub id: String,
    /// The user's name.
    pub username: String,
    /// Whether the user has joined.
    pub membership: Membership,
    /// The model: the roles that the user must have now.
    pub roles: RefCell<BTreeSet<String>>,
}

impl User {
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
