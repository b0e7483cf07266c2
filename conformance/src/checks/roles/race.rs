//! Removals that race: every answer must be explained by some order of the requests.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use futures_util::future::join_all;

use crate::auth::credential::Credential;
use crate::call::Call;
use crate::check::{Check, Halt};
use crate::exchange::Exchange;
use crate::judge::subject::listed;
use crate::model::{Action, Event, explains};
use crate::probe::Probe;
use crate::user::User;
use crate::violation::Violation;

/// Two or more removals at once, which together would take every role.
pub static LAST_ROLES: Check = Check {
    id: "roles/race/last-roles",
    title: "Of removals that together would take every role, one is refused",
    clauses: &[Clause::RolesNeverEmptyUnderRace],
    needs: &[],
    run: |probe| Box::pin(last_roles(probe)),
};

async fn last_roles(probe: &Probe) -> Result<(), Halt> {
    for round in 0..rounds(probe) {
        let membership = probe.memberships()[round % probe.memberships().len()];
        let width = [2, 3, 2, 6][round % 4].min(probe.roles().len());
        let (user, roles) = probe.given_some(membership, width).await?;
        let actions = roles.iter().cloned().map(Action::Remove).collect();
        run(probe, &user, actions, round).await?;
        probe.remove_user(&user).await?;
    }
    Ok(())
}

/// The same role several times at once, beside another.
pub static SAME_ROLE: Check = Check {
    id: "roles/race/same-role",
    title: "Of removals of one role at once, one takes it and none takes another",
    clauses: &[Clause::RolesNeverEmptyUnderRace],
    needs: &[],
    run: |probe| Box::pin(same_role(probe)),
};

async fn same_role(probe: &Probe) -> Result<(), Halt> {
    for round in 0..rounds(probe) / 2 {
        let membership = probe.memberships()[round % probe.memberships().len()];
        let (user, roles) = probe.given_some(membership, 3).await?;
        let actions = vec![Action::Remove(roles[0].clone()); 3];
        run(probe, &user, actions, round).await?;
        probe.remove_user(&user).await?;
    }
    Ok(())
}

/// A role is added while others are removed.
pub static ADD_AND_REMOVE: Check = Check {
    id: "roles/race/add-and-remove",
    title: "A role added while others are removed is neither lost nor in their way",
    clauses: &[Clause::RolesNeverEmptyUnderRace],
    needs: &[],
    run: |probe| Box::pin(add_and_remove(probe)),
};

async fn add_and_remove(probe: &Probe) -> Result<(), Halt> {
    for round in 0..rounds(probe) / 2 {
        let membership = probe.memberships()[round % probe.memberships().len()];
        let (user, roles) = probe.given_some(membership, 2).await?;
        let all = probe.roles();
        let new = all.iter().find(|role| !roles.contains(role)).cloned().unwrap_or_default();
        let mut actions: Vec<_> = roles.iter().cloned().map(Action::Remove).collect();
        actions.push(Action::Add(new));
        run(probe, &user, actions, round).await?;
        probe.remove_user(&user).await?;
    }
    Ok(())
}

fn rounds(probe: &Probe) -> usize {
    (probe.cases() as usize).clamp(4, 24)
}

/// Sends all at once and holds the history against the model.
async fn run(
    probe: &Probe,
    user: &Rc<User>,
    actions: Vec<Action>,
    round: usize,
) -> Result<(), Halt> {
    // Each credential takes its turn.
    let owners = probe.owners();
    let owner = &owners[(round / 2) % owners.len()];
    let first = user.held();
    let sent = join_all(actions.iter().map(|action| perform(probe, user, action, owner))).await;
    let sent: Vec<Rc<Exchange>> = sent.into_iter().collect::<Result<_, _>>()?;
    let (last, read) = probe.roles_of(user).await?;
    user.roles.replace(last.clone());
    let events: Vec<Event> =
        actions.iter().zip(&sent).map(|(action, exchange)| event(action, exchange)).collect();
    if explains(&first, &events, &last) {
        return Ok(());
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
    probe.put(vec![violation]);
    Err(Halt::Failed)
}

async fn perform(
    probe: &Probe,
    user: &User,
    action: &Action,
    owner: &Credential,
) -> Result<Rc<Exchange>, Halt> {
    match action {
        Action::Add(role) => probe.try_add_role(user, role).await,
        Action::Remove(role) => {
            let exchange = probe.send(Call::removal(user, role).by(owner.clone())).await?;
            shows_removed_role(probe, role, &exchange);
            Ok(exchange)
        }
    }
}

/// Other requests may change the rest of `roles` meanwhile, but not bring the removed one back.
fn shows_removed_role(probe: &Probe, role: &str, exchange: &Rc<Exchange>) {
    let roles: Option<BTreeSet<String>> = match (exchange.status(), exchange.outcome.as_ref()) {
        (Some(200), Ok(answer)) => answer.json().as_ref().and_then(crate::judge::subject::roles),
        _ => None,
    };
    if let Some(roles) = roles.filter(|roles| roles.contains(role)) {
        let expected = format!("`roles` without {role}");
        probe.violate(Clause::SuccessRoles, expected, listed(&roles), exchange);
    }
}

fn event(action: &Action, exchange: &Exchange) -> Event {
    Event {
        action: action.clone(),
        status: exchange.status().unwrap_or_default(),
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
