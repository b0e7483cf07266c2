//! Named conditions, and the factors that a program can vary.

use crate::{
    auth::{Algorithm, Denial, Scheme},
    call::Call,
    extension::Condition,
    refusal::Refusal,
    store::PROJECT_ROLES,
};

/// Something about a removal that can vary, with its levels. No two levels hold for one call.
#[derive(Clone, Debug)]
pub struct Factor {
    pub name: &'static str,
    /// The levels, as conditions.
    pub levels: Vec<Condition>,
}

/// The factors by which faults can be restricted.
pub fn conditions() -> Vec<Factor> {
    let roles = PROJECT_ROLES.map(role);
    let factors = [
        ("membership", vec![active(), pending()]),
        ("number of roles", vec![holding(1), holding(2), holding(3), holding_at_least(4)]),
        ("role", roles.into()),
        ("place of the role", vec![only_role(), oldest_role(), inner_role(), newest_role()]),
        ("credentials", vec![by_bearer(), by_digest(Algorithm::Md5), by_digest(Algorithm::Sha256)]),
        ("envelope", vec![envelope(), envelope().not()]),
        ("pretty", vec![pretty(), pretty().not()]),
        ("project", vec![in_main_project(), in_main_project().not()]),
        ("connection", vec![on_a_used_connection(), on_a_used_connection().not()]),
        ("size of the body", vec![large_body(), large_body().not()]),
        ("framing of the body", vec![chunked(), chunked().not()]),
        ("media type", vec![without_media_type(), without_media_type().not()]),
        ("history of roles", vec![after_removals(), after_removals().not()]),
        ("previous removal", vec![after_nothing(), after_success(), after_refusal()]),
        ("company", vec![crowded(), crowded().not()]),
    ];
    factors.into_iter().map(|(name, levels)| Factor { name, levels }).collect()
}

// The user.

pub(crate) fn active() -> Condition {
    Condition::new("active", "the user is active", Call::was_active)
}

pub(crate) fn pending() -> Condition {
    Condition::new("pending", "the user is pending", Call::was_pending)
}

/// The user was invited through the deprecated project invitation.
pub(crate) fn invited_by_deprecated_invitation() -> Condition {
    Condition::new("deprecated", "the user was invited by the deprecated invitation", |call| {
        call.before.as_ref().is_some_and(|member| member.out_of_reach)
    })
}

pub(crate) fn holding(count: usize) -> Condition {
    let name = format!("holding-{count}");
    Condition::new(name, format!("the number of roles is {count}"), move |call| {
        call.had().len() == count
    })
}

pub(crate) fn holding_at_least(count: usize) -> Condition {
    let name = format!("holding-{count}-or-more");
    Condition::new(name, format!("the number of roles is {count} or more"), move |call| {
        call.had().len() >= count
    })
}

pub(crate) fn username_with(part: &'static str) -> Condition {
    let name = format!("username-with-{part}");
    Condition::new(name, format!("the username contains {part}"), move |call| {
        call.username().contains(part)
    })
}

/// A role was removed from the user before.
pub(crate) fn after_removals() -> Condition {
    Condition::new("after-removals", "roles were removed from the user before", |call| {
        !call.removed().is_empty()
    })
}

/// The removal is the first that is asked for this user.
fn after_nothing() -> Condition {
    Condition::new("first", "it is the first removal for the user", |call| {
        call.previous_refused.is_none()
    })
}

fn after_success() -> Condition {
    Condition::new("after-success", "the previous removal for the user succeeded", |call| {
        call.previous_refused == Some(false)
    })
}

fn after_refusal() -> Condition {
    Condition::new("after-refusal", "the previous removal for the user was refused", |call| {
        call.previous_refused == Some(true)
    })
}

fn in_main_project() -> Condition {
    Condition::new("in-main-project", "the project is the first one", |call| call.in_main_project)
}

// The role.

pub(crate) fn role(name: &'static str) -> Condition {
    let short = name.trim_start_matches("GROUP_").to_ascii_lowercase().replace('_', "-");
    Condition::new(format!("role-{short}"), format!("the role is {name}"), move |call| {
        call.asked_role().as_deref() == Some(name)
    })
}

fn only_role() -> Condition {
    Condition::new("only-role", "the role is the only one", |call| match call.had() {
        [only] => is_asked(call, only),
        _ => false,
    })
}

/// The role was given first, and others after it.
pub(crate) fn oldest_role() -> Condition {
    Condition::new("oldest-role", "the role is the oldest of several", |call| match call.had() {
        [oldest, _, ..] => is_asked(call, oldest),
        _ => false,
    })
}

/// The role was the only one when another was given last.
pub(crate) fn replaced_role() -> Condition {
    Condition::new("replaced-role", "the role was the only one before another was given", |call| {
        call.was_only().is_some_and(|role| is_asked(call, role))
    })
}

/// The role was given last, after others.
pub(crate) fn newest_role() -> Condition {
    Condition::new("newest-role", "the role is the newest of several", |call| match call.had() {
        [_, .., newest] => is_asked(call, newest),
        _ => false,
    })
}

fn inner_role() -> Condition {
    Condition::new("inner-role", "the role is neither the oldest nor the newest", |call| match call
        .had()
    {
        [_, inner @ .., _] => inner.iter().any(|role| is_asked(call, role)),
        _ => false,
    })
}

/// The role was removed from the user before, and given again.
pub(crate) fn role_given_again() -> Condition {
    Condition::new("given-again", "the role was removed before and given again", |call| {
        call.removed().iter().any(|role| Some(role.as_str()) == call.role())
    })
}

fn is_asked(call: &Call, role: &str) -> bool {
    call.asked_role().as_deref() == Some(role)
}

// The request.

pub(crate) fn by_bearer() -> Condition {
    Condition::new("bearer", "the caller has a token", Call::by_bearer)
}

pub(crate) fn by_any_digest() -> Condition {
    Condition::new("digest", "the caller comes with Digest", Call::by_digest)
}

pub(crate) fn by_digest(algorithm: Algorithm) -> Condition {
    let name = algorithm.name();
    let phrase = format!("the caller comes with Digest and {name}");
    Condition::new(format!("digest-{}", name.to_ascii_lowercase()), phrase, move |call| {
        call.credentials.is_ok_and(|caller| caller.scheme == Scheme::Digest(algorithm))
    })
}

pub(crate) fn by_owner() -> Condition {
    Condition::new("owner", "the caller is the owner", Call::by_owner)
}

pub(crate) fn envelope() -> Condition {
    Condition::new("envelope", "envelope is true", |call| call.flags.envelope)
}

pub(crate) fn pretty() -> Condition {
    Condition::new("pretty", "pretty is true", |call| call.flags.pretty)
}

pub(crate) fn with_query() -> Condition {
    Condition::new("query", "there is a query", |call| !call.request.query.is_empty())
}

pub(crate) fn chunked() -> Condition {
    Condition::new("chunked", "the body comes in chunks", |call| {
        call.request.header("transfer-encoding").is_some()
    })
}

pub(crate) fn without_media_type() -> Condition {
    Condition::new("without-media-type", "the body has no media type", |call| {
        call.request.header("content-type").is_none()
    })
}

/// The body is longer than a role and its property need.
fn large_body() -> Condition {
    Condition::new("large-body", "the body is longer than 64 bytes", |call| {
        call.request.body.len() > 64 || call.request.oversized
    })
}

/// The body is one that parsers may choke on by its size alone.
pub(crate) fn body_of_64_kib() -> Condition {
    Condition::new("body-of-64-kib", "the body has 64 KiB or more", |call| {
        call.request.body.len() >= 64 << 10 || call.request.oversized
    })
}

/// Arrays and objects are nested more than a hundred times.
pub(crate) fn deeply_nested() -> Condition {
    Condition::new("deeply-nested", "the body is deeply nested", |call| {
        let opened = call.request.body.iter().filter(|byte| matches!(byte, b'[' | b'{'));
        opened.count() > 100
    })
}

/// The body is an object with more than one property.
pub(crate) fn with_extra_properties() -> Condition {
    Condition::new("extra-properties", "the body has further properties", |call| {
        call.json().as_object().is_some_and(|object| object.len() > 1)
    })
}

fn on_a_used_connection() -> Condition {
    Condition::new("used-connection", "the connection was used before", |call| {
        call.request.ordinal > 1
    })
}

/// Other calls are under way.
pub(crate) fn crowded() -> Condition {
    Condition::new("crowded", "other calls are under way", |call| call.memory.is_crowded())
}

// What the server says, as far as is known.

pub(crate) fn accepted() -> Condition {
    Condition::new("accepted", "it is not refused", |call| call.refusal.is_none())
}

pub(crate) fn refused() -> Condition {
    Condition::new("refused", "it is refused", |call| call.refusal.is_some())
}

pub(crate) fn refused_for(refusal: Refusal) -> Condition {
    let (name, phrase) = (refusal.code().to_ascii_lowercase(), format!("{refusal:?} is said"));
    Condition::new(name, phrase, move |call| call.refused_for(&refusal))
}

pub(crate) fn refused_with(status: u16) -> Condition {
    let (name, phrase) = (format!("refused-with-{status}"), format!("the status is {status}"));
    Condition::new(name, phrase, move |call| {
        call.refusal.as_ref().is_some_and(|refusal| refusal.status() == status)
    })
}

/// Refused because of the credentials, for this reason.
pub(crate) fn denied(denial: Denial) -> Condition {
    refused_for(Refusal::Unauthenticated(denial))
}

/// Refused because of the credentials, for any reason.
pub(crate) fn unauthenticated() -> Condition {
    Condition::new("unauthenticated", "the credentials are refused", |call| {
        matches!(call.refusal, Some(Refusal::Unauthenticated(_)))
    })
}

pub(crate) fn bad_body() -> Condition {
    Condition::new("bad-body", "the body is refused", |call| {
        matches!(call.refusal, Some(Refusal::Body(_)))
    })
}

pub(crate) fn bad_query() -> Condition {
    Condition::new("bad-query", "the query is refused", |call| {
        matches!(call.refusal, Some(Refusal::QueryParameter(_)))
    })
}

// What was noted during earlier calls.

/// Something is noted under the key.
pub(crate) fn noted(key: fn(&Call) -> String) -> Condition {
    Condition::new("noted", "something is noted", move |call| {
        call.memory.recall(&key(call)).is_some()
    })
}

/// Something is noted under the key. The note is removed, so this holds once.
pub(crate) fn noted_once(key: fn(&Call) -> String) -> Condition {
    Condition::new("noted-once", "something is noted", move |call| {
        call.memory.forget(&key(call)).is_some()
    })
}
