//! A user has at least one role at all times.

use std::rc::Rc;

use atlas_api::clauses::Clause;
use proptest::strategy::{Just, Strategy};

use crate::call::Call;
use crate::checks::Check;
use crate::checks::request_variants;
use crate::probe::Probe;
use crate::users::user::{Membership, User};
use atlas_engine::run::check::Halt;

pub(super) static REFUSED: Check = Check {
    id: "roles/last/refused",
    title: "Removing the only role is refused, again and again, and the user keeps it",
    clauses: &[Clause::RolesNeverEmpty, Clause::RolesRefusalStatus],
    needs: &[],
    run: |probe| Box::pin(refused(probe)),
};

async fn refused(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 2).await?;
        let first = Call::removal(&user, &roles[0]);
        probe.expect_removed(&user, first, Clause::RolesRemovesExactlyOne).await?;
        for _ in 0..3 {
            let last = Call::removal(&user, &roles[1]);
            let exchange = probe.expect_refused(&user, last, Clause::RolesNeverEmpty).await?;
            probe.observe(Clause::RolesRefusalStatus, "removing the only role", &exchange);
        }
        probe.add_role(&user, &roles[0]).await?;
        let old = Call::removal(&user, &roles[1]);
        probe.expect_removed(&user, old, Clause::RolesRefusalChangesNothing).await?;
        // The only role now is one that was removed and added again.
        let last = Call::removal(&user, &roles[0]);
        probe.expect_refused(&user, last, Clause::RolesNeverEmpty).await?;
    }
    Ok(())
}

pub(super) static EVERYWHERE: Check = Check {
    id: "roles/last/everywhere",
    title: "The only role is safe whichever it is, whoever asks and however",
    clauses: &[Clause::RolesNeverEmptyEverywhere],
    needs: &[],
    run: |probe| Box::pin(everywhere(probe)),
};

async fn everywhere(probe: &Probe) -> Result<(), Halt> {
    let (memberships, owners) = (probe.memberships(), probe.owners());
    let roles = probe.some(probe.roles())?.into_iter().enumerate();
    let each = (0..memberships.len()).collect::<Vec<_>>();
    let users = roles.flat_map(|(number, role)| {
        each.iter().map(move |membership| (number, role.clone(), *membership))
    });
    let case = async |(number, role, membership): (usize, String, usize)| {
        let user = probe.given(memberships[membership], std::slice::from_ref(&role)).await?;
        // Each variant meets each role, and over the roles each membership by each owner.
        let variants = request_variants::all(&user, &role).into_iter().enumerate();
        let turns = memberships.len();
        let calls = variants.filter(|(place, _)| (place + number + membership) % turns == 0);
        let calls = calls.map(|(place, call)| {
            let owner = (place / turns + number / turns) % owners.len();
            call.by(owners[owner].clone())
        });
        for call in probe.some(calls.collect())? {
            probe.expect_refused(&user, call, Clause::RolesNeverEmptyEverywhere).await?;
        }
        probe.remove_user(&user).await
    };
    probe.for_each(users, case).await
}

pub(super) static MANY_USERS: Check = Check {
    id: "roles/last/many-users",
    title: "Of many users, whatever their ids and names, each loses one role and keeps the last",
    clauses: &[Clause::RolesNeverEmptyEverywhere, Clause::RolesRemovesExactlyOne],
    needs: &[],
    run: |probe| Box::pin(many_users(probe)),
};

/// The number of users for each case of a property.
const USERS_PER_CASE: u32 = 5;

async fn many_users(probe: &Probe) -> Result<(), Halt> {
    let (memberships, owners) = (probe.memberships(), probe.owners());
    let users =
        if probe.budget().is_thorough() { probe.cases() * USERS_PER_CASE } else { probe.cases() };
    let case = async |index: usize| {
        let membership = memberships[index % memberships.len()];
        let owner = &owners[index / 2 % owners.len()];
        let (user, roles) = given_named(probe, membership, index).await?;
        let removal = Call::removal(&user, &roles[0]).by(owner.clone());
        let clause = Clause::RolesRemovesExactlyOne;
        probe.expect_removed(&user, removal, clause).await?;
        let last = Call::removal(&user, &roles[1]).by(owner.clone());
        let clause = Clause::RolesNeverEmptyEverywhere;
        probe.expect_refused(&user, last, clause).await?;
        probe.remove_user(&user).await
    };
    probe.for_each(0..users as usize, case).await
}

/// A user with two roles, sometimes with an odd name; a plain name if the target refuses the odd one.
async fn given_named(
    probe: &Probe,
    membership: Membership,
    index: usize,
) -> Result<(Rc<User>, Vec<String>), Halt> {
    const TAILS: [&str; 6] = ["+a", ".b", "-c", "_d", "0", "e.very-long-name-that-goes-on_and.on"];
    let mut roles = probe.sample(&Just(probe.roles()).prop_shuffle())?;
    roles.truncate(2);
    if let Some(tail) = TAILS.get(index / 2 % (2 * TAILS.len())) {
        let name = probe.username(membership)?;
        let (local, host) = name.split_once('@').unwrap_or((&name, "example.com"));
        let odd = format!("{local}{tail}@{host}");
        let group = probe.group().to_owned();
        if let Ok(user) = probe.given_in(&group, membership, &odd, &roles).await {
            return Ok((user, roles));
        }
    }
    Ok((probe.given(membership, &roles).await?, roles))
}

pub(super) static USED_CONNECTION: Check = Check {
    id: "roles/last/used-connection",
    title: "The only role is safe on a connection that has been used",
    clauses: &[Clause::RolesNeverEmptyEverywhere],
    needs: &[],
    run: |probe| Box::pin(used_connection(probe)),
};

async fn used_connection(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 2).await?;
        let opened = probe.session().transport.connect().await;
        let mut connection = opened.map_err(|error| Halt::Error(error.to_string()))?;
        let first = Call::removal(&user, &roles[0]);
        let Some(exchange) = probe.send_next(first, &mut connection).await? else { continue };
        let left = user.held_without(&roles[0]);
        probe.expect_settled(&user, &exchange, left, Clause::RolesRemovesExactlyOne).await?;
        for _ in 0..3 {
            if user.held().len() != 1 {
                break;
            }
            let last = Call::removal(&user, &roles[1]).expecting(user.held());
            let Some(exchange) = probe.send_next(last, &mut connection).await? else { break };
            let clause = Clause::RolesNeverEmptyEverywhere;
            probe.expect_refusal(&exchange, clause, &[]);
            probe.expect_roles(&user, clause, &exchange).await?;
        }
    }
    Ok(())
}
