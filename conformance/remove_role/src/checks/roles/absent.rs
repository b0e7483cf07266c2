//! Roles that the user does not have, and names that almost match a role of the user.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::checks::Check;
use crate::checks::request_variants;
use crate::probe::Probe;
use crate::probe::expecting::{Answer, answer};
use crate::users::user::User;
use atlas_engine::run::check::Halt;

pub(super) static ANSWERED: Check = Check {
    id: "roles/absent/answered",
    title: "Removing a role that the user lacks loses no role",
    clauses: &[Clause::RolesAbsentRole, Clause::RolesRemovesExactlyOne],
    needs: &[],
    run: |probe| Box::pin(answered(probe)),
};

async fn answered(probe: &Probe) -> Result<(), Halt> {
    let memberships = probe.memberships();
    for (count, membership) in [1, 2, 4].into_iter().zip(memberships.iter().cycle()) {
        let (user, roles) =
            probe.given_some(*membership, count.min(probe.roles().len() - 1)).await?;
        let others = probe.roles().into_iter().filter(|role| !roles.contains(role));
        for (index, absent) in probe.some(others.collect())?.into_iter().enumerate() {
            let call = request_variants::in_turn(probe, Call::removal(&user, &absent), index);
            let clause = Clause::RolesRemovesExactlyOne;
            let exchange = probe.expect_unchanged(&user, call, clause).await?;
            let question = "removing a role that the user lacks";
            probe.observe(Clause::RolesAbsentRole, question, &exchange);
        }
        if count > 1 {
            // A role that was just removed is absent as well.
            let (removal, clause) =
                (|| Call::removal(&user, &roles[0]), Clause::RolesRemovesExactlyOne);
            probe.expect_removed(&user, removal(), clause).await?;
            probe.ask(&user, removal()).await?;
        }
    }
    elsewhere(probe).await
}

/// A role that the same user has in another project is absent here.
async fn elsewhere(probe: &Probe) -> Result<(), Halt> {
    let Some(there) = probe.other_group().map(str::to_owned) else { return Ok(()) };
    let (here, roles) = (probe.group().to_owned(), probe.roles());
    for membership in probe.memberships() {
        let name = probe.username(membership)?;
        let user = probe.given_in(&here, membership, &name, &roles[..2]).await?;
        let twin = probe.given_in(&there, membership, &name, &roles[2..]).await?;
        for absent in probe.some(roles[2..].to_vec())? {
            let call = Call::removal(&user, &absent);
            let clause = Clause::RolesRemovesExactlyOne;
            let exchange = probe.expect_unchanged(&user, call, clause).await?;
            probe.expect_roles(&twin, Clause::RolesRemovesExactlyOne, &exchange).await?;
        }
    }
    Ok(())
}

pub(super) static EXACT_NAME: Check = Check {
    id: "roles/absent/exact-name",
    title: "A name that is almost a held role removes nothing",
    clauses: &[Clause::RolesExactName],
    needs: &[],
    run: |probe| Box::pin(exact_name(probe)),
};

async fn exact_name(probe: &Probe) -> Result<(), Halt> {
    let (membership, roles) = (probe.memberships()[0], probe.roles());
    let names =
        roles[..3].iter().flat_map(|role| near_misses(role).into_iter().map(move |n| (role, n)));
    for (role, name) in probe.some(names.filter(|(_, name)| !roles.contains(name)).collect())? {
        let user = probe.given(membership, &roles[..3]).await?;
        matched_exactly(probe, &user, role, Call::removal(&user, &name)).await?;
        probe.remove_user(&user).await?;
    }
    for role in &roles[..3] {
        let user = probe.given(membership, &roles[..3]).await?;
        let body = Call::removal(&user, role).body;
        let property = crate::operation::role_property();
        for key in [
            property.to_lowercase(),
            property.to_uppercase(),
            format!("{property} "),
            property.replace('R', "_r"),
            property.replace('R', "-r"),
            "role".to_owned(),
        ] {
            let body = String::from_utf8_lossy(&body).replacen(property, &key, 1);
            let call = Call::removal(&user, role).body(body);
            let exchange = probe.send(call.expecting(user.held())).await?;
            if answer(&exchange) == Answer::Served {
                user.roles.replace(user.held_without(role));
            }
            probe.expect_refusal(&exchange, Clause::RolesExactName, &[]);
            probe.expect_roles(&user, Clause::RolesExactName, &exchange).await?;
            if !user.held().contains(role) {
                probe.add_role(&user, role).await?;
            }
        }
    }
    Ok(())
}

/// Sends a name that is almost a role. Refused, or served without effect, it was matched exactly;
/// losing the role that was almost named breaks this clause, any other loss another one.
async fn matched_exactly(probe: &Probe, user: &User, role: &str, call: Call) -> Result<(), Halt> {
    let exchange = probe.send(call.expecting(user.held())).await?;
    let (got, _) = probe.roles_of(user).await?;
    let almost = got == user.held_without(role);
    if almost {
        probe.expect_refusal(&exchange, Clause::RolesExactName, &[]);
    }
    let clause = if almost { Clause::RolesExactName } else { Clause::RolesRemovesExactlyOne };
    probe.expect_roles(user, clause, &exchange).await.map(drop)
}

/// Names that a careless comparison takes for the role.
fn near_misses(role: &str) -> Vec<String> {
    let cut = |end: usize| role.chars().take(end).collect::<String>();
    let length = role.chars().count();
    let mut title = role.to_lowercase();
    title[..1].make_ascii_uppercase();
    vec![
        role.to_lowercase(),
        title,
        format!("{role} "),
        format!(" {role}"),
        format!("{role}\n"),
        format!("\t{role}"),
        format!("{role}\u{0}"),
        format!("{role}\u{a0}"),
        format!("{role}\u{200b}"),
        format!("{role}\r"),
        format!("{role}\u{b}"),
        format!("{role}\u{c}"),
        format!("\u{feff}{role}"),
        role.replacen('O', "\u{d6}", 1),
        role.replacen('G', "\u{ff27}", 1),
        format!("{role}_"),
        format!("{role}X"),
        format!("X{role}"),
        format!("{role},{role}"),
        cut(length - 1),
        cut(length / 2),
        role.replacen('_', "-", 1),
        role.replacen('_', "", 1),
        role.replacen('_', ".", 1),
        role.replacen('O', "0", 1),
        role.replacen('E', "\u{415}", 1),
        role.trim_start_matches("GROUP_").to_owned(),
        format!("{}*", cut(length / 2)),
        format!("{}%", cut(length / 2)),
        "*".to_owned(),
        ".*".to_owned(),
    ]
    .into_iter()
    .filter(|name| name != role)
    .collect()
}
