//! Names that are not project roles.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::checks::Check;
use crate::probe::Probe;
use crate::strategies::names::{any_name, odd_names};
use crate::users::user::User;
use atlas_engine::run::check::Halt;

pub(super) static UNKNOWN: Check = Check {
    id: "request/role-names/unknown",
    title: "A name that is no project role is refused, and no role is lost",
    clauses: &[Clause::RequestUnknownRole],
    needs: &[],
    run: |probe| Box::pin(unknown(probe)),
};

async fn unknown(probe: &Probe) -> Result<(), Halt> {
    let known = probe.roles();
    for membership in probe.memberships() {
        for count in [1, 3] {
            let (user, _) = probe.given_some(membership, count).await?;
            for name in probe.some(odd_names())? {
                expect_unknown(probe, &user, &name).await?;
            }
        }
    }
    let (user, _) = probe.given_some(probe.memberships()[0], 3).await?;
    probe
        .for_all(probe.cases(), &any_name(), async |name: String| {
            if known.contains(&name) { Ok(()) } else { expect_unknown(probe, &user, &name).await }
        })
        .await
}

async fn expect_unknown(probe: &Probe, user: &User, name: &str) -> Result<(), Halt> {
    let before = user.held();
    // A name may be so long that the body is too large.
    let call = Call::removal(user, name).expecting(before.clone());
    let too_large: &[u16] = if call.body.len() > 1000 { &[413] } else { &[] };
    let call = call.also_legal(too_large);
    let exchange = probe.send(call).await?;
    if name == "GROUP_NO_SUCH_ROLE" {
        probe.observe(Clause::RequestUnknownRole, "removing an unknown role", &exchange);
    }
    probe.expect_refusal(&exchange, Clause::RequestUnknownRole, too_large);
    probe.expect_roles(user, Clause::RolesRemovesExactlyOne, &exchange).await?;
    if user.held() == before { Ok(()) } else { Err(Halt::Failed) }
}
