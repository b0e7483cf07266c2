//! What a removal is sent under, in the order in which one of several is blamed.

use std::borrow::Cow;

use atlas_api::clauses::Clause;
use atlas_engine::auth::credential::Credential;
use atlas_engine::exchange::Circumstance;
use serde_json::Value;

use crate::users::user::Membership;

/// The kinds of circumstances.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Moment,
    Credential,
    Algorithm,
    Query,
    AnyQuery,
    Message,
    Membership,
    Roles,
    Role,
    Plain,
}

impl Kind {
    fn of(self, words: impl Into<Cow<'static, str>>, clause: Option<Clause>) -> Circumstance {
        Circumstance { rank: self as u8, words: words.into(), clause }
    }
}

/// While other requests are under way.
pub fn beside_others() -> Circumstance {
    Kind::Moment.of("beside other requests", Some(Clause::HttpConcurrent))
}

/// After odd input of some kind.
pub fn after(what: &'static str) -> Circumstance {
    Kind::Moment.of(format!("after {what}"), Some(Clause::HttpAfterOddInput))
}

/// Some requests after odd input of some kind.
pub fn long_after(what: &'static str) -> Circumstance {
    Kind::Moment.of(format!("some requests after {what}"), Some(Clause::HttpAfterOddInput))
}

/// After another role was added to the user's only one.
pub fn replacing() -> Circumstance {
    Kind::Moment.of("a replaced only role", Some(Clause::RolesReplaceOnlyRole))
}

/// On a connection that was used before.
pub fn used_connection() -> Circumstance {
    Kind::Moment.of("a used connection", Some(Clause::HttpAfterOddInput))
}

/// The scheme, and whose credentials they are.
pub fn credential(credential: &Credential) -> Vec<Circumstance> {
    let digest = || Kind::Credential.of("Digest", Some(Clause::AuthDigest));
    let algorithm = |name: &'static str| Kind::Algorithm.of(name, Some(Clause::AuthDigest));
    let other = |words: &'static str| vec![Kind::Credential.of(words, None)];
    match credential {
        Credential::Owner => {
            vec![Kind::Credential.of("a bearer token", Some(Clause::AuthServiceAccount))]
        }
        // The session takes the strongest algorithm on offer.
        Credential::OwnerKey => vec![digest(), algorithm("SHA-256")],
        Credential::OwnerKeyMd5 => vec![digest(), algorithm("MD5")],
        Credential::Header(value) if value.starts_with("Digest ") => {
            let is_strong = value.contains("SHA-256");
            vec![digest(), algorithm(if is_strong { "SHA-256" } else { "MD5" })]
        }
        Credential::Reader => other("a reader's bearer token"),
        Credential::ReaderKey => other("a reader's API key"),
        Credential::Anonymous => other("no credentials"),
        Credential::Header(_) => other("another Authorization"),
    }
}

/// A query, and each pair of it.
pub fn query(query: &str) -> Vec<Circumstance> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let clause = match pair {
            "envelope=true" => Some(Clause::QueryEnvelope),
            "pretty=true" => Some(Clause::QueryPretty),
            "envelope=false" | "pretty=false" => Some(Clause::QueryEnvelopeFalse),
            _ => None,
        };
        Kind::Query.of(pair.to_owned(), clause)
    });
    let any = (!query.is_empty()).then(|| Kind::AnyQuery.of("a query", None));
    pairs.chain(any).collect()
}

/// How a body differs from the plain one.
pub fn body(body: &[u8], plain: &[u8]) -> Vec<Circumstance> {
    let value = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
    if value(body).is_none_or(|it| value(plain) != Some(it)) {
        return vec![Kind::Message.of("another body", None)];
    }
    let forms = [
        (body.trim_ascii_start() != body, "white space before the body"),
        (body.trim_ascii_end() != body, "white space behind the body"),
        (body.trim_ascii().contains(&b' '), "spaces within the body"),
        (body.trim_ascii().contains(&b'\n'), "line breaks within the body"),
        (body.starts_with(b"{\"\\"), "an escaped name of a property"),
        (body.windows(3).any(|it| it == b":\"\\"), "an escaped name of a role"),
    ];
    let clause = Some(Clause::RequestJsonEquivalence);
    forms.iter().filter(|(is, _)| *is).map(|(_, words)| Kind::Message.of(*words, clause)).collect()
}

/// Another Content-Type, which may mean the same.
pub fn content_type(value: Option<&str>, same: bool) -> Vec<Circumstance> {
    let clause = same.then_some(Clause::RequestMediaTypeSyntax);
    let words = value.map_or_else(|| "no Content-Type".into(), |it| format!("Content-Type {it}"));
    let charset = value.is_some_and(|it| it.to_ascii_lowercase().contains("charset"));
    let charset = charset.then(|| Kind::Message.of("a charset", clause));
    charset.into_iter().chain([Kind::Message.of(words, clause)]).collect()
}

/// The Content-Type that the documentation names.
pub fn documented_content_type() -> Circumstance {
    Kind::Plain.of("the documented Content-Type", Some(Clause::RequestBodyMediaType))
}

/// Another part of the message: a method, a field, an id.
pub fn message(words: impl Into<Cow<'static, str>>) -> Circumstance {
    Kind::Message.of(words, None)
}

/// Whether the user has joined.
pub fn membership(membership: Membership) -> Circumstance {
    match membership {
        Membership::Active => Kind::Membership.of("an active user", Some(Clause::RolesActiveUser)),
        Membership::Pending => {
            Kind::Membership.of("a pending user", Some(Clause::RolesPendingUser))
        }
    }
}

/// How many roles the user has.
pub fn roles_held(count: usize) -> Circumstance {
    let words = match count {
        1 => "a user with one role".to_owned(),
        more => format!("a user with {more} roles"),
    };
    Kind::Roles.of(words, None)
}

/// The role that is named.
pub fn role(name: &str) -> Circumstance {
    let name = atlas_engine::exchange::shorten(name, 60);
    Kind::Role.of(format!("the role {name}"), None)
}
