//! A refusal changes nothing, whatever its cause.

use atlas_api::clauses::Clause;

use crate::call::{Call, NOBODY};
use crate::checks::Check;
use crate::probe::Probe;
use atlas_engine::auth::credential::Credential;
use atlas_engine::run::check::Halt;

pub(super) static CHANGES_NOTHING: Check = Check {
    id: "roles/refusal/changes-nothing",
    title: "A refused removal changes nothing, and a later legal one succeeds",
    clauses: &[Clause::RolesRefusalChangesNothing],
    needs: &[],
    run: |probe| Box::pin(changes_nothing(probe)),
};

async fn changes_nothing(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 3).await?;
        let removal = || Call::removal(&user, &roles[0]);
        let mut refused = vec![
            removal().by(Credential::Anonymous),
            removal().by(Credential::Header("Bearer not-a-token".to_owned())),
            removal().body("{").refused_for(Clause::RequestBodyShape),
            removal().body("").refused_for(Clause::RequestBodyShape),
            removal().body(r#"{"groupRole":null}"#).refused_for(Clause::RequestBodyShape),
            removal().group(NOBODY).refused_for(Clause::RequestUnknownGroup),
            removal().group("0").refused_for(Clause::RequestGroupId),
            removal().user("0").refused_for(Clause::RequestUserId),
        ];
        refused.extend(probe.session().readers().into_iter().map(|reader| removal().by(reader)));
        for call in refused {
            probe.expect_refused(&user, call, Clause::RolesRefusalChangesNothing).await?;
        }
        let clause = Clause::RolesRefusalChangesNothing;
        probe.expect_removed(&user, removal(), clause).await?;
    }
    Ok(())
}
