//! Rules for the responses to all credentials.

use atlas_api::clauses::Clause;

use crate::checks::Check;
use crate::checks::all_responses;
use crate::probe::Probe;
use atlas_engine::run::check::Halt;

pub(super) static VALID_CREDENTIALS: Check = Check {
    id: "auth/sweeps/valid-credentials",
    title: "Valid credentials are not answered with 401",
    clauses: &[Clause::AuthValidCredentials],
    needs: &[],
    run: |probe| Box::pin(valid_credentials(probe)),
};

async fn valid_credentials(probe: &Probe) -> Result<(), Halt> {
    use crate::call::{Call, NOBODY};
    let (user, roles) = probe.given_some(probe.memberships()[0], 1).await?;
    for owner in probe.owners() {
        for call in [
            Call::removal(&user, &roles[0]),
            Call::removal(&user, &roles[0]).body("{}").refused_for(Clause::RequestBodyShape),
            Call::removal(&user, &roles[0]).user(NOBODY).refused_for(Clause::RequestUnknownUser),
        ] {
            probe.ask(&user, call.by(owner.clone())).await?;
        }
    }
    Ok(())
}

pub(super) static CHALLENGE: Check = Check {
    id: "auth/sweeps/challenge",
    title: "A 401 carries WWW-Authenticate",
    clauses: &[Clause::AuthChallenge],
    needs: &[],
    run: |probe| Box::pin(all_responses::refusals(probe)),
};

pub(super) static NO_ECHO: Check = Check {
    id: "auth/sweeps/no-echo",
    title: "No answer repeats a credential that was sent",
    clauses: &[Clause::AuthNoEcho],
    needs: &[],
    run: |probe| Box::pin(all_responses::everything(probe)),
};
