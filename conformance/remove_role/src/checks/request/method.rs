//! No method other than POST changes anything.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::checks::Check;
use crate::probe::Probe;
use atlas_engine::run::check::Halt;

pub(super) static POST_ONLY: Check = Check {
    id: "request/method/post-only",
    title: "No other method than POST removes a role",
    clauses: &[Clause::RequestPostOnly],
    needs: &[],
    run: |probe| Box::pin(post_only(probe)),
};

async fn post_only(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 3).await?;
        for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            for role in &roles[..2] {
                // 501 says that the server does not implement the method.
                let call = Call::removal(&user, role).method(method).also_legal(&[501]);
                let exchange = probe.send(call).await?;
                probe.observe(Clause::RequestPostOnly, &format!("{method} on the path"), &exchange);
                probe.expect_roles(&user, Clause::RequestPostOnly, &exchange).await?;
            }
        }
    }
    Ok(())
}
