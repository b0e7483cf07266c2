//! Users invited through the deprecated project invitation.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::checks::Check;
use crate::needs::Need;
use crate::probe::Probe;
use atlas_engine::run::check::Halt;

pub(super) static UNCHANGED: Check = Check {
    id: "roles/deprecated/unchanged",
    title: "A user invited through the deprecated invitation can't be changed",
    clauses: &[Clause::RolesDeprecatedInvitation],
    needs: &[Need::DeprecatedUser],
    run: |probe| Box::pin(unchanged(probe)),
};

async fn unchanged(probe: &Probe) -> Result<(), Halt> {
    let id = probe.given_deprecated().await?;
    // Only the path of this user's request is used; the body is that of any removal.
    let (other, _) = probe.given_some(probe.memberships()[0], 2).await?;
    for owner in probe.owners() {
        for role in probe.some(probe.roles())? {
            let call = Call::removal(&other, &role).user(&id).by(owner.clone());
            let exchange = probe.send(call).await?;
            probe.expect_refusal(&exchange, Clause::RolesDeprecatedInvitation, &[]);
            probe.expect_roles(&other, Clause::RolesRemovesExactlyOne, &exchange).await?;
        }
    }
    Ok(())
}
