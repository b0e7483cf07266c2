//! Provokes every documented response, for the clauses that hold for all responses of a kind. A run
//! does so once: what the first of these checks meets is passed to the checks of its clauses.

use crate::call::{Call, NOBODY};
use crate::probe::Probe;
use crate::users::user::Membership;
use atlas_engine::auth::credential::Credential;
use atlas_engine::run::check::{Halt, Running};

use atlas_api::clauses::Clause;

/// What a browser accepts.
const BROWSER: &str = "text/html,*/*;q=0.8";

/// Removals that succeed: for each membership and credential, two roles one after the other.
///
/// # Errors
/// When a user can't be set up or no response comes.
pub(super) async fn successes(probe: &Probe) -> Result<(), Halt> {
    let provoke = || -> Running<'_> { Box::pin(all_successes(probe)) };
    probe.provoked().successes.get_or_try_init(provoke).await.copied()
}

async fn all_successes(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        for credential in probe.owners() {
            let (user, roles) = probe.given_some(membership, 3).await?;
            for role in &roles[..2] {
                let call = Call::removal(&user, role).by(credential.clone());
                probe.expect_removed(&user, call, clause_of(membership)).await?;
            }
        }
    }
    Ok(())
}

/// Refused removals, for each documented cause.
///
/// # Errors
/// When a user can't be set up or no response comes.
pub(super) async fn refusals(probe: &Probe) -> Result<(), Halt> {
    let provoke = || -> Running<'_> { Box::pin(all_refusals(probe)) };
    probe.provoked().refusals.get_or_try_init(provoke).await.copied()
}

async fn all_refusals(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 2).await?;
        let absent = probe.roles().into_iter().find(|role| !roles.contains(role));
        let absent = absent.unwrap_or_default();
        let removal = || Call::removal(&user, &roles[0]);
        // HTTP itself allows 406.
        let browsed = || removal().accept(Some(BROWSER)).also_legal(&[406]);
        let unknown_user = |call: Call| call.user(NOBODY).refused_for(Clause::RequestUnknownUser);
        let mut calls = vec![
            Call::removal(&user, &absent),
            unknown_user(removal()),
            removal().group(NOBODY).refused_for(Clause::RequestUnknownGroup),
            removal().user("not-an-id").refused_for(Clause::RequestUserId),
            removal().group("not-an-id").refused_for(Clause::RequestGroupId),
            removal().body("{").refused_for(Clause::RequestBodyShape),
            removal().body("{}").refused_for(Clause::RequestBodyShape),
            Call::removal(&user, "NO_SUCH_ROLE"),
            removal().by(Credential::Anonymous),
            unknown_user(browsed()),
            browsed().body("{").refused_for(Clause::RequestBodyShape),
            browsed().by(Credential::Anonymous),
        ];
        calls.extend(probe.session().readers().into_iter().map(|reader| removal().by(reader)));
        for call in calls {
            probe.ask(&user, call).await?;
        }
        probe.expect_roles(&user, Clause::RolesRefusalChangesNothing, &probe.last()?).await?;
        let (user, roles) = probe.given_some(membership, 1).await?;
        let last = || Call::removal(&user, &roles[0]);
        for call in [last(), last().accept(Some(BROWSER)).also_legal(&[406])] {
            // Where it goes, the other responses can be judged all the same.
            match probe.ask(&user, call).await {
                Err(Halt::Failed) => break,
                asked => drop(asked?),
            }
        }
    }
    Ok(())
}

/// Removals that succeed, and refused ones.
///
/// # Errors
/// When a user can't be set up or no response comes.
pub(super) async fn everything(probe: &Probe) -> Result<(), Halt> {
    successes(probe).await?;
    refusals(probe).await
}

const fn clause_of(membership: Membership) -> Clause {
    match membership {
        Membership::Active => Clause::RolesActiveUser,
        Membership::Pending => Clause::RolesPendingUser,
    }
}
