//! Legal removals: the named role goes, and nothing else changes.

use std::time::Duration;

use atlas_api::clauses::Clause;
use proptest::prelude::*;
use serde_json::json;

use crate::call::Call;
use crate::checks::Check;
use crate::checks::query::steady_difference;
use crate::needs::Need;
use crate::operation;
use crate::probe::Probe;
use crate::users::user::Membership;
use atlas_engine::run::check::Halt;

pub(super) static EXACTLY_ONE: Check = Check {
    id: "roles/removal/exactly-one",
    title: "A removal takes the named role and nothing else, from nobody else",
    clauses: &[Clause::RolesRemovesExactlyOne],
    needs: &[],
    run: |probe| Box::pin(exactly_one(probe)),
};

async fn exactly_one(probe: &Probe) -> Result<(), Halt> {
    let roles = probe.roles();
    let before = probe.given(probe.memberships()[0], &roles[..3]).await?;
    for membership in probe.memberships() {
        let bystander = probe.given(membership, &roles[..3]).await?;
        let user = probe.given(membership, &roles[..3]).await?;
        let after = probe.given(membership, &roles[..3]).await?;
        for role in &roles[..2] {
            let clause = Clause::RolesRemovesExactlyOne;
            let as_it_was = probe.read(&user).await?;
            let removal = Call::removal(&user, role);
            let exchange = probe.expect_removed(&user, removal, clause).await?;
            let as_it_is = probe.read(&user).await?;
            if let Some(difference) = steady_difference(&as_it_was, &as_it_is) {
                let expected = "the user as it was but for one role";
                probe.violate(clause, expected, difference, &exchange);
            }
            for other in [&before, &bystander, &after] {
                probe.expect_roles(other, Clause::RolesRemovesExactlyOne, &exchange).await?;
            }
        }
    }
    Ok(())
}

pub(super) static NAMED_ELSEWHERE: Check = Check {
    id: "roles/removal/named-elsewhere",
    title: "Ids in the body or the query change nothing about whom the path names",
    clauses: &[Clause::RolesRemovesExactlyOne],
    needs: &[],
    run: |probe| Box::pin(named_elsewhere(probe)),
};

async fn named_elsewhere(probe: &Probe) -> Result<(), Halt> {
    let property = operation::role_property();
    for membership in probe.memberships() {
        let roles = &probe.roles()[..3];
        let user = probe.given(membership, roles).await?;
        let other = probe.given(membership, roles).await?;
        let (group, id, name) = (&other.group, &other.id, &other.username);
        let ids = json!({ "groupId": group, "userId": id, "id": id, "username": name });
        let mut body = ids.clone();
        body[property] = roles[0].clone().into();
        let mut path = json!({ "path": ids, "user": { "id": id } });
        path[property] = roles[0].clone().into();
        let query = format!("groupId={group}&userId={id}&id={id}&{property}={}", roles[1]);
        let removal = || Call::removal(&user, &roles[0]);
        let calls = [
            removal().body(body.to_string()),
            removal().body(path.to_string()),
            removal().query(&query),
            removal().header("X-HTTP-Path-Override", "/").header("X-User-Id", id),
        ];
        for call in calls {
            // A server may refuse or ignore unknown properties and keys.
            let exchange = probe.send(call.odd(Clause::RequestOddBodies)).await?;
            let left = user.held_without(&roles[0]);
            probe.expect_settled(&user, &exchange, left, Clause::RolesRemovesExactlyOne).await?;
            probe.expect_roles(&other, Clause::RolesRemovesExactlyOne, &exchange).await?;
            if !user.held().contains(&roles[0]) {
                probe.add_role(&user, &roles[0]).await?;
            }
        }
    }
    Ok(())
}

pub(super) static GIVEN_TWICE: Check = Check {
    id: "roles/removal/given-twice",
    title: "A role that was given to its holder once more is gone after one removal",
    clauses: &[Clause::RolesRemovesExactlyOne],
    needs: &[],
    run: |probe| Box::pin(given_twice(probe)),
};

async fn given_twice(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 2).await?;
        // A server may refuse this; only the roles afterwards count.
        probe.try_add_role(&user, &roles[0]).await?;
        let removal = Call::removal(&user, &roles[0]);
        probe.expect_removed(&user, removal, Clause::RolesRemovesExactlyOne).await?;
    }
    Ok(())
}

pub(super) static ACTIVE_USER: Check = Check {
    id: "roles/removal/active-user",
    title: "A role can be removed from an active user",
    clauses: &[Clause::RolesActiveUser],
    needs: &[Need::ActiveUsers],
    run: |probe| Box::pin(of(probe, Membership::Active, Clause::RolesActiveUser)),
};

pub(super) static PENDING_USER: Check = Check {
    id: "roles/removal/pending-user",
    title: "A role can be removed from an invited user",
    clauses: &[Clause::RolesPendingUser],
    needs: &[Need::PendingUsers],
    run: |probe| Box::pin(of(probe, Membership::Pending, Clause::RolesPendingUser)),
};

async fn of(probe: &Probe, membership: Membership, clause: Clause) -> Result<(), Halt> {
    for credential in probe.owners() {
        let (user, roles) = probe.given_some(membership, 3).await?;
        for role in &roles[..2] {
            let removal = Call::removal(&user, role).by(credential.clone());
            probe.expect_removed(&user, removal, clause).await?;
        }
    }
    Ok(())
}

pub(super) static EVERY_ROLE: Check = Check {
    id: "roles/removal/every-role",
    title: "Every project role can be removed, from active and pending users",
    clauses: &[Clause::RolesRemovesExactlyOne],
    needs: &[],
    run: |probe| Box::pin(every_role(probe)),
};

async fn every_role(probe: &Probe) -> Result<(), Halt> {
    let roles = probe.roles();
    let owners = probe.owners();
    for membership in probe.memberships() {
        let user = probe.given(membership, &roles).await?;
        for (index, role) in probe.some(roles.clone())?.iter().enumerate() {
            let removal = Call::removal(&user, role).by(owners[index % owners.len()].clone());
            probe.expect_removed(&user, removal, Clause::RolesRemovesExactlyOne).await?;
            // The role is added again, so that each removal finds the user with all roles.
            if !user.held().contains(role) {
                probe.add_role(&user, role).await?;
            }
        }
    }
    Ok(())
}

pub(super) static EVERY_PAIR: Check = Check {
    id: "roles/removal/every-pair",
    title: "Of any two roles either can be removed, and the other stays",
    clauses: &[Clause::RolesRemovesExactlyOne, Clause::RolesNeverEmptyEverywhere],
    needs: &[],
    run: |probe| Box::pin(every_pair(probe)),
};

async fn every_pair(probe: &Probe) -> Result<(), Halt> {
    let (roles, memberships, owners) = (probe.roles(), probe.memberships(), probe.owners());
    let pairs = roles.iter().flat_map(|one| roles.iter().map(move |other| [one, other]));
    let pairs: Vec<_> = pairs.filter(|[one, other]| one != other).collect();
    let case = async |(index, [one, other]): (usize, [&String; 2])| {
        let membership = memberships[index % memberships.len()];
        let owner = &owners[index / 2 % owners.len()];
        let user = probe.given(membership, &[one.clone(), other.clone()]).await?;
        let removal = Call::removal(&user, one).by(owner.clone());
        probe.expect_removed(&user, removal, Clause::RolesRemovesExactlyOne).await?;
        let last = Call::removal(&user, other).by(owner.clone());
        probe.expect_refused(&user, last, Clause::RolesNeverEmptyEverywhere).await?;
        probe.remove_user(&user).await
    };
    probe.for_each(probe.some(pairs)?.into_iter().enumerate(), case).await
}

pub(super) static LASTING: Check = Check {
    id: "roles/removal/lasting",
    title: "A role that is gone stays gone, and one that was kept stays, a moment later as well",
    clauses: &[Clause::RolesRemovesExactlyOne, Clause::RolesRefusalChangesNothing],
    needs: &[],
    run: |probe| Box::pin(lasting(probe)),
};

/// Long enough for deferred work of a server.
const MOMENT: Duration = Duration::from_millis(700);

async fn lasting(probe: &Probe) -> Result<(), Halt> {
    let mut changed = Vec::new();
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 3).await?;
        let removal = Call::removal(&user, &roles[0]);
        let clause = Clause::RolesRemovesExactlyOne;
        let exchange = probe.expect_removed(&user, removal, clause).await?;
        changed.push((user, exchange, clause));
        let (user, roles) = probe.given_some(membership, 1).await?;
        let last = Call::removal(&user, &roles[0]);
        let exchange = probe.expect_refused(&user, last, Clause::RolesNeverEmpty).await?;
        changed.push((user, exchange, Clause::RolesRefusalChangesNothing));
    }
    tokio::time::sleep(MOMENT).await;
    for (user, exchange, clause) in changed {
        probe.expect_roles(&user, clause, &exchange).await?;
    }
    Ok(())
}

pub(super) static DOWN_TO_ONE: Check = Check {
    id: "roles/removal/down-to-one",
    title: "Roles can be removed in any order until one is left, which stays",
    clauses: &[Clause::RolesRemovesExactlyOne, Clause::RolesNeverEmptyEverywhere],
    needs: &[],
    run: |probe| Box::pin(down_to_one(probe)),
};

async fn down_to_one(probe: &Probe) -> Result<(), Halt> {
    let roles = probe.roles();
    let orders = (1..=roles.len(), Just(roles).prop_shuffle(), any::<bool>(), any::<bool>());
    probe
        .for_all(probe.cases(), &orders, async |(count, roles, pending, by_key)| {
            let memberships = probe.memberships();
            let owners = probe.owners();
            let membership = memberships[usize::from(pending) % memberships.len()];
            let owner = &owners[usize::from(by_key) % owners.len()];
            let user = probe.given(membership, &roles[..count]).await?;
            for role in &roles[1..count] {
                let removal = Call::removal(&user, role).by(owner.clone());
                probe.expect_removed(&user, removal, Clause::RolesRemovesExactlyOne).await?;
            }
            let last = Call::removal(&user, &roles[0]).by(owner.clone());
            probe.expect_refused(&user, last, Clause::RolesNeverEmptyEverywhere).await?;
            probe.remove_user(&user).await
        })
        .await
}

pub(super) static OTHER_PROJECT: Check = Check {
    id: "roles/removal/other-project",
    title: "The same user keeps all roles in another project",
    clauses: &[Clause::RolesRemovesExactlyOne, Clause::RolesNeverEmptyEverywhere],
    needs: &[Need::OtherProject],
    run: |probe| Box::pin(other_project(probe)),
};

async fn other_project(probe: &Probe) -> Result<(), Halt> {
    let roles = probe.roles();
    let (here, there) =
        (probe.group().to_owned(), probe.other_group().unwrap_or_default().to_owned());
    let (memberships, queries) = (probe.memberships(), ["", "envelope=true", "pretty=true"]);
    let owners = probe.owners();
    let variants = owners.iter().flat_map(|owner| queries.map(|query| (owner.clone(), query)));
    let variants: Vec<_> = variants.collect();
    for (place, membership) in memberships.iter().copied().enumerate() {
        // Each variant meets a membership, one after the other.
        let turns = variants.iter().skip(place).step_by(memberships.len());
        for (owner, query) in turns {
            let name = probe.username(membership)?;
            let one = probe.given_in(&here, membership, &name, &roles[..3]).await?;
            let other = probe.given_in(&there, membership, &name, &roles[..3]).await?;
            for (user, role, bystander) in [(&one, &roles[0], &other), (&other, &roles[1], &one)] {
                let removal = Call::removal(user, role).by(owner.clone()).query(query);
                let clause = Clause::RolesRemovesExactlyOne;
                let exchange = probe.expect_removed(user, removal, clause).await?;
                probe.expect_roles(bystander, Clause::RolesRemovesExactlyOne, &exchange).await?;
            }
        }
        // The last role in one project, with more roles in the other.
        let user =
            probe.given_in(&there, membership, &probe.username(membership)?, &roles[..1]).await?;
        let twin = probe.given_in(&here, membership, &user.username, &roles[..2]).await?;
        for (owner, query) in &variants {
            let last = Call::removal(&user, &roles[0]).by(owner.clone()).query(query);
            let clause = Clause::RolesNeverEmptyEverywhere;
            let exchange = probe.expect_refused(&user, last, clause).await?;
            probe.expect_roles(&twin, Clause::RolesRemovesExactlyOne, &exchange).await?;
        }
    }
    Ok(())
}

pub(super) static REPLACE_ONLY_ROLE: Check = Check {
    id: "roles/removal/replace-only-role",
    title: "An only role is replaced by adding the new one and removing the old one",
    clauses: &[Clause::RolesReplaceOnlyRole, Clause::RolesNeverEmptyEverywhere],
    needs: &[],
    run: |probe| Box::pin(replace_only_role(probe)),
};

async fn replace_only_role(probe: &Probe) -> Result<(), Halt> {
    let (roles, owners) = (probe.roles(), probe.owners());
    for membership in probe.memberships() {
        let user = probe.given(membership, &roles[..1]).await?;
        let pairs = roles.windows(2).zip(owners.iter().cycle());
        for (pair, owner) in pairs.take(probe.cases() as usize) {
            probe.add_role(&user, &pair[1]).await?;
            let removal = Call::removal(&user, &pair[0]).by(owner.clone());
            probe.expect_removed(&user, removal, Clause::RolesReplaceOnlyRole).await?;
            // The new role is the only one now, so it must stay.
            let last = Call::removal(&user, &pair[1]).by(owner.clone());
            let clause = Clause::RolesNeverEmptyEverywhere;
            probe.expect_refused(&user, last, clause).await?;
        }
    }
    Ok(())
}
