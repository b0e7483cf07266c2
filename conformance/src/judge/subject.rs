//! The body of a 200 against the user whom it is about.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use serde_json::Value;

use crate::exchange::{Exchange, shortened};
use crate::judge::format::utc_date_time;
use crate::judge::schema::excerpt;
use crate::violation::Violation;

/// Whom an answer has to be about, and with which roles.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The userId of the path.
    pub id: String,
    /// The user's name.
    pub username: String,
    /// `ACTIVE` or `PENDING`.
    pub membership: &'static str,
    /// The roles after a success; `None` where concurrent requests leave them open.
    pub roles: Option<BTreeSet<String>>,
}

/// Holds the payload of a 200 against its subject.
pub fn judge(subject: &Subject, payload: &Value, exchange: &Rc<Exchange>) -> Vec<Violation> {
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

/// Holds the payload of a 200 against a read of the same user.
pub fn agree(payload: &Value, read: &Value, exchange: &Rc<Exchange>) -> Vec<Violation> {
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

/// How many roles are named, and how many characters of each: a target may send any number.
const NAMED: usize = 40;
const NAME_TOLD: usize = 120;

/// Roles as a person reads them.
pub fn listed(roles: &BTreeSet<String>) -> String {
    if roles.is_empty() {
        return "none".to_owned();
    }
    let named: Vec<_> = roles.iter().take(NAMED).map(|role| shortened(role, NAME_TOLD)).collect();
    match roles.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
