//! Random sequences of additions and removals for several users, compared with the model.

use std::rc::Rc;

use atlas_api::clauses::Clause;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::call::Call;
use crate::checks::Check;
use crate::probe::Probe;
use crate::users::user::User;
use atlas_engine::run::check::Halt;

pub(super) static MODEL: Check = Check {
    id: "roles/walk/model",
    title: "Any sequence of additions and removals leaves the roles that the model says",
    clauses: &[
        Clause::RolesRemovesExactlyOne,
        Clause::RolesNeverEmpty,
        Clause::RolesRefusalChangesNothing,
    ],
    needs: &[],
    run: |probe| Box::pin(model(probe)),
};

/// One step of a walk: the user, the action, the credential and the query.
#[derive(Debug, Clone)]
struct Step {
    user: usize,
    act: Act,
    by: usize,
    query: &'static str,
}

#[derive(Debug, Clone)]
enum Act {
    Add(usize),
    Remove(usize),
    RemoveUnknown,
}

async fn model(probe: &Probe) -> Result<(), Halt> {
    let roles = probe.roles();
    let step = steps(roles.len());
    // Mostly few roles at first, so that walks reach the last one.
    let counts = prop_oneof![3 => 1..=3_usize, 1 => 1..=roles.len()];
    let walks = (vec(counts, 2), vec(step, 1..14), any::<bool>());
    let cases = (probe.cases() / 2).max(2);
    probe
        .for_all(cases, &walks, async |(counts, steps, swapped)| {
            let memberships = probe.memberships();
            let mut users: [Option<Rc<User>>; 2] = [None, None];
            for step in steps {
                // A user is set up by the first step that needs it, so that shrinking drops unused users.
                let user = match &users[step.user] {
                    Some(user) => Rc::clone(user),
                    None => {
                        let place = (step.user + usize::from(swapped)) % memberships.len();
                        let held = &roles[..counts[step.user]];
                        probe.given(memberships[place], held).await?
                    }
                };
                users[step.user] = Some(Rc::clone(&user));
                take(probe, &user, &roles, &step).await?;
            }
            for user in users.iter().flatten() {
                // A walk of additions only has sent nothing to judge.
                if let Ok(last) = probe.last() {
                    probe.expect_roles(user, Clause::RolesRemovesExactlyOne, &last).await?;
                }
                probe.remove_user(user).await?;
            }
            Ok(())
        })
        .await
}

fn steps(roles: usize) -> impl Strategy<Value = Step> {
    let act = prop_oneof![
        6 => (0..roles).prop_map(Act::Remove),
        2 => (0..roles).prop_map(Act::Add),
        1 => Just(Act::RemoveUnknown),
    ];
    let query = prop_oneof![
        6 => Just(""),
        1 => Just("envelope=true"),
        1 => Just("pretty=true"),
        1 => Just("envelope=true&pretty=true"),
    ];
    (0..2_usize, act, 0..2_usize, query).prop_map(|(user, act, by, query)| Step {
        user,
        act,
        by,
        query,
    })
}

async fn take(probe: &Probe, user: &User, roles: &[String], step: &Step) -> Result<(), Halt> {
    let owners = probe.owners();
    let by = owners[step.by % owners.len()].clone();
    match &step.act {
        Act::Add(index) if user.held().contains(&roles[*index]) => Ok(()),
        Act::Add(index) => probe.add_role(user, &roles[*index]).await,
        Act::RemoveUnknown => {
            let call = Call::removal(user, "GROUP_NO_SUCH_ROLE");
            probe.ask(user, call).await.map(drop)
        }
        Act::Remove(index) => {
            let call = Call::removal(user, &roles[*index]).by(by).query(step.query);
            probe.ask(user, call).await.map(drop)
        }
    }
}
