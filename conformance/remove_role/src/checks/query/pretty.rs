//! `pretty`: the same JSON over several lines.

use std::rc::Rc;

use atlas_api::clauses::Clause;

use crate::call::{Call, NOBODY};
use crate::checks::Check;
use crate::checks::query::envelope::{compare, removed_and_restored};
use crate::probe::Probe;
use atlas_engine::exchange::Exchange;
use atlas_engine::run::check::Halt;

pub(super) static SAME_VALUE: Check = Check {
    id: "query/pretty/same-value",
    title: "pretty=true lays the same JSON out over several lines and changes nothing else",
    clauses: &[Clause::QueryPretty],
    needs: &[],
    run: |probe| Box::pin(same_value(probe)),
};

async fn same_value(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        for owner in probe.owners() {
            let (user, roles) = probe.given_some(membership, 3).await?;
            for (plain, pretty) in
                [("", "pretty=true"), ("envelope=true", "envelope=true&pretty=true")]
            {
                let plain = removed_and_restored(probe, &user, &roles[0], &owner, plain).await?;
                let pretty = removed_and_restored(probe, &user, &roles[0], &owner, pretty).await?;
                compare_layout(probe, &plain, &pretty);
            }
        }
        let (user, roles) = probe.given_some(membership, 1).await?;
        let removal = || Call::removal(&user, &roles[0]);
        for call in [
            removal(),
            removal().body("{}").refused_for(Clause::RequestBodyShape),
            removal().user(NOBODY).refused_for(Clause::RequestUnknownUser),
        ] {
            let plain = probe.ask(&user, call.clone()).await?;
            let pretty = probe.ask(&user, call.query("pretty=true")).await?;
            compare_layout(probe, &plain, &pretty);
        }
        let exchange = probe.last()?;
        probe.expect_roles(&user, Clause::RolesRefusalChangesNothing, &exchange).await?;
    }
    Ok(())
}

fn compare_layout(probe: &Probe, plain: &Rc<Exchange>, pretty: &Rc<Exchange>) {
    compare(probe, plain, pretty, Clause::QueryPretty);
    let Ok(response) = &pretty.outcome else { return };
    let text = String::from_utf8_lossy(response.body());
    if response.json().is_some() && !text.trim().contains(['\n', '\r']) {
        probe.violate(Clause::QueryPretty, "JSON over several lines", "one line", pretty);
    }
}
