//! Both schemes authenticate.

use atlas_api::clauses::Clause;
use atlas_api::digest::{Algorithm, Challenge};

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

async fn authenticates(probe: &Probe, owner: Credential, clause: Clause) -> Result<(), Halt> {
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 4.min(probe.roles().len())).await?;
        for (role, query) in roles[1..].iter().zip(["", "pretty=true", "envelope=true"]) {
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
    authenticates(probe, Credential::OwnerKey, Clause::AuthDigest).await?;
    for membership in probe.memberships() {
        for query in ["", "pretty=true", "envelope=false&pretty=false"] {
            for algorithm in [Algorithm::Md5, Algorithm::Sha256] {
                with_algorithm(probe, membership, algorithm, query).await?;
            }
        }
    }
    Ok(())
}

async fn with_algorithm(
    probe: &Probe,
    membership: crate::users::user::Membership,
    algorithm: Algorithm,
    query: &str,
) -> Result<(), Halt> {
    let (user, roles) = probe.given_some(membership, 3).await?;
    let removal = || Call::removal(&user, &roles[0]).query(query);
    let refused = probe.send(removal().by(Credential::Anonymous)).await?;
    let all = challenges(&refused);
    if answer(&refused) != Answer::Refused {
        return Err(Halt::Failed);
    }
    if all.is_empty() {
        probe.violate(Clause::AuthDigest, "a Digest challenge", refused.received(), &refused);
        return Err(Halt::Failed);
    }
    let Some(challenge) = all.into_iter().find(|challenge| challenge.algorithm == algorithm) else {
        return Ok(());
    };
    let (nonce, target) = (challenge, removal().target(&probe.session().prefix));
    let Some(key) = probe.session().owner_key() else { return Ok(()) };
    let value = key.renewed(nonce, "POST", &target, "0a4f113b");
    let call = removal().by(Credential::Header(value));
    let left = user.held_without(&roles[0]);
    let mut exchange = probe.send(call.expecting(left.clone())).await?;
    // A server may expire a nonce at any time if it says so (RFC 7616, 3.4).
    if let Some(stale) = stale_challenge(&exchange, algorithm) {
        let value = key.renewed(stale, "POST", &target, "0a4f113c");
        exchange =
            probe.send(removal().by(Credential::Header(value)).expecting(left.clone())).await?;
    }
    probe.expect_status(&exchange, Clause::AuthDigest, &[200]);
    probe.settle(&user, &exchange, left).await?;
    probe.expect_roles(&user, Clause::AuthDigest, &exchange).await.map(drop)
}

/// The Digest challenges of a 401 response.
pub(super) fn challenges(exchange: &Exchange) -> Vec<Challenge> {
    let Ok(response) = &exchange.outcome else { return Vec::new() };
    response.header_values("WWW-Authenticate").flat_map(|v| Challenge::parse_all(&v)).collect()
}

fn stale_challenge(exchange: &Exchange, algorithm: Algorithm) -> Option<Challenge> {
    let response = exchange.outcome.as_ref().ok().filter(|response| response.status == 401)?;
    let same = challenges(exchange).into_iter().find(|c| c.algorithm == algorithm && c.stale);
    same.or_else(|| digest::challenge(response).filter(|challenge| challenge.stale))
}
