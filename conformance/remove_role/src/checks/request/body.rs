//! The body: of the documented shape, of another shape, and odd ones.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use serde_json::{Value, json};

use crate::call::Call;
use crate::checks::Check;
use crate::checks::request_variants;
use crate::operation;
use crate::probe::Probe;
use crate::probe::expecting::{Answer, answer};
use crate::strategies::bodies;
use crate::subject::{self, listed};
use crate::users::user::User;
use atlas_engine::exchange::{Exchange, json as strict_json};
use atlas_engine::run::check::Halt;

pub(super) static SHAPE: Check = Check {
    id: "request/body/shape",
    title: "A body without a string groupRole is refused and changes nothing",
    clauses: &[Clause::RequestBodyShape],
    needs: &[],
    run: |probe| Box::pin(shape(probe)),
};

async fn shape(probe: &Probe) -> Result<(), Halt> {
    let property = operation::role_property();
    for membership in probe.memberships() {
        let (user, roles) = probe.given_some(membership, 3).await?;
        for body in probe.some(bodies::misshapen(property, &roles[0]))? {
            refuse(probe, &user, &roles[0], body).await?;
        }
    }
    let (user, roles) = probe.given_some(probe.memberships()[0], 3).await?;
    probe
        .for_all(probe.cases(), &bodies::any_json(), async |value: Value| {
            let right = value.get(property).is_some_and(Value::is_string);
            let wrapped = json!({ property: value });
            if !right {
                refuse(probe, &user, &roles[0], value.to_string().into_bytes()).await?;
            }
            if !wrapped[property].is_string() {
                refuse(probe, &user, &roles[0], wrapped.to_string().into_bytes()).await?;
            }
            Ok(())
        })
        .await
}

pub(super) static MALFORMED: Check = Check {
    id: "request/body/malformed",
    title: "A missing body or malformed JSON is refused and changes nothing",
    clauses: &[Clause::RequestBodyShape],
    needs: &[],
    run: |probe| Box::pin(malformed(probe)),
};

async fn malformed(probe: &Probe) -> Result<(), Halt> {
    let (user, roles) = probe.given_some(probe.memberships()[0], 3).await?;
    let right = Call::removal(&user, &roles[0]).body;
    let right = String::from_utf8_lossy(&right).into_owned();
    let malformed = bodies::malformed(&right, operation::role_property(), &roles[0]);
    for (index, body) in probe.some(malformed)?.into_iter().enumerate() {
        let call = maybe_odd(Call::removal(&user, &roles[0]).body(body));
        let call = request_variants::in_turn(probe, call, index);
        refused(probe, &user, &roles[0], call).await?;
    }
    // HTTP itself allows 411 and 415 for a request without a body and its type.
    let bare = Call::removal(&user, &roles[0]).body("").content_type(None).also_legal(&[411, 415]);
    probe.expect_refused(&user, bare, Clause::RequestBodyShape).await?;
    probe
        .for_all(probe.cases(), &bodies::any_bytes(), async |bytes: Vec<u8>| {
            let right = strict_json::read(&bytes).is_ok_and(|d| d.value.get("groupRole").is_some());
            if right { Ok(()) } else { refuse(probe, &user, &roles[0], bytes).await }
        })
        .await
}

/// Whoever speaks of JSON speaks of text, and of no nesting without an end.
fn maybe_odd(call: Call) -> Call {
    const LONG: usize = 400;
    let is_odd = std::str::from_utf8(&call.body).is_err() || call.body.len() > LONG;
    if is_odd { call.odd(Clause::RequestOddBodies) } else { call }
}

async fn refuse(probe: &Probe, user: &User, role: &str, body: Vec<u8>) -> Result<(), Halt> {
    refused(probe, user, role, maybe_odd(Call::removal(user, role).body(body))).await
}

async fn refused(probe: &Probe, user: &User, role: &str, call: Call) -> Result<(), Halt> {
    probe.expect_refused(user, call, Clause::RequestBodyShape).await?;
    if user.held().contains(role) { Ok(()) } else { Err(Halt::Failed) }
}

pub(super) static EQUIVALENCE: Check = Check {
    id: "request/body/equivalence",
    title: "White space and escapes do not change what a body says",
    clauses: &[Clause::RequestJsonEquivalence],
    needs: &[],
    run: |probe| Box::pin(equivalence(probe)),
};

async fn equivalence(probe: &Probe) -> Result<(), Halt> {
    let roles = probe.roles();
    for (index, role) in roles[..3].iter().enumerate() {
        for body in probe.some(bodies::equivalent(operation::role_property(), role))? {
            let membership = probe.memberships()[index % probe.memberships().len()];
            let user = probe.given(membership, &roles[..3]).await?;
            let call = Call::removal(&user, role).body(body);
            probe.expect_removed(&user, call, Clause::RequestJsonEquivalence).await?;
        }
    }
    Ok(())
}

pub(super) static STRICTNESS: Check = Check {
    id: "request/body/strictness",
    title: "What only a lenient parser takes for JSON is refused",
    clauses: &[Clause::RequestJsonStrictness],
    needs: &[],
    run: |probe| Box::pin(strictness(probe)),
};

async fn strictness(probe: &Probe) -> Result<(), Halt> {
    let (user, roles) = probe.given_some(probe.memberships()[0], 3).await?;
    let role = &roles[0];
    let right = String::from_utf8_lossy(&Call::removal(&user, role).body).into_owned();
    for body in probe.some(bodies::lenient(&right, operation::role_property(), role))? {
        let call = Call::removal(&user, role).body(body).odd(Clause::RequestJsonStrictness);
        let exchange = probe.send(call).await?;
        if answer(&exchange) == Answer::Served {
            follow(probe, &user, &exchange, &[user.held_without(role)]).await?;
        } else {
            probe.expect_roles(&user, Clause::RolesRefusalChangesNothing, &exchange).await?;
        }
        probe.expect_refusal(&exchange, Clause::RequestJsonStrictness, &[]);
        if !user.held().contains(role) {
            probe.add_role(&user, role).await?;
        }
    }
    Ok(())
}

pub(super) static ODD: Check = Check {
    id: "request/body/odd",
    title: "Odd bodies are answered within the documented statuses, and do what the answer says",
    clauses: &[Clause::RequestOddBodies],
    needs: &[],
    run: |probe| Box::pin(odd(probe)),
};

/// Which role a body names.
#[derive(Debug, Clone, Copy)]
enum Names {
    One,
    /// One or the other, as the parser takes the first or the last of duplicate keys.
    Either,
    /// The one, or none that the user holds.
    OneOrNone,
    /// None that the user holds.
    None,
    /// Whatever a parser reads in it.
    Any,
}

async fn odd(probe: &Probe) -> Result<(), Halt> {
    let property = operation::role_property();
    let roles = probe.roles();
    let (one, two) = (&roles[0], &roles[1]);
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let named = format!("\"{property}\":\"{one}\"");
    let with = |more: &str| (format!("{{{named},{more}}}"), Names::One);
    let list = vec![
        with("\"extra\":1"),
        with("\"\":1"),
        (format!("{{\"extra\":{{\"{property}\":\"{two}\"}},{named}}}"), Names::One),
        with("\"groupId\":\"ffffffffffffffffffffffff\",\"userId\":\"x\""),
        with(&format!("\"roles\":[\"{two}\"]")),
        with(&format!("\"orgRole\":\"ORG_OWNER\",\"__proto__\":{{\"{property}\":\"{two}\"}}")),
        with(&named),
        (format!("{{{named},\"{property}\":\"{two}\"}}"), Names::Either),
        (format!("{{\"{property}\":\"{two}\",{named}}}"), Names::Either),
        (format!("{{{named},\"{property}\":null}}"), Names::OneOrNone),
        with(&format!("\"deep\":{}", nested(400))),
        with(&format!("\"deep\":{}", nested(5000))),
        with("\"n\":1e400"),
        with("\"n\":NaN"),
        with("\"n\":-Infinity"),
        with(&format!("\"n\":{}", "9".repeat(400))),
        with(&format!("\"n\":{}", "9".repeat(5000))),
        with("\"s\":\"\\ud800\""),
        with("\"s\":\"\\u0000\u{1f600}\u{202e}\""),
        with(&format!("\"wide\":[{}0]", "0,".repeat(3000))),
        with(&format!("\"long\":\"{}\"", "x".repeat(20_000))),
        with(&format!("\"long\":\"{}\"", "x".repeat(300_000))),
        (format!("\u{feff}{{{named}}}"), Names::One),
        (format!("{{\"{property}\":\"\\ud800\"}}"), Names::None),
        (format!("{{\"{property}\":\"{}\"}}", "x".repeat(100_000)), Names::None),
        ("[".repeat(5000), Names::None),
    ];
    let mut list: Vec<(Vec<u8>, Names)> =
        list.into_iter().map(|(text, names)| (text.into_bytes(), names)).collect();
    let wide = format!("{{{named}}}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    list.push((wide, Names::One));
    for (body, names) in probe.some(list)? {
        expect_true_response(probe, body, names, &roles).await?;
    }
    probe
        .for_all(probe.cases(), &bodies::any_bytes(), async |bytes: Vec<u8>| {
            expect_true_response(probe, bytes, Names::Any, &roles).await
        })
        .await?;
    probe
        .for_all(probe.cases(), &bodies::any_json(), async |extra: Value| {
            let body = json!({ property: one, "extra": extra }).to_string();
            expect_true_response(probe, body.into_bytes(), Names::One, &roles).await
        })
        .await
}

/// Checks that a response with 2xx did what its body names, and that a refusal did nothing.
async fn expect_true_response(
    probe: &Probe,
    body: Vec<u8>,
    names: Names,
    roles: &[String],
) -> Result<(), Halt> {
    let user = probe.given(probe.memberships()[0], &roles[..3]).await?;
    let call = Call::removal(&user, &roles[0]).body(body).also_legal(&[413, 415]);
    let exchange = probe.send(call.odd(Clause::RequestOddBodies)).await?;
    if answer(&exchange) == Answer::Served {
        let (one, two) = (user.held_without(&roles[0]), user.held_without(&roles[1]));
        let outcomes = match names {
            Names::One => vec![one],
            Names::Either => vec![one, two],
            Names::OneOrNone => vec![one, user.held()],
            Names::None => vec![user.held()],
            Names::Any => vec![user.held(), one, two],
        };
        follow(probe, &user, &exchange, &outcomes).await?;
    } else if answer(&exchange) == Answer::Refused {
        probe.expect_roles(&user, Clause::RolesRefusalChangesNothing, &exchange).await?;
    }
    probe.remove_user(&user).await
}

/// Expects one of these outcomes, in what is read back and in the response.
async fn follow(
    probe: &Probe,
    user: &User,
    exchange: &Rc<Exchange>,
    outcomes: &[BTreeSet<String>],
) -> Result<(), Halt> {
    let told = exchange.payload().as_ref().and_then(subject::roles);
    let got = match probe.read(user).await? {
        Value::Null => told.clone(),
        read => subject::roles(&read),
    };
    let outcome = outcomes.iter().find(|outcome| got.as_ref() == Some(outcome));
    let outcome = outcome.unwrap_or(&outcomes[0]).clone();
    if let Some(told) = told.filter(|told| got.as_ref() == Some(&outcome) && *told != outcome) {
        let expected = format!("`roles` as they are: {}", listed(&outcome));
        probe.violate(Clause::SuccessRoles, expected, listed(&told), exchange);
    }
    user.roles.replace(outcome);
    probe.expect_roles(user, Clause::RolesRemovesExactlyOne, exchange).await.map(drop)
}
