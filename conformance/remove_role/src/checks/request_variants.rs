//! Variants of the same removal, for rules that hold for all of them.

use atlas_api::clauses::Clause;

use crate::call::Call;
use crate::operation;
use crate::probe::Probe;
use crate::strategies::bodies;
use crate::users::user::User;

/// Statuses that HTTP allows for another media type, framing or method (RFC 9110, RFC 9112).
pub(super) const HTTP_REFUSALS: &[u16] = &[405, 406, 411, 415, 501];

const QUERIES: [&str; 10] = [
    "",
    "envelope=true",
    "pretty=true",
    "envelope=true&pretty=true",
    "envelope=false",
    "pretty=false",
    "envelope=false&pretty=false",
    "pretty=true&pretty=true",
    "pretty=maybe",
    "unknown=1",
];

/// The removal with each query, and with other bodies and header fields.
pub(super) fn all(user: &User, role: &str) -> Vec<Call> {
    let queries = QUERIES.map(|query| {
        let call = Call::removal(user, role).query(query);
        match query {
            "pretty=maybe" | "unknown=1" => call.odd(Clause::QueryNonBoolean),
            _ => call,
        }
    });
    let unusual = unusual(user, role)
        .into_iter()
        .map(|call| call.also_legal(HTTP_REFUSALS).odd(Clause::RequestOddBodies));
    queries.into_iter().chain(unusual).collect()
}

/// The call with the credential and the query whose turn it is at this number.
pub(super) fn in_turn(probe: &Probe, call: Call, number: usize) -> Call {
    let owners = probe.owners();
    let query = ["", "pretty=true", "", "envelope=true"][number / owners.len() % 4];
    call.by(owners[number % owners.len()].clone()).query(query)
}

/// The same removal with another body or header.
fn unusual(user: &User, role: &str) -> Vec<Call> {
    let removal = || Call::removal(user, role);
    let property = operation::role_property();
    let media_type = operation::request_media_type();
    vec![
        removal().body(format!("{{\"{property}\":\"{role}\",\"extra\":1}}")),
        removal().body(format!("{{ \"{property}\" : \"{role}\" }}\n")),
        removal().body(format!("{{\"{property}\":\"{role}\",\"{property}\":\"{role}\"}}")),
        removal().content_type(Some(&format!("{media_type}; charset=utf-8"))),
        removal().content_type(Some("application/json")),
        removal().content_type(None),
        removal().body(bodies::equivalent(property, role).swap_remove(3)),
        removal().user_written(|id| format!("%{:02X}{}", id.as_bytes()[0], &id[1..])),
        removal().user_written(|id| id.to_ascii_uppercase()),
        removal().header("Transfer-Encoding", "chunked"),
        removal().header("X-HTTP-Method-Override", "DELETE"),
        removal().accept(Some("*/*")),
        removal().accept(None),
        removal().header("X-Forwarded-For", "127.0.0.1"),
    ]
}
