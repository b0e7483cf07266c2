//! The model of one user's roles: what a removal comes to, and whether a history of concurrent
//! requests has an order that the model explains (linearizability).

use std::collections::BTreeSet;
use std::time::Instant;

use atlas_api::clauses::Clause;
use atlas_engine::judge::violation::{Rule, RuleKind, UnderSome};

/// A held role that is not the last is removed.
pub const SERVED: Rule = Rule {
    kind: RuleKind::Served,
    clause: Clause::RolesRemovesExactlyOne,
    under_some: UnderSome::Its,
};

/// A removal takes exactly what it names.
pub const EFFECT: Rule = Rule {
    kind: RuleKind::State,
    clause: Clause::RolesRemovesExactlyOne,
    under_some: UnderSome::Its,
};

/// Nobody else's roles change.
pub const OTHERS: Rule = Rule { kind: RuleKind::Others, ..EFFECT };

/// The only role is refused.
pub const LAST: Rule = Rule {
    kind: RuleKind::Refused,
    clause: Clause::RolesNeverEmpty,
    under_some: UnderSome::Other(Clause::RolesNeverEmptyEverywhere),
};

/// A user never has no role.
pub const NEVER_EMPTY: Rule = Rule { kind: RuleKind::State, ..LAST };

/// What is refused changes nothing.
pub const UNCHANGED: Rule = Rule::new(RuleKind::State, Clause::RolesRefusalChangesNothing);

/// A body of the documented media type is accepted.
pub const MEDIA_TYPE: Rule = Rule { clause: Clause::RequestBodyMediaType, ..SERVED };

/// The rule that a request is refused, by the clause that says so.
pub const fn refused(clause: Clause) -> Rule {
    match clause {
        Clause::RolesNeverEmpty | Clause::RolesNeverEmptyEverywhere => LAST,
        other => Rule::new(RuleKind::Refused, other),
    }
}

/// What a removal of a role comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is served, and these roles are left.
    Removed(BTreeSet<String>),
    /// It names the only role, and is refused.
    RefusedAsLast,
    /// The user lacks the role: refused, or served without effect.
    Unchanged,
}

/// What the removal of a role comes to for a user with these roles.
pub fn removal(held: &BTreeSet<String>, role: &str) -> Outcome {
    match (held.contains(role), held.len()) {
        (false, _) => Outcome::Unchanged,
        (true, 1) => Outcome::RefusedAsLast,
        (true, _) => {
            Outcome::Removed(held.iter().filter(|other| *other != role).cloned().collect())
        }
    }
}

/// What a request asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Remove(String),
    Add(String),
}

/// One request of a history.
#[derive(Debug, Clone)]
pub struct Event {
    /// What it asked for.
    pub action: Action,
    /// The status that answered it.
    pub status: u16,
    /// When it was sent.
    pub start: Instant,
    /// When its answer was complete.
    pub end: Instant,
}

/// Whether some order of the events, which keeps the order of those that did not overlap,
/// explains every answer and ends in `last`.
pub fn explains(first: &BTreeSet<String>, events: &[Event], last: &BTreeSet<String>) -> bool {
    let open: Vec<usize> = (0..events.len()).collect();
    search(first.clone(), events, &open, last)
}

fn search(
    state: BTreeSet<String>,
    events: &[Event],
    open: &[usize],
    last: &BTreeSet<String>,
) -> bool {
    if open.is_empty() {
        return state == *last;
    }
    let could_be_next =
        |index: usize| open.iter().all(|other| events[*other].end >= events[index].start);
    open.iter().copied().filter(|index| could_be_next(*index)).any(|index| {
        let rest: Vec<usize> = open.iter().copied().filter(|other| *other != index).collect();
        after(&state, &events[index]).is_some_and(|state| search(state, events, &rest, last))
    })
}

/// The roles after an event, or `None` where its answer is wrong for these roles.
fn after(state: &BTreeSet<String>, event: &Event) -> Option<BTreeSet<String>> {
    let succeeded = (200..300).contains(&event.status);
    match &event.action {
        Action::Add(role) => {
            let mut state = state.clone();
            if succeeded {
                state.insert(role.clone());
            }
            Some(state)
        }
        Action::Remove(role) => {
            let state = state.clone();
            match (removal(&state, role), succeeded) {
                (Outcome::Removed(left), true) => Some(left),
                (Outcome::RefusedAsLast, true) => None,
                // 409 tells a client of a concurrent change; it may come whenever there is one.
                (Outcome::Removed(_), false) => (event.status == 409).then_some(state),
                (Outcome::RefusedAsLast, false) | (Outcome::Unchanged, _) => Some(state),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Event, explains};
    use std::collections::BTreeSet;
    use std::time::{Duration, Instant};

    fn set(roles: &[&str]) -> BTreeSet<String> {
        roles.iter().map(|role| (*role).to_owned()).collect()
    }

    fn event(action: Action, status: u16, from: u64, to: u64, zero: Instant) -> Event {
        let at = |millis| zero + Duration::from_millis(millis);
        Event { action, status, start: at(from), end: at(to) }
    }

    #[test]
    fn one_of_two_racing_removals_is_refused() {
        let zero = Instant::now();
        let a = event(Action::Remove("A".into()), 200, 0, 9, zero);
        let b = event(Action::Remove("B".into()), 403, 0, 9, zero);
        assert!(explains(&set(&["A", "B"]), &[a.clone(), b.clone()], &set(&["B"])));
        assert!(!explains(&set(&["A", "B"]), &[a, b], &set(&["A"])));
    }

    #[test]
    fn two_successes_on_the_last_two_roles_have_no_order() {
        let zero = Instant::now();
        let a = event(Action::Remove("A".into()), 200, 0, 9, zero);
        let b = event(Action::Remove("B".into()), 200, 0, 9, zero);
        assert!(!explains(&set(&["A", "B"]), &[a, b], &set(&[])));
    }

    #[test]
    fn the_order_of_requests_that_did_not_overlap_is_kept() {
        let zero = Instant::now();
        let refused = event(Action::Remove("A".into()), 403, 0, 1, zero);
        let add = event(Action::Add("B".into()), 200, 2, 3, zero);
        let late = event(Action::Remove("A".into()), 403, 4, 5, zero);
        assert!(explains(&set(&["A"]), &[refused, add.clone()], &set(&["A", "B"])));
        assert!(!explains(&set(&["A"]), &[add, late], &set(&["A", "B"])));
    }
}
