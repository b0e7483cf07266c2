//! Values of `envelope` and `pretty` that are not booleans.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::checks::Check;
use crate::probe::Probe;
use atlas_engine::run::check::Halt;

pub(super) static REFUSED_OR_IGNORED: Check = Check {
    id: "query/non-boolean/refused-or-ignored",
    title: "A query value that is no boolean is refused or ignored",
    clauses: &[Clause::QueryNonBoolean],
    needs: &[],
    run: |probe| Box::pin(refused_or_ignored(probe)),
};

/// Values that no parser takes for a boolean.
const VALUES: [&str; 13] = [
    "maybe",
    "2",
    "-1",
    "null",
    "truefalse",
    "%22true%22",
    "%00",
    "%ff",
    "%F0%9F%98%80",
    "true%0A",
    "[]",
    "%7B%7D",
    "' OR '1'='1",
];

async fn refused_or_ignored(probe: &Probe) -> Result<(), Halt> {
    let roles = probe.roles();
    let clause = Clause::QueryNonBoolean;
    let mut queries = Vec::new();
    for name in ["envelope", "pretty"] {
        queries.extend(VALUES.map(|value| format!("{name}={}", value.replace(' ', "%20"))));
        queries.push(format!("{name}={}", "x".repeat(1000)));
    }
    for query in probe.some(queries)? {
        let user = probe.given(probe.memberships()[0], &roles[..2]).await?;
        let call = Call::removal(&user, &roles[0]).query(&query).odd(clause);
        let exchange = probe.send(call.expecting(user.held_without(&roles[0]))).await?;
        probe.observe(clause, "a value that is no boolean", &exchange);
        let left = user.held_without(&roles[0]);
        probe.expect_settled(&user, &exchange, left, Clause::RolesRemovesExactlyOne).await?;
        probe.remove_user(&user).await?;
    }
    // Oddities without a value to judge: any response is legal except a server error, and its status
    // must be true.
    let odd = [
        "envelope",
        "envelope=",
        "pretty",
        "pretty=",
        "unknown=1",
        "&&",
        "=",
        "unknown",
        "envelope=true&envelope=false",
        "%",
        "%zz=1",
    ];
    for query in probe.some(odd.to_vec())? {
        let user = probe.given(probe.memberships()[0], &roles[..2]).await?;
        let mut call = Call::removal(&user, &roles[0]).query(query).odd(clause);
        call.envelope = true;
        // What is no URI (RFC 3986, 2.1) is refused below the application, in whatever form.
        let call = if query.starts_with('%') { call.outside() } else { call };
        let exchange = probe.send(call).await?;
        let left = user.held_without(&roles[0]);
        probe.expect_settled(&user, &exchange, left, Clause::RolesRemovesExactlyOne).await?;
        probe.remove_user(&user).await?;
    }
    Ok(())
}
