//! Valid credentials without permission to remove a role.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::checks::Check;
use crate::checks::auth::rejected::always_refused;
use crate::needs::Need;
use crate::probe::Probe;
use crate::users::user::{Membership, User};
use atlas_engine::auth::credential::Credential;
use atlas_engine::run::check::Halt;

pub(super) static REFUSED: Check = Check {
    id: "auth/permission/refused",
    title: "Credentials without permission are refused with 403 and change nothing",
    clauses: &[Clause::AuthPermission],
    needs: &[Need::Reader],
    run: |probe| Box::pin(refused(probe)),
};

async fn refused(probe: &Probe) -> Result<(), Halt> {
    let readers = probe.session().readers();
    let pairs = probe.memberships().into_iter();
    let pairs = pairs.flat_map(|it| readers.iter().map(move |reader| (it, reader.clone())));
    let pairs: Vec<_> = pairs.collect();
    let by_count = pairs.iter().flat_map(|pair| [2, 3, 1].map(|count| (pair.clone(), count)));
    let case = async |((membership, reader), count): ((Membership, Credential), usize)| {
        let (user, roles) = probe.given_some(membership, count).await?;
        for query in ["", "envelope=true", "pretty=true"] {
            let call = Call::removal(&user, &roles[0]).by(reader.clone()).query(query);
            refused_only(probe, &user, call).await?;
        }
        Ok(())
    };
    probe.for_each(probe.some(by_count.collect())?, case).await?;
    let case = async |(membership, reader): (Membership, Credential)| {
        let roles = probe.roles();
        let user = probe.given(membership, &roles).await?;
        for role in probe.some(roles)? {
            let call = Call::removal(&user, &role).by(reader.clone());
            refused_only(probe, &user, call).await?;
        }
        Ok(())
    };
    probe.for_each(pairs, case).await?;
    always_refused(probe, &readers, Clause::AuthPermission).await
}

/// Sends the call, expects 403, and nothing changed.
async fn refused_only(probe: &Probe, user: &User, call: Call) -> Result<(), Halt> {
    let clause = Clause::AuthPermission;
    let exchange = probe.send(call).await?;
    match exchange.effective_status() {
        403 => {}
        401 => {
            let expected = "403: the credentials are valid";
            probe.violate(Clause::AuthValidCredentials, expected, exchange.received(), &exchange);
        }
        _ => {
            probe.expect_status(&exchange, clause, &[403]);
        }
    }
    probe.expect_roles(user, clause, &exchange).await.map(drop)
}
