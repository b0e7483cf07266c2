//! Both schemes authenticate.

use atlas_api::clauses::Clause;
use atlas_api::digest::Challenge;

use crate::call::Call;
use crate::checks::Check;
use crate::needs::Need;
use crate::probe::Probe;
use crate::probe::expecting::{Answer, answer};
use atlas_engine::auth::credential::Credential;
use atlas_engine::auth::digest;
use atlas_engine::exchange::Exchange;
use atlas_engine::run::check::Halt;

pub(super) static SERVICE_ACCOUNT: Check = Check {
    id: "auth/accepted/service-account",
    title: "The token of a service account authenticates every request",
    clauses: &[Clause::AuthServiceAccount],
    needs: &[Need::ServiceAccount],
    run: |probe| Box::pin(authenticates(probe, Credential::Owner, Clause::AuthServiceAccount)),
};

const QUERIES: [&str; 4] = ["", "pretty=true", "envelope=true", "envelope=false&pretty=false"];

async fn authenticates(probe: &Probe, owner: Credential, clause: Clause) -> Result<(), Halt> {
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 5.min(probe.roles().len())).await?;
        for (role, query) in roles[1..].iter().zip(QUERIES) {
            let call = Call::removal(&user, role).by(owner.clone()).query(query);
            probe.expect_removed(&user, call, clause).await?;
        }
    }
    Ok(())
}

pub(super) static DIGEST: Check = Check {
    id: "auth/accepted/digest",
    title: "An API key authenticates through Digest, with each algorithm on offer",
    clauses: &[Clause::AuthDigest],
    needs: &[Need::ApiKey],
    run: |probe| Box::pin(digest_authenticates(probe)),
};

async fn digest_authenticates(probe: &Probe) -> Result<(), Halt> {
    let (user, roles) = probe.given_some(probe.memberships()[0], 2).await?;
    let refused = probe.send(Call::removal(&user, &roles[0]).by(Credential::Anonymous)).await?;
    if answer(&refused) == Answer::Refused && challenges(&refused).is_empty() {
        probe.violate(Clause::AuthDigest, "a Digest challenge", refused.received(), &refused);
        return Err(Halt::Failed);
    }
    for credential in [Credential::OwnerKey, Credential::OwnerKeyMd5] {
        authenticates(probe, credential, Clause::AuthDigest).await?;
    }
    Ok(())
}

/// The Digest challenges of a 401 response.
pub(super) fn challenges(exchange: &Exchange) -> Vec<Challenge> {
    exchange.response().map(digest::challenges).unwrap_or_default()
}
