//! Counts how many users of which kind a run takes, as listed users would be used.

use std::collections::BTreeMap;

use crate::users::user::Membership;

/// A kind of user: the membership, and the roles in the order of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// Whether the user has joined.
    pub membership: Membership,
    /// All roles of the user.
    pub roles: Vec<String>,
}

/// How many users of one kind a run takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Set up in all.
    pub set_up: usize,
    /// Listed users, where one that was changed is used up.
    pub once: usize,
    /// Listed users, where each gets its roles back after the check.
    pub restored: usize,
    free_once: usize,
    free_restored: usize,
}

/// The counts of a run, checks one after the other.
#[derive(Debug, Clone, Default)]
pub struct FixtureCounter {
    counts: BTreeMap<Kind, Count>,
}

impl FixtureCounter {
    /// A user is taken.
    pub fn take(&mut self, kind: Kind) {
        let count = self.counts.entry(kind).or_default();
        count.set_up += 1;
        for (free, all) in [
            (&mut count.free_once, &mut count.once),
            (&mut count.free_restored, &mut count.restored),
        ] {
            if *free == 0 {
                *all += 1;
            } else {
                *free -= 1;
            }
        }
    }

    /// A user is given back.
    pub fn give_back(&mut self, kind: Kind, touched: bool) {
        let count = self.counts.entry(kind).or_default();
        count.free_restored += 1;
        count.free_once += usize::from(!touched);
    }

    /// The counts by kind.
    pub fn counts(&self) -> &BTreeMap<Kind, Count> {
        &self.counts
    }
}
