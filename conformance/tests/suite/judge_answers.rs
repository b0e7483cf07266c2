//! Whole answers: exactly which clauses each breaks, no more and no less.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_engine::exchange::envelope::unwrap;
use atlas_engine::exchange::{Exchange, Request, Response, TransportError};
use atlas_engine::judge::response::RequestContext;
use atlas_engine::judge::violation::Violation;
use atlas_engine::secret::Secret;
use atlas_remove_role::operation;
use atlas_remove_role::subject::{self, Subject, compare_with_read, judge};
use serde_json::{Value, json};

const VENDOR: &str = "application/vnd.atlas.2025-02-19+json";

const USER: &str = "5f1b2c3d4e5f60718293a4b7";

fn active() -> Value {
    json!({
        "id": USER, "orgMembershipStatus": "ACTIVE", "roles": ["GROUP_READ_ONLY"],
        "username": "a@example.com", "createdAt": "2026-01-01T00:00:00Z", "firstName": "A",
        "lastName": "B", "country": "DE",
    })
}

fn pending() -> Value {
    json!({
        "id": USER, "orgMembershipStatus": "PENDING", "roles": ["GROUP_READ_ONLY"],
        "username": "a@example.com", "invitationCreatedAt": "2026-01-01T00:00:00Z",
        "invitationExpiresAt": "2026-02-01T00:00:00Z", "inviterUsername": "b@example.com",
    })
}

fn error(status: u16) -> Value {
    json!({
        "error": status, "errorCode": "X", "detail": "d", "reason": "r", "parameters": [{}],
        "badRequestDetail": {"fields": [{"field": "f", "description": "d"}]},
    })
}

/// The value with another one at a JSON pointer; null takes a property out.
fn with(mut value: Value, pointer: &str, other: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = value.pointer_mut(parent).expect("a parent");
    match parent {
        Value::Object(object) => drop(object.insert(key.to_owned(), other)),
        other_parent => other_parent[key.parse::<usize>().expect("an index")] = other,
    }
    value
}

fn without(mut value: Value, key: &str) -> Value {
    value.as_object_mut().expect("an object").remove(key);
    value
}

/// What is known of a request whose response is judged.
#[derive(Default, Clone)]
struct Asked {
    outside: bool,
    envelope: bool,
    also_legal: &'static [u16],
    subject: Option<Subject>,
    secrets: Vec<Secret>,
}

impl Asked {
    fn context(&self) -> RequestContext {
        RequestContext {
            of_operation: !self.outside,
            also_legal: self.also_legal,
            secrets: self.secrets.clone(),
            ..RequestContext::new(operation::contract())
        }
    }
}

/// An answer as it came; each `name: value` is a header field.
fn answered(status: u16, headers: &[&str], body: impl ToString) -> Response {
    let fields = headers.iter().map(|line| line.split_once(": ").expect("a header field"));
    let headers = fields.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()));
    Response::new(status, headers.collect(), body.to_string())
}

fn success(body: impl ToString) -> Response {
    answered(200, &[&format!("Content-Type: {VENDOR}")], body)
}

fn refusal(status: u16, body: impl ToString) -> Response {
    answered(status, &["content-type: application/json", "www-authenticate: Bearer"], body)
}

fn exchange(
    method: &str,
    asked: &Asked,
    outcome: Result<Response, TransportError>,
) -> Rc<Exchange> {
    let request = Request {
        method: method.to_owned(),
        target: "/api/atlas/v2/groups/a/users/b:removeRole".to_owned(),
        headers: vec![
            ("Accept".to_owned(), b"sent-as another".to_vec()),
            ("Authorization".to_owned(), b"Bearer sent-by-the-wire".to_vec()),
        ],
        body: "{}".into(),
        under_test: true,
        envelope: asked.envelope,
        ..Request::default()
    };
    Rc::new(Exchange::instant(request, outcome))
}

fn judged(exchange: &Rc<Exchange>, asked: &Asked) -> Vec<Violation> {
    judge(exchange, &asked.context(), asked.subject.as_ref())
}

fn broken_by(method: &str, answer: Response, asked: &Asked) -> Vec<&'static str> {
    let found = judged(&exchange(method, asked, Ok(answer)), asked);
    assert!(found.iter().all(|violation| !violation.expected.is_empty()));
    found
        .iter()
        .map(|violation| violation.clause.slug())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn broken(answer: Response, asked: &Asked) -> Vec<&'static str> {
    broken_by("POST", answer, asked)
}

fn enveloped() -> Asked {
    Asked { envelope: true, ..Asked::default() }
}

#[test]
fn an_answer_breaks_what_it_breaks_and_nothing_else() {
    let users = [
        (active(), vec![]),
        (pending(), vec![]),
        (with(active(), "/unheardOf", json!(1)), vec![]),
        (json!([]), vec!["success.id"]),
        (with(active(), "/id", json!("x")), vec!["success.id"]),
        (without(active(), "roles"), vec!["success.required"]),
        (without(active(), "lastName"), vec!["success.required-by-status"]),
        (with(active(), "/orgMembershipStatus", json!("active")), vec!["success.membership"]),
        (with(active(), "/roles", json!("A")), vec!["success.roles"]),
        (with(active(), "/username", json!("a")), vec!["success.username"]),
        (with(active(), "/country", json!(1)), vec!["success.other-fields"]),
        (with(pending(), "/invitationCreatedAt", json!("x")), vec!["success.invitation-times"]),
        (with(pending(), "/invitationExpiresAt", json!("x")), vec!["success.invitation-times"]),
        (with(pending(), "/invitationExpiresAt", Value::Null), vec!["success.invitation-times"]),
        (
            with(pending(), "/invitationExpiresAt", json!("2025-12-31T23:59:59Z")),
            vec!["success.invitation-times"],
        ),
        (with(pending(), "/invitationExpiresAt", json!("2026-01-01T00:00:00Z")), vec![]),
        (with(pending(), "/inviterUsername", json!(1)), vec!["success.inviter"]),
    ];
    for (user, clauses) in users {
        assert_eq!(broken(success(&user), &Asked::default()), clauses, "{user}");
    }
    let rejected = with(pending(), "/orgMembershipStatus", json!("INVITATION_REJECTED"));
    let rejected = with(rejected, "/invitationExpiresAt", Value::Null);
    assert!(!broken(success(&rejected), &Asked::default()).contains(&"success.invitation-times"));
    let errors = [
        (error(403), vec![]),
        (with(error(403), "/detail", Value::Null), vec![]),
        (json!([]), vec!["error.error"]),
        (with(error(403), "/error", json!(404)), vec!["error.error"]),
        (with(error(403), "/error", json!(402)), vec!["error.error"]),
        (with(error(403), "/error", json!(403.0)), vec![]),
        (with(error(403), "/error", json!("403")), vec!["error.error"]),
        (without(error(403), "errorCode"), vec!["error.code"]),
        (with(error(403), "/parameters", json!(1)), vec!["error.parameters"]),
        (with(error(403), "/parameters/0", json!("x")), vec!["error.parameter-elements"]),
        (with(error(403), "/badRequestDetail", json!(1)), vec!["error.bad-request-detail"]),
        (with(error(403), "/reason", json!(1)), vec!["error.texts"]),
        (with(error(403), "/detail", json!("at x.Y.z(Y.java:1)")), vec!["error.no-leak"]),
    ];
    for (body, clauses) in errors {
        assert_eq!(broken(refusal(403, &body), &Asked::default()), clauses, "{body}");
    }
    // A trace in a user's own fields is the user's.
    let odd = with(active(), "/firstName", json!("at x.Y.z(Y.java:1)"));
    assert_eq!(broken(success(&odd), &Asked::default()), [""; 0]);
}

#[test]
fn statuses_and_bodies_that_are_no_json() {
    let nothing = Asked::default();
    assert_eq!(broken(success(""), &nothing), ["status.success-is-200"]);
    assert_eq!(broken(success("{"), &nothing), ["media.json"]);
    assert_eq!(broken(refusal(404, ""), &nothing), ["media.json"]);
    let twice = "{\"error\": 403, \"errorCode\": \"X\", \"errorCode\": \"X\"}";
    assert_eq!(broken(refusal(403, twice), &nothing), ["media.unique-keys"]);
    // What is of another type is no JSON either, and that is one breach.
    let html = answered(404, &["Content-Type: text/html"], "<p>");
    assert_eq!(broken(html, &nothing), ["media.errors"]);
    for (status, clauses) in [
        (199, vec!["status.documented"]),
        (202, vec!["status.success-is-200"]),
        (399, vec!["status.success-is-200"]),
        (422, vec!["status.documented"]),
        (429, vec![]),
        (500, vec!["status.no-server-error"]),
        (503, vec!["status.no-server-error"]),
    ] {
        let body = error(status);
        let clauses_of = |asked: &Asked| broken(refusal(status, &body), asked);
        assert_eq!(clauses_of(&nothing), clauses, "{status}");
        let legal: &'static [u16] = &[199, 202, 399, 422, 500, 503];
        let legal = Asked { also_legal: legal, ..Asked::default() };
        assert_eq!(clauses_of(&legal), [""; 0], "{status}");
        // What is no request of the operation may be answered as HTTP allows, and not fail.
        let outside = Asked { outside: true, ..Asked::default() };
        let failed = if status >= 500 { clauses } else { Vec::new() };
        assert_eq!(clauses_of(&outside), failed, "{status}");
    }
    // Bodies are documented of the operation alone.
    let outside = Asked { outside: true, ..Asked::default() };
    assert_eq!(broken(success("{"), &outside), [""; 0]);
    assert_eq!(broken_by("GET", success("{"), &nothing), [""; 0]);
    // Bytes behind an answer are taken for the next one, whatever was asked for.
    let user = success(active());
    for (method, outside) in [("POST", false), ("POST", true), ("HEAD", true)] {
        let followed = exchange(method, &Asked::default(), Ok(user.clone()));
        let followed = Rc::new(Exchange { trailing_bytes: 1, ..Exchange::clone(&followed) });
        let asked = Asked { outside, ..Asked::default() };
        let found = judged(&followed, &asked);
        let found: Vec<_> = found.iter().map(|violation| violation.clause.slug()).collect();
        assert_eq!(found, ["http.answers"], "{method} {outside}");
    }
    let silent = exchange("POST", &nothing, Err(TransportError::ConnectionClosed("reset")));
    let found = judged(&silent, &nothing);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].clause.slug(), "http.answers");
    assert!(found[0].received.contains("reset"));
}

#[test]
fn a_401_challenges() {
    let body = error(401).to_string();
    let bare = answered(401, &["Content-Type: application/json"], &body);
    assert_eq!(broken(bare, &Asked::default()), ["auth.challenge"]);
    assert_eq!(broken(refusal(401, &body), &Asked::default()), [""; 0]);
    let other = answered(403, &["Content-Type: application/json"], error(403));
    assert_eq!(broken(other, &Asked::default()), [""; 0]);
}

#[test]
fn one_media_type_with_a_charset_that_json_has() {
    let user = with(active(), "/firstName", json!("Ä"));
    for (headers, clauses) in [
        (vec![], vec!["media.success"]),
        (vec!["Content-Type: application/json"], vec!["media.success"]),
        (vec!["Content-Type: VENDOR;charset=UTF-8"], vec![]),
        (vec!["Content-Type: VENDOR;charset=utf8"], vec![]),
        (vec!["Content-Type: VENDOR;charset=latin1"], vec!["media.json"]),
        (vec!["Content-Type: VENDOR", "content-type: VENDOR"], vec!["media.success"]),
    ] {
        let headers: Vec<_> = headers.iter().map(|line| line.replace("VENDOR", VENDOR)).collect();
        let headers: Vec<_> = headers.iter().map(String::as_str).collect();
        let answer = answered(200, &headers, &user);
        assert_eq!(broken(answer, &Asked::default()), clauses, "{headers:?}");
    }
    // Of ASCII alone it makes no difference.
    let latin = format!("Content-Type: {VENDOR};charset=latin1");
    assert_eq!(broken(answered(200, &[&latin], active()), &Asked::default()), [""; 0]);
    // An error has its own, for which no other clause stands.
    let vendor = format!("Content-Type: {VENDOR}");
    assert_eq!(broken(answered(404, &[&vendor], error(404)), &Asked::default()), ["media.errors"]);
}

#[test]
fn an_envelope_is_judged_by_what_is_in_it() {
    let wrapped = |status: u16, content: &Value| json!({"status": status, "content": content});
    let asked = enveloped();
    assert_eq!(broken(success(wrapped(200, &active())), &asked), [""; 0]);
    assert_eq!(broken(success(wrapped(403, &error(403))), &asked), [""; 0]);
    assert_eq!(broken(success(wrapped(403, &error(404))), &asked), ["error.error"]);
    // Either type will do for an error on a status line of 200, another won't.
    let typed = |media_type: &str, status: u16, body: &Value| {
        let header = format!("Content-Type: {media_type}");
        broken(answered(200, &[&header], wrapped(status, body)), &asked)
    };
    assert_eq!(typed("application/json", 403, &error(403)), [""; 0]);
    assert_eq!(typed("application/json", 200, &active()), ["media.success"]);
    assert_eq!(typed("text/html", 403, &error(403)), ["media.success"]);
    // Nobody asked for one: it is no user.
    let unasked = broken(success(wrapped(200, &active())), &Asked::default());
    assert_eq!(unasked, ["success.required"]);
    let bad = without(active(), "roles");
    assert_eq!(broken(success(wrapped(200, &bad)), &asked), ["success.required"]);
}

#[test]
fn an_envelope_has_a_status_and_one_object() {
    let user = active();
    let wrapped = json!({"status": 200, "content": user, "note": "text"});
    assert_eq!(unwrap(&wrapped), Some((200, &user)));
    for other in [
        json!([]),
        user.clone(),
        json!({"status": "200", "content": user}),
        json!({"status": 70_000, "content": user}),
        json!({"status": -1, "content": user}),
        json!({"status": 200.5, "content": user}),
        json!({"status": 200}),
        json!({"status": 200, "content": [user]}),
        json!({"status": 200, "content": user, "again": user}),
    ] {
        assert_eq!(unwrap(&other), None, "{other}");
    }
}

#[test]
fn a_credential_is_found_wherever_it_is_repeated() {
    let asked = Asked { secrets: vec!["known-to-the-run".to_owned().into()], ..Asked::default() };
    let told = |text: &str| with(active(), "/firstName", json!(text));
    assert_eq!(broken(success(told("known-to-the-run")), &asked), ["auth.no-echo"]);
    assert_eq!(broken(success(told("x sent-by-the-wire x")), &asked), ["auth.no-echo"]);
    // With JSON's escapes it is the same text, as a value and as a key.
    let escaped = told("known-to-the-run").to_string().replace("to-the", r"\u0074o\u002dthe");
    assert_eq!(broken(success(escaped), &asked), ["auth.no-echo"]);
    let key = with(active(), "/known-to-the-run", json!(1)).to_string();
    assert_eq!(broken(success(key.replace('-', r"\u002d")), &asked), ["auth.no-echo"]);
    // Other header fields of the request are no credentials.
    assert_eq!(broken(success(told("another")), &asked), [""; 0]);
    let vendor = format!("Content-Type: {VENDOR}");
    let header = answered(200, &[&vendor, "X-Echo: sent-by-the-wire"], active());
    assert_eq!(broken(header, &asked), ["auth.no-echo"]);
    // It is one breach, however often it stands there.
    let often = success(told("known-to-the-run sent-by-the-wire"));
    assert_eq!(judged(&exchange("POST", &asked, Ok(often)), &asked).len(), 1);
}

fn about(user: &Value) -> Subject {
    let text = |key: &str| user[key].as_str().expect("text").to_owned();
    Subject {
        id: text("id"),
        username: text("username"),
        membership: "ACTIVE",
        roles: subject::roles(user),
    }
}

#[test]
fn a_success_is_about_its_user() {
    let asked = |subject: Subject| Asked { subject: Some(subject), ..Asked::default() };
    let of = about(&active());
    assert_eq!(broken(success(active()), &asked(of.clone())), [""; 0]);
    let upper = with(active(), "/id", json!(USER.to_uppercase()));
    assert!(!broken(success(upper), &asked(of.clone())).contains(&"success.username"));
    for (key, other, clause) in [
        ("/id", json!("5f1b2c3d4e5f60718293a4b8"), "success.id"),
        ("/username", json!("b@example.com"), "success.username"),
        ("/roles", json!(["GROUP_OWNER"]), "success.roles"),
        ("/roles", json!(["GROUP_OWNER", "GROUP_READ_ONLY"]), "success.roles"),
    ] {
        let user = with(active(), key, other);
        assert_eq!(broken(success(user), &asked(of.clone())), [clause]);
    }
    assert_eq!(broken(success(pending()), &asked(of.clone())), ["success.membership"]);
    // Under concurrent requests the roles are open.
    let open = Subject { roles: None, ..of.clone() };
    let user = with(active(), "/roles", json!(["GROUP_OWNER"]));
    assert_eq!(broken(success(user), &asked(open)), [""; 0]);
    // A refusal is about nobody.
    let refused = with(error(403), "/id", json!("another"));
    assert_eq!(broken(refusal(403, refused), &asked(of)), [""; 0]);
}

#[test]
fn a_success_says_what_a_read_says() {
    let read = exchange("GET", &Asked::default(), Ok(success(active())));
    let disagrees = |answered: &Value, read_back: &Value| {
        let found = compare_with_read(answered, read_back, &read);
        found.iter().map(|violation| violation.clause.slug()).collect::<Vec<_>>()
    };
    assert_eq!(disagrees(&active(), &active()), [""; 0]);
    let other = with(active(), "/country", json!("FR"));
    assert_eq!(disagrees(&other, &active()), ["success.other-fields"]);
    // What one of them leaves out is no contradiction.
    assert_eq!(disagrees(&without(other, "country"), &active()), [""; 0]);
    // The same instant may be written otherwise, and rounded.
    for (created, same) in [
        ("2026-01-01T00:00:00.000+00:00", true),
        ("2026-01-01T00:00:01Z", true),
        ("2025-12-31T23:59:59Z", true),
        ("2026-01-01T00:00:02Z", false),
        ("2025-12-31T23:59:58Z", false),
        ("yesterday", false),
    ] {
        let other = with(active(), "/createdAt", json!(created));
        assert_eq!(disagrees(&other, &active()).is_empty(), same, "{created}");
    }
    let inviter = with(pending(), "/inviterUsername", json!("c@example.com"));
    assert_eq!(disagrees(&inviter, &pending()), ["success.inviter"]);
}

#[test]
fn roles_are_read_and_told() {
    let roles = |value: Value| subject::roles(&json!({ "roles": value }));
    assert_eq!(roles(json!(["B", "A"])), Some(BTreeSet::from(["A".to_owned(), "B".to_owned()])));
    assert_eq!(roles(json!(["A", 1])), None);
    assert_eq!(roles(json!("A")), None);
    assert_eq!(subject::listed(&roles(json!(["B", "A"])).expect("roles")), "A, B");
    assert_eq!(subject::listed(&BTreeSet::new()), "none");
}
