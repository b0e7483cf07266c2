//! Concurrent requests get the responses that single ones get.

use atlas_api::clauses::Clause;
use futures_util::future::join_all;

use crate::call::Call;
use crate::checks::Check;
use crate::checks::query::steady_difference;
use crate::circumstances::beside_others;
use crate::probe::Probe;
use crate::probe::expecting::{Answer, answer};
use atlas_engine::run::check::Halt;

pub(super) static SAME_ANSWERS: Check = Check {
    id: "http/concurrent/same-answers",
    title: "Concurrent requests get the answers that single ones get",
    clauses: &[Clause::HttpConcurrent],
    needs: &[],
    run: |probe| Box::pin(same_answers(probe)),
};

/// The number of concurrent requests where they are cheap; over a network it is the number of cases.
/// Many more would exceed the backlog of a simple server.
const WIDTH: usize = 16;

async fn same_answers(probe: &Probe) -> Result<(), Halt> {
    // One role is removed at first and another in each round; the last one stays.
    let count = 5.min(probe.roles().len());
    let mut users = Vec::new();
    for index in 0..WIDTH.min(probe.cases() as usize).max(2) {
        let membership = probe.memberships()[index % probe.memberships().len()];
        users.push(probe.given_some(membership, count).await?);
    }
    // The response for each user without concurrent requests.
    let mut alone = Vec::new();
    for (user, roles) in &users {
        let first = &roles[count - 1];
        let call = Call::removal(user, first);
        let clause = Clause::RolesRemovesExactlyOne;
        alone.push(probe.expect_removed(user, call, clause).await?);
    }
    for round in 0..count - 2 {
        // Every third request is refused, so that responses of two kinds overlap.
        let calls = users.iter().enumerate().map(|(index, (user, roles))| {
            let call = Call::removal(user, &roles[round]).under(beside_others());
            if (index + round) % 3 == 2 {
                call.body("{}")
            } else {
                call.expecting(user.held_without(&roles[round]))
            }
        });
        let sent = join_all(calls.map(|call| probe.send(call))).await;
        for (index, (exchange, (user, roles))) in sent.into_iter().zip(&users).enumerate() {
            let exchange = exchange?;
            if (index + round) % 3 == 2 {
                probe.expect_refusal(&exchange, Clause::HttpConcurrent, &[]);
            } else {
                probe.expect_status(&exchange, Clause::HttpConcurrent, &[200]);
                if answer(&exchange) == Answer::Served
                    && !probe.is_mismatched(&exchange)
                    && let (Some(before), Some(after)) =
                        (alone[index].payload(), exchange.payload())
                    && let Some(difference) = steady_difference(&before, &after)
                {
                    probe.retract(|clause| clause.section() == "success", &exchange);
                    let expected = "the payload that a single request gets";
                    probe.violate(Clause::HttpConcurrent, expected, difference, &exchange);
                }
            }
            let left = user.held_without(&roles[round]);
            probe.expect_settled(user, &exchange, left, Clause::HttpConcurrent).await?;
        }
    }
    Ok(())
}
