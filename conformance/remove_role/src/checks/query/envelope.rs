//! `envelope`: wraps the response, for clients that can't read the status line.

use std::rc::Rc;

use atlas_api::clauses::Clause;
use serde_json::Value;

use crate::call::{Call, NOBODY};
use crate::checks::Check;
use crate::probe::Probe;
use crate::probe::expecting::{Answer, answer};
use crate::users::user::User;
use atlas_engine::auth::credential::Credential;
use atlas_engine::exchange::Exchange;
use atlas_engine::exchange::envelope::unwrap;
use atlas_engine::run::check::Halt;

pub(super) static SUCCESS: Check = Check {
    id: "query/envelope/success",
    title: "envelope=true wraps a success with its status",
    clauses: &[Clause::QueryEnvelope],
    needs: &[],
    run: |probe| Box::pin(success(probe)),
};

async fn success(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        for owner in probe.owners() {
            for (query, without) in [
                ("envelope=true", ""),
                ("envelope=true&pretty=true", "pretty=true"),
                ("pretty=true&envelope=true", "pretty=true"),
            ] {
                let (user, roles) = probe.given_some(membership, 3).await?;
                let plain = removed_and_restored(probe, &user, &roles[0], &owner, without).await?;
                let wrapped = removed_and_restored(probe, &user, &roles[0], &owner, query).await?;
                compare_wrapped(probe, &plain, &wrapped, Clause::QueryEnvelope);
            }
        }
    }
    Ok(())
}

/// Removes a role and adds it again, so that the next request finds the same state.
pub(super) async fn removed_and_restored(
    probe: &Probe,
    user: &User,
    role: &str,
    owner: &Credential,
    query: &str,
) -> Result<Rc<Exchange>, Halt> {
    let call = Call::removal(user, role).by(owner.clone()).query(query);
    let exchange = probe.expect_removed(user, call, Clause::RolesRemovesExactlyOne).await?;
    if !user.held().contains(role) {
        probe.add_role(user, role).await?;
    }
    Ok(exchange)
}

/// Compares a wrapped response with the plain one.
fn compare_wrapped(probe: &Probe, plain: &Rc<Exchange>, wrapped: &Rc<Exchange>, clause: Clause) {
    let (Ok(before), Ok(after)) = (&plain.outcome, &wrapped.outcome) else { return };
    if !are_comparable(probe, plain, wrapped) {
        return;
    }
    let Some(body) = after.json() else { return };
    let Some((status, payload)) = unwrap(&body) else {
        let expected = "an object with `status`, a number, and the payload under one other field";
        let received = atlas_engine::judge::schema::excerpt(&body);
        return probe.violate(clause, expected, received, wrapped);
    };
    if status != before.status {
        let expected = format!("`status` {}, that of the request without envelope", before.status);
        probe.violate(clause, expected, status.to_string(), wrapped);
    }
    if after.status != before.status && after.status != 200 {
        let expected = format!("status line {} or 200", before.status);
        probe.violate(clause, expected, after.status.to_string(), wrapped);
    }
    if let Some(difference) = before.json().and_then(|before| difference(&before, payload)) {
        probe.violate(clause, "the same payload as without envelope", difference, wrapped);
    }
}

/// The first difference of two payloads of the same state, without what changes between requests.
fn difference(before: &Value, after: &Value) -> Option<String> {
    let sorted = |value: &Value| crate::subject::roles(value);
    if sorted(before) != sorted(after) {
        return Some(format!("`roles` {} instead of {}", after["roles"], before["roles"]));
    }
    steady_difference(before, after)
}

/// The first difference of two payloads of the same user, apart from roles.
pub(in crate::checks) fn steady_difference(before: &Value, after: &Value) -> Option<String> {
    // The documented fields except times of day and texts.
    const STEADY: [&str; 13] = [
        "id",
        "orgMembershipStatus",
        "username",
        "invitationCreatedAt",
        "invitationExpiresAt",
        "inviterUsername",
        "country",
        "createdAt",
        "firstName",
        "lastName",
        "mobileNumber",
        "error",
        "errorCode",
    ];
    const PRESENT: [&str; 5] = ["lastAuth", "detail", "reason", "parameters", "badRequestDetail"];
    let steady = STEADY.iter().find(|field| before.get(**field) != after.get(**field));
    if let Some(field) = steady {
        return Some(format!("`{field}` {} instead of {}", after[*field], before[*field]));
    }
    let gone = PRESENT.iter().find(|f| before.get(**f).is_some() != after.get(**f).is_some());
    gone.map(|field| format!("`{field}` {} instead of {}", after[*field], before[*field]))
}

pub(super) static REFUSALS: Check = Check {
    id: "query/envelope/refusals",
    title: "envelope=true wraps errors with their status",
    clauses: &[Clause::QueryEnvelopeErrors, Clause::QueryEnvelope],
    needs: &[],
    run: |probe| Box::pin(refusals(probe)),
};

async fn refusals(probe: &Probe) -> Result<(), Halt> {
    let (user, roles) = probe.given_some(probe.memberships()[0], 1).await?;
    let removal = || Call::removal(&user, &roles[0]);
    let mut calls = vec![
        removal(),
        removal().user(NOBODY).refused_for(Clause::RequestUnknownUser),
        removal().body("{}").refused_for(Clause::RequestBodyShape),
        removal().body("{").refused_for(Clause::RequestBodyShape),
        removal().by(Credential::Anonymous),
    ];
    calls.extend(probe.session().readers().into_iter().map(|reader| removal().by(reader)));
    for call in calls {
        let plain = probe.ask(&user, call.clone()).await?;
        let wrapped = probe.ask(&user, call.query("envelope=true")).await?;
        let (Ok(before), Ok(after)) = (&plain.outcome, &wrapped.outcome) else { continue };
        let Some(body) = after.json() else { continue };
        // The same error without an envelope breaks the weaker clause only.
        if unwrap(&body).is_none() && body.get("error").is_some() {
            let clause = Clause::QueryEnvelopeErrors;
            probe.violate(clause, "the error under an envelope", "the bare error", &wrapped);
            if before.status != after.status {
                let expected = format!("status {}, as without envelope", before.status);
                probe.violate(Clause::QueryEnvelope, expected, wrapped.received(), &wrapped);
            }
        } else {
            compare_wrapped(probe, &plain, &wrapped, Clause::QueryEnvelope);
        }
    }
    probe.expect_roles(&user, Clause::RolesRefusalChangesNothing, &probe.last()?).await.map(drop)
}

pub(super) static FALSE: Check = Check {
    id: "query/envelope/false",
    title: "envelope=false answers as if it were absent",
    clauses: &[Clause::QueryEnvelopeFalse],
    needs: &[],
    run: |probe| Box::pin(is_absent(probe)),
};

async fn is_absent(probe: &Probe) -> Result<(), Halt> {
    for membership in probe.memberships() {
        for owner in probe.owners() {
            let (user, roles) = probe.given_some(membership, 3).await?;
            let plain = removed_and_restored(probe, &user, &roles[0], &owner, "").await?;
            for query in ["envelope=false", "envelope=false&pretty=false", "pretty=false"] {
                let other = removed_and_restored(probe, &user, &roles[0], &owner, query).await?;
                compare(probe, &plain, &other, Clause::QueryEnvelopeFalse);
            }
        }
        let (user, roles) = probe.given_some(membership, 1).await?;
        let plain = probe.ask(&user, Call::removal(&user, &roles[0])).await?;
        let other = Call::removal(&user, &roles[0]).query("envelope=false");
        let other = probe.ask(&user, other).await?;
        compare(probe, &plain, &other, Clause::QueryEnvelopeFalse);
    }
    Ok(())
}

/// Whether both did what the model says; else a plainer breach says why they differ.
fn are_comparable(probe: &Probe, plain: &Rc<Exchange>, other: &Rc<Exchange>) -> bool {
    [plain, other].iter().all(|it| !probe.is_mismatched(it) && answer(it) != Answer::Unclear)
}

/// Compares two responses of the same state.
pub(super) fn compare(probe: &Probe, plain: &Rc<Exchange>, other: &Rc<Exchange>, clause: Clause) {
    let (Ok(before), Ok(after)) = (&plain.outcome, &other.outcome) else { return };
    if !are_comparable(probe, plain, other) {
        return;
    }
    if before.status != after.status {
        let expected = format!("status {}", before.status);
        return probe.violate(clause, expected, other.received(), other);
    }
    let media_type = |response: &atlas_engine::exchange::Response| response.header("Content-Type");
    if media_type(before) != media_type(after) {
        let shown = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
        let expected = format!("Content-Type {}", shown(media_type(before)));
        probe.violate(clause, expected, shown(media_type(after)), other);
    }
    match (before.json(), after.json()) {
        (Some(before), Some(after)) => {
            if let Some(difference) = difference(&before, &after) {
                probe.violate(clause, "the same JSON value", difference, other);
            }
        }
        (Some(_), None) => probe.violate(clause, "the same JSON value", "no JSON", other),
        (None, _) => {}
    }
}
