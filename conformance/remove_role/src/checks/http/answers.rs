//! Every request is answered, on new connections and on old ones.

use atlas_api::clauses::Clause;

use crate::call::{Call, NOBODY};
use crate::checks::Check;
use crate::checks::all_responses;
use crate::circumstances::{after, long_after};
use crate::probe::Probe;
use crate::users::user::Membership;
use atlas_engine::auth::credential::Credential;
use atlas_engine::run::check::Halt;

pub(super) static COMPLETE: Check = Check {
    id: "http/answers/complete",
    title: "Each request is answered in time and in full",
    clauses: &[Clause::HttpAnswers],
    needs: &[],
    run: |probe| Box::pin(all_responses::everything(probe)),
};

pub(super) static SAME_CONNECTION: Check = Check {
    id: "http/answers/same-connection",
    title: "Requests on one connection are answered like requests on their own",
    clauses: &[Clause::HttpAfterOddInput],
    needs: &[],
    run: |probe| Box::pin(same_connection(probe)),
};

/// What is odd about a request, in words, and how it becomes so.
type Oddity = (&'static str, fn(Call) -> Call);

async fn same_connection(probe: &Probe) -> Result<(), Halt> {
    const ODD: [Oddity; 7] = [
        ("", |call| call),
        ("a body cut short", |call| call.body("{")),
        ("a long body", |call| call.body("x".repeat(5000))),
        ("no credentials", |call| call.by(Credential::Anonymous)),
        ("a malformed id", |call| call.user("not-an-id")),
        ("an unknown project", |call| call.group(NOBODY)),
        ("", |call| call.query("envelope=true")),
    ];
    let cases = probe.memberships().into_iter().flat_map(|it| ODD.map(|odd| (it, odd)));
    let case = async |(membership, (what, oddity)): (Membership, Oddity)| {
        let (user, roles) = probe.given_some(membership, 4.min(probe.roles().len())).await?;
        let opened = probe.session().transport.connect().await;
        let mut connection = opened.map_err(|error| Halt::Error(error.to_string()))?;
        let first = oddity(Call::removal(&user, &roles[0]).also_legal(&[413]));
        let Some(exchange) = probe.send_next(first, &mut connection).await? else { return Ok(()) };
        let left = user.held_without(&roles[0]);
        probe.expect_settled(&user, &exchange, left, Clause::RolesRemovesExactlyOne).await?;
        for (number, role) in roles[1..roles.len() - 1].iter().enumerate() {
            let left = user.held_without(role);
            let call = Call::removal(&user, role).expecting(left.clone());
            let call = match number {
                _ if what.is_empty() => call,
                0 => call.under(after(what)),
                _ => call.under(long_after(what)),
            };
            let Some(exchange) = probe.send_next(call, &mut connection).await? else { break };
            probe.expect_status(&exchange, Clause::HttpAfterOddInput, &[200]);
            probe.expect_settled(&user, &exchange, left, Clause::RolesRemovesExactlyOne).await?;
        }
        Ok(())
    };
    probe.for_each(cases, case).await
}
