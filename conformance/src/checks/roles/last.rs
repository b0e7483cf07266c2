//! A user has at least one role at all times.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::check::{Check, Halt};
use crate::contract;
use crate::probe::Probe;
use crate::user::User;

/// The only role stays, and can go once there is another.
pub static REFUSED: Check = Check {
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
        probe.expect_removed(&user, &roles[0], first, Clause::RolesRemovesExactlyOne).await?;
        for _ in 0..3 {
            let last = Call::removal(&user, &roles[1]);
            let exchange = probe.expect_refused(&user, last, Clause::RolesNeverEmpty, &[]).await?;
            probe.observe(Clause::RolesRefusalStatus, "removing the only role", &exchange);
        }
        probe.add_role(&user, &roles[0]).await?;
        let old = Call::removal(&user, &roles[1]);
        probe.expect_removed(&user, &roles[1], old, Clause::RolesRefusalChangesNothing).await?;
    }
    Ok(())
}

/// Each role, membership, credential and query.
pub static EVERYWHERE: Check = Check {
    id: "roles/last/everywhere",
    title: "The only role is safe whichever it is, whoever asks and however",
    clauses: &[Clause::RolesNeverEmptyEverywhere],
    needs: &[],
    run: |probe| Box::pin(everywhere(probe)),
};

async fn everywhere(probe: &Probe) -> Result<(), Halt> {
    const QUERIES: [&str; 7] = [
        "",
        "envelope=true",
        "pretty=true",
        "envelope=true&pretty=true",
        "envelope=false",
        "pretty=false",
        "envelope=false&pretty=false",
    ];
    for membership in probe.memberships() {
        for role in probe.roles() {
            let user = probe.given(membership, std::slice::from_ref(&role)).await?;
            for owner in probe.owners() {
                for query in QUERIES {
                    let last = Call::removal(&user, &role).by(owner.clone()).query(query);
                    let clause = Clause::RolesNeverEmptyEverywhere;
                    probe.expect_refused(&user, last, clause, &[]).await?;
                    if user.held().is_empty() {
                        return Err(Halt::Failed);
                    }
                }
                for call in otherwise(&user, &role) {
                    let clause = Clause::RolesNeverEmptyEverywhere;
                    let call = call.by(owner.clone()).also_legal(&[406, 415]);
                    probe.expect_refused(&user, call, clause, &[406, 415]).await?;
                }
            }
            probe.remove_user(&user).await?;
        }
    }
    Ok(())
}

/// The same removal with another body or header.
fn otherwise(user: &User, role: &str) -> Vec<Call> {
    let removal = || Call::removal(user, role);
    let property = contract::role_property();
    let media_type = contract::request_media_type();
    vec![
        removal().body(format!("{{\"{property}\":\"{role}\",\"extra\":1}}")),
        removal().body(format!("{{ \"{property}\" : \"{role}\" }}\n")),
        removal().body(format!("{{\"{property}\":\"{role}\",\"{property}\":\"{role}\"}}")),
        removal().content_type(Some(&format!("{media_type}; charset=utf-8"))),
        removal().content_type(Some("application/json")),
        removal().accept(Some("*/*")),
        removal().accept(None),
    ]
}

/// The second request of a connection is no exception.
pub static USED_CONNECTION: Check = Check {
    id: "roles/last/used-connection",
    title: "The only role is safe on a connection that has been used",
    clauses: &[Clause::RolesNeverEmptyEverywhere],
    needs: &[],
    run: |probe| Box::pin(used_connection(probe)),
};

async fn used_connection(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 2).await?;
        let opened = probe.session().wire.connect().await;
        let mut connection = opened.map_err(|silence| Halt::Error(silence.to_string()))?;
        let first = Call::removal(&user, &roles[0]);
        let exchange = probe.send_on(first, Some(&mut connection)).await?;
        if exchange.status() == Some(200) {
            user.roles.replace(user.held_without(&roles[0]));
        }
        for _ in 0..3 {
            // A server may close a connection after any answer.
            if user.held().len() != 1 || !connection.is_open().await {
                break;
            }
            let last = Call::removal(&user, &roles[1]).expecting(user.held());
            let exchange = probe.send_on(last, Some(&mut connection)).await?;
            let clause = Clause::RolesNeverEmptyEverywhere;
            probe.expect_refusal(&exchange, clause, &[]);
            probe.expect_roles(&user, clause, &exchange).await?;
        }
    }
    Ok(())
}
