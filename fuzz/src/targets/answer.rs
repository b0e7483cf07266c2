//! Any answer: the judge of all answers says the same however it is laid out.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use atlas_api::clauses::Clause;
use atlas_engine::exchange::envelope::unwrap;
use atlas_engine::exchange::json;
use atlas_engine::exchange::{Exchange, Headers, Request, Response};
use atlas_engine::judge::response::RequestContext;
use atlas_engine::judge::{leak, schema};
use atlas_engine::secret::Secret;
use atlas_remove_role::operation;
use atlas_remove_role::subject::{Subject, compare_with_read, judge};
use serde_json::Value;

use super::{Target, part};

/// Status, header fields and body.
pub static TARGET: Target = Target {
    name: "answer",
    run,
    seeds,
    words: &[
        "200",
        "202",
        "204",
        "302",
        "400",
        "401",
        "403",
        "404",
        "409",
        "415",
        "429",
        "500",
        "503",
        "envelope",
        "outside",
        "Content-Type",
        "WWW-Authenticate",
        "application/json",
        "status",
        "application/vnd.atlas.2025-02-19+json",
        "charset=utf-8",
        "content",
        "error",
        "errorCode",
        "parameters",
        "badRequestDetail",
        "fields",
        "roles",
        "GROUP_OWNER",
        "id",
        "username",
        "orgMembershipStatus",
        "ACTIVE",
        "PENDING",
        "INVITATION_REJECTED",
        "createdAt",
        "invitationCreatedAt",
        "invitationExpiresAt",
        "inviterUsername",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+00:00",
        "/home/app/x",
        "Bearer abcdef0123456789",
        "token",
        SECRET,
    ],
    is_json: false,
};

const SECRET: &str = "abcdef0123456789";

const USER: &str = "5f1b2c3d4e5f60718293a4b7";

fn seeds() -> Vec<String> {
    let vendor = "Content-Type: application/vnd.atlas.2025-02-19+json";
    let active = format!(
        r#"{{"id": "{USER}", "orgMembershipStatus": "ACTIVE", "roles": ["GROUP_READ_ONLY"],
"username": "a@example.com", "createdAt": "2026-01-01T00:00:00Z", "lastAuth": "2026-01-01T00:00:00.123Z",
"firstName": "A", "lastName": "B", "country": "DE", "mobileNumber": "123"}}"#
    );
    let pending = format!(
        r#"{{"id": "{USER}", "orgMembershipStatus": "PENDING", "roles": ["GROUP_READ_ONLY"],
"username": "a@example.com", "invitationCreatedAt": "2026-01-01T00:00:00Z",
"invitationExpiresAt": "2026-02-01T00:00:00Z", "inviterUsername": "b@example.com"}}"#
    );
    let error = r#"{"error": 400, "errorCode": "X", "detail": "d", "reason": "r", "parameters": [],
"badRequestDetail": {"fields": [{"field": "f", "description": "d"}]}}"#;
    [
        format!("200\n{vendor}\n=====\n{active}"),
        format!("200\n{vendor};charset=utf-8\n=====\n{pending}"),
        format!("200 envelope\n{vendor}\n=====\n{{\"status\": 200, \"content\": {active}}}"),
        format!("400\nContent-Type: application/json\n=====\n{error}"),
        format!("401\nContent-Type: application/json\nWWW-Authenticate: Bearer\n=====\n{error}"),
        format!("200 envelope\n{vendor}\n=====\n{{\"status\": 400, \"content\": {error}}}"),
        format!("404 outside\nX-Trace: at x.Y.z(Y.java:1)\n=====\n{SECRET}"),
        "500\n=====\n".to_owned(),
    ]
    .to_vec()
}

fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut lines = part(&text, 0).lines();
    let first = lines.next().unwrap_or_default();
    let status = first.split(' ').next().and_then(|status| status.parse().ok()).unwrap_or(200);
    let headers: Headers = lines
        .map(|line| line.split_once(": ").unwrap_or((line, "")))
        .map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()))
        .collect();
    let body = input.windows(7).position(|bytes| bytes == b"\n=====\n").map(|at| &input[at + 7..]);
    let answer = Response::new(status, headers, body.unwrap_or_default().to_vec());
    let asked = Asked {
        outside: first.contains("outside"),
        envelope: first.contains("envelope"),
        also_legal: &[415],
        subject: first.ends_with("subject").then(subject),
        secrets: vec![SECRET.to_owned().into()],
    };
    let found = judged(&answer, &asked);
    assert_eq!(found, judged(&with_names_in_upper_case(&answer), &asked));
    if let Some(laid_out) = laid_out(&answer) {
        let spared = |found: BTreeMap<Clause, usize>| {
            // What is looked for in the text itself depends on how the text is written.
            let seen = |clause: &Clause| {
                !matches!(clause, Clause::ErrorNoLeak | Clause::AuthNoEcho | Clause::MediaJson)
            };
            found.into_iter().filter(|(clause, _)| seen(clause)).collect::<Vec<_>>()
        };
        assert_eq!(spared(found), spared(judged(&laid_out, &asked)), "the layout is judged");
    }
    if let Ok(document) = json::read(answer.body()) {
        grows(&document.value);
    }
    let _ = leak::find(&text);
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

fn subject() -> Subject {
    Subject {
        id: USER.to_owned(),
        username: "a@example.com".to_owned(),
        membership: "ACTIVE",
        roles: Some(BTreeSet::from(["GROUP_READ_ONLY".to_owned()])),
    }
}

/// How often each clause is broken. A violation tells what was expected and what came.
fn judged(answer: &Response, asked: &Asked) -> BTreeMap<Clause, usize> {
    let request = Request {
        method: "POST".to_owned(),
        target: "/x:removeRole".to_owned(),
        headers: vec![("Authorization".to_owned(), format!("Bearer {SECRET}").into_bytes())],
        under_test: true,
        envelope: asked.envelope,
        ..Request::default()
    };
    let exchange = Rc::new(Exchange::instant(request, Ok(answer.clone())));
    let mut counts = BTreeMap::new();
    for violation in judge(&exchange, &asked.context(), asked.subject.as_ref()) {
        assert!(!violation.expected.is_empty());
        *counts.entry(violation.clause).or_default() += 1;
    }
    counts
}

fn with_names_in_upper_case(answer: &Response) -> Response {
    let headers = answer.headers.iter();
    let headers = headers.map(|(name, value)| (name.to_ascii_uppercase(), value.clone())).collect();
    Response::new(answer.status, headers, answer.body().clone())
}

/// The same value over several lines, where no key is lost by it.
fn laid_out(answer: &Response) -> Option<Response> {
    let document = json::read(answer.body()).ok().filter(|read| read.repeated.is_empty())?;
    Some(Response::new(answer.status, answer.headers.clone(), format!("\n{:#} ", document.value)))
}

/// What holds of a value holds of one with a property more, which the documentation allows.
fn grows(value: &Value) {
    let _ = (unwrap(value), schema::excerpt(value));
    for operation in atlas_api::constraints::OPERATIONS {
        let contents = operation.responses.iter().flat_map(|response| response.content);
        for schema in contents.filter_map(|content| content.schema) {
            let before = schema::validate(schema, value);
            let mut more = value.clone();
            let Some(object) = more.as_object_mut() else { continue };
            object.insert("unheard of".to_owned(), Value::Null);
            assert_eq!(before, schema::validate(schema, &more));
        }
    }
    let read = Ok(Response::new(200, Vec::new(), ""));
    let read = Rc::new(Exchange::instant(Request::default(), read));
    assert_eq!(compare_with_read(value, value, &read).len(), 0, "a user disagrees with itself");
}
