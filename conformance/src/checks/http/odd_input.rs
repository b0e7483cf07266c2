//! After anything odd the server goes on.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::check::{Check, Halt};
use crate::contract;
use crate::probe::Probe;
use crate::strategies::bodies;

/// A good request after each odd one.
pub static GOES_ON: Check = Check {
    id: "http/odd-input/goes-on",
    title: "After any odd input a good request is served",
    clauses: &[Clause::HttpAfterOddInput],
    needs: &[],
    run: |probe| Box::pin(goes_on(probe)),
};

async fn goes_on(probe: &Probe) -> Result<(), Halt> {
    const LEGAL: &[u16] = &[411, 413, 414, 415, 431];
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 2).await?;
        let right = String::from_utf8_lossy(&Call::removal(&user, &roles[0]).body).into_owned();
        let mut odd = bodies::malformed(&right, contract::role_property(), &roles[0]);
        odd.push("x".repeat(200_000).into_bytes());
        for (index, body) in probe.some(odd)?.into_iter().enumerate() {
            let id = if index % 2 == 0 { user.id.clone() } else { "\u{0}".repeat(index) };
            let call = Call::removal(&user, &roles[0]).body(body).user(&id).also_legal(LEGAL);
            probe.send(call).await?;
            let call = Call::removal(&user, &roles[0]);
            probe.expect_removed(&user, &roles[0], call, Clause::HttpAfterOddInput).await?;
            if !user.held().contains(&roles[0]) {
                probe.add_role(&user, &roles[0]).await?;
            }
        }
    }
    Ok(())
}
