//! Judges the body of a success against the user that it is about.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use atlas_engine::exchange::{Exchange, shorten};
use atlas_engine::judge::format::utc_date_time;
use atlas_engine::judge::response::{RequestContext, judge as judge_response, success_payload};
use atlas_engine::judge::schema::excerpt;
use atlas_engine::judge::violation::Violation;
use serde_json::Value;

/// The user that a response has to be about, and the roles that it has to show.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The userId of the path.
    pub id: String,
    pub username: String,
    pub membership: &'static str,
    /// The roles after a success; `None` where concurrent requests leave them open.
    pub roles: Option<BTreeSet<String>>,
}

/// Every violation that the exchange shows by itself; a success has to be about `subject`, where
/// one is known.
pub fn judge(
    exchange: &Rc<Exchange>,
    context: &RequestContext,
    subject: Option<&Subject>,
) -> Vec<Violation> {
    let mut found = judge_response(exchange, context);
    if let Some(payload) = success_payload(exchange, context) {
        found.extend(unexplained_null(&payload, exchange));
        found.extend(expired_before_sent(&payload, exchange));
        found.extend(subject.into_iter().flat_map(|it| judge_subject(it, &payload, exchange)));
        // A body of the wrong membership lacks what the right one asks for.
        if found.iter().any(|violation| violation.clause == Clause::SuccessMembership) {
            found.retain(|violation| violation.clause != Clause::SuccessRequiredByStatus);
        }
    }
    found
}

/// The schema lets `invitationExpiresAt` be null, its description only for one membership.
fn unexplained_null(payload: &Value, exchange: &Rc<Exchange>) -> Option<Violation> {
    let rejected = payload["orgMembershipStatus"] == "INVITATION_REJECTED";
    let null = payload.get("invitationExpiresAt").is_some_and(Value::is_null);
    let expected = "/invitationExpiresAt: null only for a rejected invitation";
    (null && !rejected)
        .then(|| Violation::new(Clause::SuccessInvitationTimes, expected, "null", exchange))
}

/// An invitation ends after it was sent.
fn expired_before_sent(payload: &Value, exchange: &Rc<Exchange>) -> Option<Violation> {
    let instant = |field: &str| payload[field].as_str().and_then(utc_date_time);
    let (sent, ends) = (instant("invitationCreatedAt")?, instant("invitationExpiresAt")?);
    let expected = format!("/invitationExpiresAt: a time after invitationCreatedAt, {sent}");
    (ends < sent).then(|| {
        Violation::new(Clause::SuccessInvitationTimes, expected, ends.to_string(), exchange)
    })
}

fn judge_subject(subject: &Subject, payload: &Value, exchange: &Rc<Exchange>) -> Vec<Violation> {
    let mut found = Vec::new();
    for (clause, field, expected) in [
        (Clause::SuccessId, "id", subject.id.as_str()),
        (Clause::SuccessUsername, "username", subject.username.as_str()),
        (Clause::SuccessMembership, "orgMembershipStatus", subject.membership),
    ] {
        // Upper-case ids are asked for on purpose, and answered as the id is kept.
        if let Some(got) = payload.get(field).and_then(Value::as_str)
            && !got.eq_ignore_ascii_case(expected)
        {
            let expected = format!("`{field}` is {expected}, the user's");
            found.push(Violation::new(clause, expected, got, exchange));
        }
    }
    if let (Some(expected), Some(got)) = (&subject.roles, roles(payload))
        && got != *expected
    {
        let expected = format!("`roles` after the removal: {}", listed(expected));
        found.push(Violation::new(Clause::SuccessRoles, expected, listed(&got), exchange));
    }
    found
}

/// The fields of a 200 that a read of the same user repeats, and the clause of each.
const SHARED_FIELDS: [(&str, Clause); 8] = [
    ("invitationCreatedAt", Clause::SuccessInvitationTimes),
    ("invitationExpiresAt", Clause::SuccessInvitationTimes),
    ("inviterUsername", Clause::SuccessInviter),
    ("country", Clause::SuccessOtherFields),
    ("createdAt", Clause::SuccessOtherFields),
    ("firstName", Clause::SuccessOtherFields),
    ("lastName", Clause::SuccessOtherFields),
    ("mobileNumber", Clause::SuccessOtherFields),
];

/// Compares the payload of a success with a read of the same user.
pub fn compare_with_read(payload: &Value, read: &Value, exchange: &Rc<Exchange>) -> Vec<Violation> {
    let differs = |field: &&(&str, Clause)| match (payload.get(field.0), read.get(field.0)) {
        (Some(answered), Some(read)) => !same(answered, read),
        _ => false,
    };
    SHARED_FIELDS
        .iter()
        .filter(differs)
        .map(|(field, clause)| {
            let expected =
                format!("`{field}` as a read of the user has it: {}", excerpt(&read[field]));
            Violation::new(*clause, expected, excerpt(&payload[field]), exchange)
        })
        .collect()
}

/// Equal, or the same instant up to a second, since precision and notation are free.
fn same(left: &Value, right: &Value) -> bool {
    let instant = |value: &Value| value.as_str().and_then(utc_date_time);
    match (instant(left), instant(right)) {
        (Some(left), Some(right)) => left.duration_since(right).as_secs().abs() <= 1,
        _ => left == right,
    }
}

/// The roles of a payload, where they are an array of strings.
pub fn roles(payload: &Value) -> Option<BTreeSet<String>> {
    let array = payload.get("roles")?.as_array()?;
    array.iter().map(|role| role.as_str().map(str::to_owned)).collect()
}

/// How many roles are listed, and how many characters of each: a target may send any number.
const LISTED: usize = 40;
const NAME_SHOWN: usize = 120;

/// Roles as a person reads them.
pub fn listed(roles: &BTreeSet<String>) -> String {
    if roles.is_empty() {
        return "none".to_owned();
    }
    let named: Vec<_> = roles.iter().take(LISTED).map(|role| shorten(role, NAME_SHOWN)).collect();
    match roles.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
