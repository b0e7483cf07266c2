//! The body: of the documented shape, of another shape, and odd ones.

use atlas_api::clauses::Clause;
use serde_json::{Value, json};

use crate::call::Call;
use crate::checks::Check;
use crate::checks::request_variants;
use crate::operation;
use crate::probe::Probe;
use crate::strategies::bodies;
use crate::users::user::User;
use atlas_engine::exchange::json as strict_json;
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
        let call =
            request_variants::in_turn(probe, Call::removal(&user, &roles[0]).body(body), index);
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

async fn refuse(probe: &Probe, user: &User, role: &str, body: Vec<u8>) -> Result<(), Halt> {
    refused(probe, user, role, Call::removal(user, role).body(body)).await
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
            probe.expect_removed(&user, role, call, Clause::RequestJsonEquivalence).await?;
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

async fn odd(probe: &Probe) -> Result<(), Halt> {
    let property = operation::role_property();
    let roles = probe.roles();
    let (one, two) = (&roles[0], &roles[1]);
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let deep = nested(400);
    let named = format!("\"{property}\":\"{one}\"");
    let mut list = vec![
        format!("{{{named},\"extra\":1}}"),
        format!("{{{named},\"\":1}}"),
        format!("{{\"extra\":{{\"{property}\":\"{two}\"}},{named}}}"),
        format!("{{{named},\"groupId\":\"ffffffffffffffffffffffff\",\"userId\":\"x\"}}"),
        format!("{{{named},\"roles\":[\"{two}\"]}}"),
        format!("{{{named},\"orgRole\":\"ORG_OWNER\",\"__proto__\":{{\"{property}\":\"{two}\"}}}}"),
        format!("{{{named},{named}}}"),
        format!("{{{named},\"{property}\":\"{two}\"}}"),
        format!("{{\"{property}\":\"{two}\",{named}}}"),
        format!("{{{named},\"{property}\":null}}"),
        format!("{{{named},\"deep\":{deep}}}"),
        format!("{{{named},\"n\":1e400}}"),
        format!("{{{named},\"n\":{}}}", "9".repeat(400)),
        format!("{{{named},\"n\":{}}}", "9".repeat(5000)),
        format!("{{{named},\"deep\":{}}}", nested(5000)),
        format!("{{\"{property}\":\"\\ud800\"}}"),
        format!("{{{named},\"s\":\"\\ud800\"}}"),
        format!("{{{named},\"s\":\"\\u0000\u{1f600}\u{202e}\"}}"),
        format!("\u{feff}{{{named}}}"),
        format!("{{{named},\"wide\":[{}0]}}", "0,".repeat(3000)),
        format!("{{{named},\"long\":\"{}\"}}", "x".repeat(20_000)),
        format!("{{{named},\"long\":\"{}\"}}", "x".repeat(300_000)),
    ];
    list.push(format!("{{\"{property}\":\"{}\"}}", "x".repeat(100_000)));
    let right = format!("{{{named}}}");
    list.extend(bodies::extended(&right));
    let mut list: Vec<Vec<u8>> = list.into_iter().map(String::into_bytes).collect();
    list.push(right.encode_utf16().flat_map(u16::to_le_bytes).collect());
    list.extend(bodies::malformed(&right, property, one));
    for body in probe.some(list)? {
        expect_true_response(probe, body, &roles).await?;
    }
    probe
        .for_all(probe.cases(), &bodies::any_bytes(), async |bytes: Vec<u8>| {
            expect_true_response(probe, bytes, &roles).await
        })
        .await?;
    probe
        .for_all(probe.cases(), &bodies::any_json(), async |extra: Value| {
            let body = json!({ property: one, "extra": extra }).to_string();
            expect_true_response(probe, body.into_bytes(), &roles).await
        })
        .await
}

/// Checks that a 200 removed the role that its body no longer shows, and that a refusal removed none.
async fn expect_true_response(probe: &Probe, body: Vec<u8>, roles: &[String]) -> Result<(), Halt> {
    const SIZE_AND_TYPE: &[u16] = &[413, 415];
    let user = probe.given(probe.memberships()[0], &roles[..3]).await?;
    let call = Call::removal(&user, &roles[0]).body(body).also_legal(SIZE_AND_TYPE);
    let exchange = probe.send(call).await?;
    if exchange.effective_status() == 200 {
        let shown = exchange.payload().as_ref().and_then(crate::subject::roles);
        let choices = [user.held_without(&roles[0]), user.held_without(&roles[1])];
        let left = choices.iter().find(|left| shown.as_ref() == Some(left)).unwrap_or(&choices[0]);
        user.roles.replace(left.clone());
        probe.expect_roles(&user, Clause::RolesRemovesExactlyOne, &exchange).await?;
    } else {
        probe.expect_refusal(&exchange, Clause::RequestOddBodies, SIZE_AND_TYPE);
        probe.expect_roles(&user, Clause::RolesRefusalChangesNothing, &exchange).await?;
    }
    probe.remove_user(&user).await
}
