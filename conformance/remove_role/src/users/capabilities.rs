//! Which users a configuration allows a run, before anything is sent.

use crate::config::{Config, State, With};
use crate::users::fixtures::FixturePool;
use crate::users::user::Membership;

/// The users that are listed, or that can be made.
pub struct Capabilities {
    pub(super) state: State,
    pub(super) fixtures: FixturePool,
}

impl Capabilities {
    /// What a valid configuration names.
    pub fn new(config: &Config) -> Self {
        let state = config.state.clone();
        Self { fixtures: FixturePool::new(&state, &config.protect), state }
    }

    /// The memberships that users can be had with.
    pub fn memberships(&self) -> Vec<Membership> {
        let has = |membership: &Membership| match self.state.with {
            With::Fixtures => self.fixtures.has(*membership),
            With::Api | With::Hook => self.template(*membership).is_some(),
        };
        Membership::ALL.into_iter().filter(has).collect()
    }

    /// Whether users can be made with a name of choice, in any project, and removed again.
    pub fn makes_users(&self) -> bool {
        self.state.with != With::Fixtures
    }

    /// How users of this membership are named, with `{n}` for what tells them apart.
    pub fn template(&self, membership: Membership) -> Option<&str> {
        let State { with, active_username: active, pending_username: pending, .. } = &self.state;
        let (configured, usual) = match membership {
            Membership::Active => (active, "active-{n}@example.com"),
            Membership::Pending => (pending, "pending-{n}@example.com"),
        };
        // A hook needs no names; where one is configured, the other membership is not wanted.
        let unnamed = active.is_none() && pending.is_none() && *with == With::Hook;
        configured.as_deref().or(unnamed.then_some(usual))
    }

    /// Whether there may be a user who was invited through the deprecated invitation.
    pub fn has_deprecated_user(&self) -> bool {
        self.state.deprecated_user_id.is_some()
            || self.state.with == With::Hook
            || self.fixtures.deprecated().is_some()
    }
}
