//! Judges a recorded exchange by every clause that a single exchange can break.
//!
//! A recording has gaps: browsers strip credentials, recorders leave bodies out, and scripts in a
//! page don't see every header. A missing part counts as unknown, unless the user says that the
//! recording is complete.

use std::rc::Rc;

use atlas_api::clauses::Clause;
use atlas_engine::contract::content;
use atlas_engine::exchange::envelope::unwrap;
use atlas_engine::exchange::{Exchange, Request, Response, TransportError, json};
use atlas_engine::judge::media_type;
use atlas_engine::judge::response::RequestContext;
use atlas_engine::judge::schema::excerpt;
use atlas_engine::judge::violation::Violation;
use atlas_remove_role::{operation, subject};
use bytes::Bytes;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::recorded::har::{Entry, Recorded};
use crate::recorded::operation::Addressed;

/// Bodies above this may be refused for their size, URLs above it for their length.
const LONG: usize = 2000;

/// The result for one recorded exchange of the operation.
#[derive(Debug)]
pub struct Judged {
    /// The exchange, for evidence.
    pub exchange: Rc<Exchange>,
    /// The violations that it shows.
    pub violations: Vec<Violation>,
    /// The reason why there is no response.
    pub silent: Option<String>,
    /// True if the body of the response is not recorded, so only status and headers were judged.
    pub bodiless: bool,
}

/// Judges one entry. If `complete`, a part that the entry lacks was not there.
pub fn judge(entry: &Entry, addressed: &Addressed, complete: bool) -> Judged {
    match &entry.response {
        Ok(recorded) => answered(&Witness { entry, addressed, recorded, complete }),
        Err(reason) => {
            let error = TransportError::Truncated(reason.clone());
            let exchange = exchange(entry, addressed, Err(error));
            // The client may have given up; only a complete recording excludes that.
            let violations = if complete {
                subject::judge(&exchange, &RequestContext::new(operation::contract()), None)
            } else {
                Vec::new()
            };
            Judged { exchange, violations, silent: Some(reason.clone()), bodiless: false }
        }
    }
}

fn exchange(
    entry: &Entry,
    addressed: &Addressed,
    outcome: Result<Response, TransportError>,
) -> Rc<Exchange> {
    let request = Request {
        method: entry.method.clone(),
        target: entry.target.clone(),
        headers: entry.sent.clone(),
        body: entry.body.clone().unwrap_or_default(),
        under_test: true,
        envelope: addressed.parameter("envelope") == Some("true"),
        ..Request::default()
    };
    Rc::new(Exchange::instant(request, outcome))
}

/// An entry with a response; `complete` says whether it is recorded completely.
struct Witness<'a> {
    entry: &'a Entry,
    addressed: &'a Addressed,
    recorded: &'a Recorded,
    complete: bool,
}

fn answered(witness: &Witness<'_>) -> Judged {
    let (entry, recorded) = (witness.entry, witness.recorded);
    let body = witness.response_body();
    let bodiless = body.is_none();
    let (status, headers) = (recorded.status, recorded.headers.clone());
    let response = Response::new(status, headers, body.unwrap_or_default());
    let exchange = exchange(entry, witness.addressed, Ok(response.clone()));
    let posted = entry.method == operation::contract().method;
    let contract = RequestContext::new(operation::contract());
    let context = RequestContext { of_operation: posted, ..contract };
    let mut violations = subject::judge(&exchange, &context, None);
    violations.retain(|violation| witness.shows(violation.clause, &response));
    if posted {
        let value = response.json().filter(|_| !bodiless);
        let wrapped = exchange.unwrapped().map(|(status, _)| status);
        let mut found = Found { exchange: &exchange, violations: Vec::new() };
        if (200..300).contains(&exchange.effective_status()) {
            unasked_success(witness, &mut found);
            if let Some(payload) = exchange.payload().filter(|_| !bodiless) {
                about_the_request(witness, &payload, &mut found);
            }
        }
        if let Some(value) = value {
            wrapping(witness, &value, wrapped, &response, &mut found);
            layout(witness, &value, &response, &mut found);
        }
        violations.append(&mut found.violations);
    }
    Judged { exchange, violations, silent: None, bodiless }
}

struct Found<'a> {
    exchange: &'a Rc<Exchange>,
    violations: Vec<Violation>,
}

impl Found<'_> {
    fn put(&mut self, clause: Clause, expected: impl Into<String>, received: impl Into<String>) {
        self.violations.push(Violation::new(clause, expected, received, self.exchange));
    }
}

impl Witness<'_> {
    fn response_body(&self) -> Option<Bytes> {
        let nothing = self.complete.then(Bytes::new);
        self.recorded.body.clone().or(nothing)
    }

    fn request_body(&self) -> Option<Bytes> {
        let nothing = (self.complete && !self.entry.had_body).then(Bytes::new);
        self.entry.body.clone().or(nothing)
    }

    /// True if the recorded parts are enough to show a violation of this clause.
    fn shows(&self, clause: Clause, response: &Response) -> bool {
        let has_body = self.complete || self.recorded.body.is_some();
        let has = |name: &str| self.complete || response.header(name).is_some();
        match clause {
            // The sender's own client may be at fault where HTTP has a status for its request.
            Clause::StatusDocumented => !self.legal_by_http().contains(&response.status),
            Clause::StatusNoServerError => {
                self.entry.method == operation::contract().method || response.status != 501
            }
            // The body of a 200 that is not recorded is not empty.
            Clause::StatusSuccessIs200 => response.status != 200 || has_body,
            Clause::MediaSuccess => has("Content-Type") && !self.asks_for_another_version(),
            Clause::MediaErrors => {
                let wrapped = self.addressed.parameter("envelope") == Some("true");
                has("Content-Type") && (has_body || !wrapped)
            }
            Clause::AuthChallenge => has("WWW-Authenticate"),
            Clause::AuthNoEcho => !self.is_masked(),
            _ => has_body,
        }
    }

    /// True if the recorder masked the credential; the same mask may be in the response.
    fn is_masked(&self) -> bool {
        let value = self.entry.sent_header("Authorization").unwrap_or_default();
        let credential = value.split_once(' ').map_or(value.as_str(), |(_, rest)| rest);
        let word = credential.to_ascii_lowercase();
        ["redact", "mask", "remove", "hidden", "filtered"].iter().any(|mask| word.contains(mask))
            || !credential
                .chars()
                .any(|c| c.is_ascii_alphanumeric() && !c.eq_ignore_ascii_case(&'x'))
    }

    fn asks_for_another_version(&self) -> bool {
        let documented =
            content(operation::contract(), 200).map_or("", |content| content.media_type);
        self.entry.sent_header("Accept").is_some_and(|accept| {
            accept.contains("vnd.atlas.")
                && !accept.split(',').any(|one| media_type::is(one, documented))
        })
    }

    /// The statuses that HTTP allows for the unusual parts of this request.
    fn legal_by_http(&self) -> Vec<u16> {
        let mut legal = Vec::new();
        let type_sent = self.entry.sent_header("Content-Type");
        if !type_sent.is_some_and(|sent| media_type::is(&sent, operation::request_media_type())) {
            legal.push(415);
        }
        let documented =
            content(operation::contract(), 200).map_or("", |content| content.media_type);
        let accept = self.entry.sent_header("Accept");
        if !accept
            .is_some_and(|accept| accept.split(',').any(|one| media_type::is(one, documented)))
        {
            legal.extend([406, 410]);
        }
        let body = self.entry.body.as_ref();
        if body.is_none_or(|body| body.len() > LONG) {
            legal.push(413);
        }
        if body.is_none_or(Bytes::is_empty) {
            legal.extend([411, 415]);
        }
        if self.entry.sent_header("Expect").is_some() {
            legal.push(417);
        }
        if self.entry.target.len() > LONG || !self.ids_are_right() {
            legal.extend([414, 431]);
        }
        legal
    }

    fn ids_are_right(&self) -> bool {
        misspelt("groupId", &self.addressed.group).is_none()
            && misspelt("userId", &self.addressed.user).is_none()
    }
}

/// The published pattern of an id, if the id does not match it; digits in upper case are
/// another spelling of the same id.
fn misspelt(parameter: &str, id: &str) -> Option<String> {
    let pattern = operation::pattern_of(parameter);
    (!pattern.is_match(&id.to_ascii_lowercase())).then(|| pattern.to_string())
}

/// Finds a success where the server had to refuse the request.
fn unasked_success(witness: &Witness<'_>, found: &mut Found<'_>) {
    let received = found.exchange.received();
    let ids = [
        ("groupId", &witness.addressed.group, Clause::RequestGroupId),
        ("userId", &witness.addressed.user, Clause::RequestUserId),
    ];
    for (parameter, id, clause) in ids {
        if let Some(pattern) = misspelt(parameter, id) {
            let expected = format!("a refusal: {parameter} does not match {pattern}");
            found.put(clause, expected, received.clone());
        }
    }
    if let Some(lack) = witness.request_body().as_ref().and_then(misshapen) {
        found.put(Clause::RequestBodyShape, format!("a refusal: {lack}"), received.clone());
    }
    let sent = |name: &str| witness.entry.sent_header(name);
    // A cookie may be a credential of its own.
    if witness.complete && sent("Authorization").is_none() && sent("Cookie").is_none() {
        found.put(Clause::AuthRequired, "401: the request has no credentials", received);
    }
}

/// The reason why a server must refuse the body, if it is certain.
fn misshapen(body: &Bytes) -> Option<String> {
    let property = operation::role_property();
    // A byte order mark or another encoding is odd, and may be served.
    let text = std::str::from_utf8(body).ok()?.trim_start_matches('\u{feff}');
    if text.contains('\0') {
        return None;
    }
    if text.trim().is_empty() {
        return Some("it has no body".to_owned());
    }
    // The grammar alone: numbers too large and lone surrogates are JSON.
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Some(format!("its body is no JSON: {error}"));
    }
    let read = json::read(text.as_bytes()).ok()?;
    let Some(object) = read.value.as_object() else {
        return Some("its body is no object".to_owned());
    };
    if read.repeated.iter().any(|pointer| pointer == &format!("/{property}")) {
        return None;
    }
    match object.get(property) {
        Some(Value::String(_)) => None,
        Some(_) => Some(format!("`{property}` is no string")),
        None => Some(format!("its body has no `{property}`")),
    }
}

/// The role that a body names, if any.
fn role(body: &Bytes) -> Option<String> {
    let property = operation::role_property();
    let read = json::read(body).ok().filter(|read| read.repeated.is_empty())?;
    read.value.get(property)?.as_str().map(str::to_owned)
}

/// Finds a success that contradicts its own request.
fn about_the_request(witness: &Witness<'_>, payload: &Value, found: &mut Found<'_>) {
    let user = &witness.addressed.user;
    if let Some(id) = payload.get("id").and_then(Value::as_str)
        && misspelt("userId", user).is_none()
        && !id.eq_ignore_ascii_case(user)
    {
        found.put(Clause::SuccessId, format!("`id` is {user}, the userId of the path"), id);
    }
    let Some(roles) = subject::roles(payload) else { return };
    if roles.is_empty() {
        found.put(Clause::RolesNeverEmpty, "a user with at least one role", "a 200 with none");
    }
    let removed = witness.request_body().as_ref().and_then(role);
    if let Some(removed) = removed.filter(|removed| roles.contains(removed)) {
        let expected = format!("`roles` without {removed}, which was removed");
        found.put(Clause::SuccessRoles, expected, subject::listed(&roles));
    }
}

/// Finds a missing or unrequested envelope.
fn wrapping(
    witness: &Witness<'_>,
    value: &Value,
    wrapped: Option<u16>,
    response: &Response,
    found: &mut Found<'_>,
) {
    let documented = operation::contract().response(response.status).is_some();
    match (witness.addressed.parameter("envelope"), wrapped) {
        (Some("true"), None) if documented => {
            if response.status >= 400 && value.get("error").is_some() {
                let expected = "the error under an envelope";
                found.put(Clause::QueryEnvelopeErrors, expected, "the bare error");
            } else {
                let expected =
                    "an object with `status`, a number, and the payload under one other field";
                found.put(Clause::QueryEnvelope, expected, excerpt(value));
            }
        }
        (Some("true"), Some(status)) if response.status != status && response.status != 200 => {
            let expected = format!("status line {status} or 200");
            found.put(Clause::QueryEnvelope, expected, response.status.to_string());
        }
        (Some("false"), _) if unwrap(value).is_some() && value.get("error").is_none() => {
            let expected = "the answer without an envelope";
            found.put(Clause::QueryEnvelopeFalse, expected, excerpt(value));
        }
        _ => {}
    }
}

/// Finds a response to `pretty=true` on one line.
fn layout(witness: &Witness<'_>, value: &Value, response: &Response, found: &mut Found<'_>) {
    let documented = operation::contract().response(response.status).is_some();
    let asked = witness.addressed.parameter("pretty") == Some("true");
    let several = value.as_object().is_some_and(|object| !object.is_empty());
    let text = String::from_utf8_lossy(response.body());
    if asked && documented && several && !text.trim().contains(['\n', '\r']) {
        found.put(Clause::QueryPretty, "JSON over several lines", "one line");
    }
}
