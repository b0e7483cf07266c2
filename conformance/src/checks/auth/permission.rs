//! Valid credentials that lack the role for it.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::check::{Check, Halt, Need};
use crate::probe::{Probe, effective_status};

/// 403, and nothing changes.
pub static REFUSED: Check = Check {
    id: "auth/permission/refused",
    title: "Credentials without permission are refused with 403 and change nothing",
    clauses: &[Clause::AuthPermission],
    needs: &[Need::Reader],
    run: |probe| Box::pin(refused(probe)),
};

async fn refused(probe: &Probe) -> Result<(), Halt> {
    let clause = Clause::AuthPermission;
    for membership in probe.memberships() {
        for reader in probe.session().readers() {
            for count in [1, 2, 3] {
                let (user, roles) = probe.given_some(membership, count).await?;
                for query in ["", "envelope=true", "pretty=true"] {
                    let call = Call::removal(&user, &roles[0]).by(reader.clone()).query(query);
                    let exchange = probe.send(call).await?;
                    match effective_status(&exchange) {
                        403 => {}
                        401 => {
                            let expected = "403: the credentials are valid";
                            let clause = Clause::AuthValidCredentials;
                            probe.violate(clause, expected, exchange.received(), &exchange);
                        }
                        _ => {
                            probe.expect_status(&exchange, clause, &[403]);
                        }
                    }
                    probe.expect_roles(&user, clause, &exchange).await?;
                }
            }
        }
    }
    Ok(())
}
