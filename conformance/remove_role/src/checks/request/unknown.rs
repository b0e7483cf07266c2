//! Well-formed ids that name no user or project.

use atlas_api::clauses::Clause;
use proptest::collection::vec;

use crate::call::{Call, NOBODY};
use crate::checks::Check;
use crate::probe::Probe;
use atlas_engine::auth::credential::Credential;
use atlas_engine::run::check::Halt;

/// Ids that few servers have issued; the check first asks whether a user has them.
const MEMORABLE: [&str; 6] = [
    "ffffffffffffffffffffffff",
    "000000000000000000000000",
    "0123456789abcdef01234567",
    "deadbeefdeadbeefdeadbeef",
    "111111111111111111111111",
    "abcdefabcdefabcdefabcdef",
];

pub(super) static USER: Check = Check {
    id: "request/unknown/user",
    title: "A userId that names no user of the project is answered with 404",
    clauses: &[Clause::RequestUnknownUser],
    needs: &[],
    run: |probe| Box::pin(unknown_user(probe)),
};

async fn unknown_user(probe: &Probe) -> Result<(), Halt> {
    let clause = Clause::RequestUnknownUser;
    let owners = probe.owners();
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 3).await?;
        let mut ids = probe.some(MEMORABLE.map(str::to_owned).to_vec())?;
        ids.push(NOBODY.to_owned());
        ids.extend(near(&user.id));
        for (id, owner) in ids.into_iter().zip(owners.iter().cycle()) {
            // A server that numbers its users may have given this id to another test user.
            if probe.knows(&id).await? {
                continue;
            }
            let call = Call::removal(&user, &roles[0]).user(&id).by(owner.clone());
            let exchange = probe.send(call).await?;
            probe.expect_status(&exchange, clause, &[404]);
        }
        // The project's own id is not a user's.
        let exchange = probe.send(Call::removal(&user, &roles[0]).user(probe.group())).await?;
        probe.expect_status(&exchange, clause, &[404]);
        probe.expect_roles(&user, Clause::RolesRefusalChangesNothing, &exchange).await?;
        if probe.makes_users() {
            let (gone, roles) = probe.given_some(membership, 2).await?;
            probe.remove_user(&gone).await?;
            let exchange = probe.send(Call::removal(&gone, &roles[0])).await?;
            probe.expect_status(&exchange, clause, &[404]);
        }
        stranger(probe, membership).await?;
    }
    Ok(())
}

/// Ids one digit away from a user's. The last digit decreases, since a server that counts up has
/// issued the ids below. Each user gets the same number of ids, so that a seed sends the same requests.
fn near(id: &str) -> Vec<String> {
    let below = match id.strip_suffix('0') {
        Some(_) => with_another_digit(id, 6),
        None => format!("{}0", &id[..id.len() - 1]),
    };
    vec![with_another_digit(id, 0), with_another_digit(id, 11), below]
}

fn with_another_digit(id: &str, at: usize) -> String {
    let digit = if id[at..].starts_with('0') { '1' } else { '0' };
    format!("{}{digit}{}", &id[..at], &id[at + 1..])
}

/// A user who is only in the other project.
async fn stranger(probe: &Probe, membership: crate::users::user::Membership) -> Result<(), Halt> {
    let Some(there) = probe.other_group() else { return Ok(()) };
    let roles = probe.roles();
    let there = there.to_owned();
    let name = probe.username(membership)?;
    let user = probe.given_in(&there, membership, &name, &roles[..2]).await?;
    let here = probe.group().to_owned();
    let exchange = probe.send(Call::removal(&user, &roles[0]).group(&here)).await?;
    probe.expect_status(&exchange, Clause::RequestUnknownUser, &[404]);
    probe.expect_roles(&user, Clause::RolesRemovesExactlyOne, &exchange).await?;
    let (user, roles) = probe.given_some(membership, 2).await?;
    let exchange = probe.send(Call::removal(&user, &roles[0]).group(&there)).await?;
    probe.expect_status(&exchange, Clause::RequestUnknownUser, &[404]);
    probe.expect_roles(&user, Clause::RolesRemovesExactlyOne, &exchange).await.map(drop)
}

pub(super) static GROUP: Check = Check {
    id: "request/unknown/group",
    title: "A groupId that names no project is answered with 404, 401 or 403",
    clauses: &[Clause::RequestUnknownGroup],
    needs: &[],
    run: |probe| Box::pin(unknown_group(probe)),
};

async fn unknown_group(probe: &Probe) -> Result<(), Halt> {
    let clause = Clause::RequestUnknownGroup;
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 3).await?;
        // The suite can't ask whether a project with a memorable id exists, so it draws random ids.
        let mut ids = probe.sample(&vec("[0-9a-f]{24}", 3))?;
        ids.extend([NOBODY.to_owned(), user.id.clone()]);
        ids.extend([0, 11].map(|at| with_another_digit(probe.group(), at)));
        for owner in probe.owners() {
            for id in &probe.some(ids.clone())? {
                let call = Call::removal(&user, &roles[0]).group(id).by(owner.clone());
                let exchange = probe.send(call).await?;
                // 401 may hide the project, so it says nothing about the credentials.
                let status = exchange.effective_status();
                if status != 401 {
                    probe.expect_status(&exchange, clause, &[404, 403]);
                }
                probe.observe(clause, "an unknown project", &exchange);
                probe.expect_roles(&user, Clause::RolesRefusalChangesNothing, &exchange).await?;
            }
        }
        let anonymous = Call::removal(&user, &roles[0]).group(NOBODY).by(Credential::Anonymous);
        let exchange = probe.send(anonymous).await?;
        probe.expect_status(&exchange, clause, &[401, 404, 403]);
    }
    Ok(())
}
