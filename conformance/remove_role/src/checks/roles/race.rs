//! Concurrent removals: some order of the requests must explain all responses.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use futures_util::future::join_all;

use crate::call::Call;
use crate::checks::Check;
use crate::probe::Probe;
use crate::probe::expecting::{Answer, answer};
use crate::rules::{Action, Event, explains};
use crate::subject::listed;
use crate::users::user::User;
use atlas_engine::auth::credential::Credential;
use atlas_engine::exchange::Exchange;
use atlas_engine::judge::violation::Violation;
use atlas_engine::run::check::Halt;

pub(super) static LAST_ROLES: Check = Check {
    id: "roles/race/last-roles",
    title: "Of removals that together would take every role, one is refused",
    clauses: &[Clause::RolesNeverEmptyUnderRace],
    needs: &[],
    run: |probe| Box::pin(race(probe, Race::LastRoles, rounds(probe))),
};

pub(super) static SAME_ROLE: Check = Check {
    id: "roles/race/same-role",
    title: "Of removals of one role at once, one takes it and none takes another",
    clauses: &[Clause::RolesNeverEmptyUnderRace],
    needs: &[],
    run: |probe| Box::pin(race(probe, Race::SameRole, rounds(probe) / 2)),
};

pub(super) static ADD_AND_REMOVE: Check = Check {
    id: "roles/race/add-and-remove",
    title: "A role added while others are removed is neither lost nor in their way",
    clauses: &[Clause::RolesNeverEmptyUnderRace],
    needs: &[],
    run: |probe| Box::pin(race(probe, Race::AddAndRemove, rounds(probe) / 2)),
};

fn rounds(probe: &Probe) -> usize {
    (probe.cases() as usize).clamp(4, 24)
}

/// A kind of race.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Race {
    LastRoles,
    SameRole,
    AddAndRemove,
}

impl Race {
    /// The numbers of concurrent requests, round after round.
    const fn widths(self) -> &'static [usize] {
        match self {
            Self::LastRoles => &[2, 3, 2, 6],
            Self::SameRole | Self::AddAndRemove => &[3],
        }
    }

    /// The number of roles that the user starts with in a race of this width.
    const fn roles(self, width: usize) -> usize {
        match self {
            Self::LastRoles => width,
            Self::SameRole => 3,
            Self::AddAndRemove => 2,
        }
    }

    /// The requests, for a user with these roles.
    fn actions(self, width: usize, held: &[String], all: &[String]) -> Vec<Action> {
        match self {
            Self::LastRoles => held.iter().cloned().map(Action::Remove).collect(),
            Self::SameRole => vec![Action::Remove(held[0].clone()); width],
            Self::AddAndRemove => {
                let new = all.iter().find(|role| !held.contains(role)).cloned();
                let removals = held.iter().cloned().map(Action::Remove);
                removals.chain(new.map(Action::Add)).collect()
            }
        }
    }

    /// Smaller widths that may show the same violation, smallest first.
    fn narrower(self, width: usize) -> std::ops::Range<usize> {
        if self == Self::AddAndRemove { width..width } else { 2..width }
    }
}

/// The number of attempts to reproduce a violation in a narrower race.
const NARROWER_TRIES: usize = 4;

async fn race(probe: &Probe, kind: Race, rounds: usize) -> Result<(), Halt> {
    one_after_the_other(probe, rounds).await?;
    for round in 0..rounds {
        let widths = kind.widths();
        let width = widths[round % widths.len()].min(probe.roles().len());
        let Some(mut found) = run(probe, kind, width, round).await? else { continue };
        'shrinking: for narrower in kind.narrower(width) {
            for _ in 0..NARROWER_TRIES {
                if let Some(smaller) = run(probe, kind, narrower, round).await? {
                    found = smaller;
                    break 'shrinking;
                }
            }
        }
        probe.put(vec![found]);
        return Err(Halt::Failed);
    }
    Ok(())
}

/// What goes wrong without a race is no matter of races: with each membership, credential and query
/// of the rounds all of two or three roles are removed, one after the other; the last has to stay.
async fn one_after_the_other(probe: &Probe, rounds: usize) -> Result<(), Halt> {
    let (memberships, owners) = (probe.memberships(), probe.owners());
    let mut variants = BTreeSet::new();
    for round in 0..rounds {
        for index in 0..LARGEST {
            let owner = (round / 2 + apart(round, index)) % owners.len();
            let query = (round / 4 + apart(round, index)) % QUERIES.len();
            variants.insert((round % memberships.len(), owner, query));
        }
    }
    for (number, (membership, owner, query)) in variants.into_iter().enumerate() {
        let (user, roles) = probe.given_some(memberships[membership], 2 + number % 2).await?;
        for role in &roles {
            let call = Call::removal(&user, role).by(owners[owner].clone()).query(QUERIES[query]);
            let exchange = probe.ask(&user, call).await?;
            if probe.is_mismatched(&exchange) || answer(&exchange) == Answer::Unclear {
                return Err(Halt::Failed);
            }
        }
    }
    Ok(())
}

/// The queries alternate, and so do the projects.
const QUERIES: [&str; 3] = ["", "envelope=true", "pretty=true"];

/// The most requests of a race.
const LARGEST: usize = 6;

/// The credentials alternate. In every second four rounds, the requests of one race have different
/// credentials and queries.
const fn apart(round: usize, index: usize) -> usize {
    if round % 8 < 4 { 0 } else { index }
}

/// Sends all requests at once; returns a violation if no order of them explains the responses.
async fn run(
    probe: &Probe,
    kind: Race,
    width: usize,
    round: usize,
) -> Result<Option<Violation>, Halt> {
    let membership = probe.memberships()[round % probe.memberships().len()];
    let group = probe.other_group().filter(|_| round / 12 % 2 == 1).unwrap_or(probe.group());
    let (user, roles) = probe.given_some_in(group, membership, kind.roles(width)).await?;
    let actions = kind.actions(width, &roles, &probe.roles());
    let owners = probe.owners();
    let first = user.held();
    let twin = twin(probe, &user, &roles).await?;
    let sent = join_all(actions.iter().enumerate().map(|(index, action)| {
        let owner = &owners[(round / 2 + apart(round, index)) % owners.len()];
        let query = QUERIES[(round / 4 + apart(round, index)) % QUERIES.len()];
        perform(probe, &user, action, owner, query)
    }))
    .await;
    let sent: Vec<Rc<Exchange>> = sent.into_iter().collect::<Result<_, _>>()?;
    let (last, read) = probe.roles_of(&user).await?;
    user.roles.replace(last.clone());
    probe.remove_user(&user).await?;
    if let Some(twin) = twin {
        probe.expect_roles(&twin, Clause::RolesRemovesExactlyOne, &sent[0]).await?;
        probe.remove_user(&twin).await?;
    }
    for exchange in &sent {
        // No order is known, so what a response shows is judged with all others.
        probe.retract(|clause| clause == Clause::SuccessRoles, exchange);
    }
    let events: Vec<Event> =
        actions.iter().zip(&sent).map(|(action, exchange)| event(action, exchange)).collect();
    if explains(&first, &events, &last) {
        return Ok(None);
    }
    let answers: Vec<_> = actions.iter().zip(&sent).map(|(a, e)| described(a, e)).collect();
    let clause = Clause::RolesNeverEmptyUnderRace;
    let expected = format!(
        "answers and a final state that some order of the {} concurrent requests explains, from {}",
        events.len(),
        listed(&first)
    );
    let received = format!("{}; left: {}", answers.join(", "), listed(&last));
    let mut violation = Violation::new(clause, expected, received, &sent[0]);
    violation.exchanges = sent;
    violation.exchanges.push(read);
    Ok(Some(violation))
}

/// The same person with the same roles in the project where no race is.
async fn twin(probe: &Probe, user: &User, roles: &[String]) -> Result<Option<Rc<User>>, Halt> {
    let Some(other) = probe.other_group() else { return Ok(None) };
    let there = if user.group == other { probe.group() } else { other };
    probe.given_in(there, user.membership, &user.username, roles).await.map(Some)
}

async fn perform(
    probe: &Probe,
    user: &User,
    action: &Action,
    owner: &Credential,
    query: &str,
) -> Result<Rc<Exchange>, Halt> {
    match action {
        Action::Add(role) => probe.try_add_role(user, role).await,
        Action::Remove(role) => {
            let call = Call::removal(user, role).by(owner.clone()).query(query);
            let exchange = probe.send(call).await?;
            expect_role_gone(probe, role, &exchange);
            Ok(exchange)
        }
    }
}

/// Expects `roles` without the removed role; concurrent requests may change the rest of it.
fn expect_role_gone(probe: &Probe, role: &str, exchange: &Rc<Exchange>) {
    let payload = exchange.payload().filter(|_| exchange.effective_status() == 200);
    let roles: Option<BTreeSet<String>> = payload.as_ref().and_then(crate::subject::roles);
    if let Some(roles) = roles.filter(|roles| roles.contains(role)) {
        let expected = format!("`roles` without {role}");
        probe.violate(Clause::SuccessRoles, expected, listed(&roles), exchange);
    }
}

fn event(action: &Action, exchange: &Exchange) -> Event {
    Event {
        action: action.clone(),
        status: exchange.effective_status(),
        start: exchange.started,
        end: exchange.started + exchange.duration,
    }
}

fn described(action: &Action, exchange: &Exchange) -> String {
    let (verb, role) = match action {
        Action::Add(role) => ("add", role),
        Action::Remove(role) => ("remove", role),
    };
    format!("{verb} {role}: {}", exchange.received())
}
