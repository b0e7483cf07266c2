//! One exchange against the clauses that hold for every response.

use std::rc::Rc;

use atlas_api::clauses::{Body, Clause};
use atlas_api::contract::Operation;
use serde_json::Value;

use crate::contract;
use crate::exchange::envelope::{is_payload, stated, unwrap};
use crate::exchange::{Exchange, Response, TransportError};
use crate::judge::schema::{self, excerpt};
use crate::judge::violation::Violation;
use crate::judge::{leak, media_type};
use crate::secret::unescape::Unescaped;
use crate::secret::{Secret, encodings};

/// Made-up credentials of this length, in bytes, are not found in a text by chance.
const LONGER_THAN_A_WORD: usize = 12;

/// What is known of a request when its response is judged.
#[derive(Debug, Clone)]
pub struct RequestContext {
    /// The contract of the operation.
    pub operation: &'static Operation,
    /// Whether the request is one of the operation; another method or path is not.
    pub of_operation: bool,
    /// Statuses that HTTP allows to this kind of request, beside the documented ones.
    pub also_legal: &'static [u16],
    /// The clause that an undocumented status breaks, for a request that no documentation speaks of.
    pub odd: Option<Clause>,
    /// The credentials of the run, which no response may repeat.
    pub secrets: Vec<Secret>,
}

impl RequestContext {
    /// A documented request of the operation.
    pub const fn new(operation: &'static Operation) -> Self {
        Self { operation, of_operation: true, also_legal: &[], odd: None, secrets: Vec::new() }
    }
}

/// Every violation that the exchange shows by itself.
pub fn judge(exchange: &Rc<Exchange>, context: &RequestContext) -> Vec<Violation> {
    let response = match &exchange.outcome {
        Ok(response) => response,
        // The request never left, which says nothing about the target.
        Err(TransportError::InvalidRequest(_)) => return Vec::new(),
        Err(error) => return vec![unanswered(error, exchange)],
    };
    let mut found = Vec::from_iter(echoes(response, context, exchange));
    found.extend(status(response, context, exchange));
    found.extend(trailing_bytes(exchange));
    if has_documented_body(exchange, context) {
        found.extend(body(response, context, exchange));
    }
    found
}

/// The payload of a success whose shape the contract documents, if the exchange holds one.
pub fn success_payload(exchange: &Exchange, context: &RequestContext) -> Option<Value> {
    if !has_documented_body(exchange, context) {
        return None;
    }
    let (status, payload) =
        exchange.unwrapped().or_else(|| Some((exchange.status()?, exchange.json()?)))?;
    (status == 200).then_some(payload)
}

fn has_documented_body(exchange: &Exchange, context: &RequestContext) -> bool {
    let RequestContext { operation, of_operation, .. } = context;
    let documented = exchange.status().is_some_and(|status| operation.response(status).is_some());
    documented && *of_operation && exchange.request.method == operation.method
}

fn unanswered(error: &TransportError, exchange: &Rc<Exchange>) -> Violation {
    let expected = "a complete answer within the time limit";
    Violation::new(Clause::HttpAnswers, expected, error.to_string(), exchange)
}

/// A client that keeps the connection takes them for the beginning of its next response.
fn trailing_bytes(exchange: &Rc<Exchange>) -> Option<Violation> {
    let expected = "one answer, as long as its head says (RFC 9112, 6.3)";
    let received = format!("bytes behind the answer: {}", exchange.trailing_bytes);
    (exchange.trailing_bytes > 0)
        .then(|| Violation::new(Clause::HttpAnswers, expected, received, exchange))
}

fn echoes(
    response: &Response,
    context: &RequestContext,
    exchange: &Rc<Exchange>,
) -> Option<Violation> {
    let body = String::from_utf8_lossy(response.body());
    let headers = response.headers.iter().map(|(_, value)| String::from_utf8_lossy(value));
    let mut texts: Vec<_> = headers.chain([body]).collect();
    let unescaped = texts.iter().filter_map(|text| Unescaped::of(text));
    texts.extend(unescaped.map(|it| it.text().to_owned().into()).collect::<Vec<_>>());
    let sent = exchange.request.headers.iter().filter(|(name, _)| name == "Authorization");
    let sent = sent.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
    let sent = sent.filter_map(|value| value.split_once(' ').map(|(_, rest)| rest.to_owned()));
    // A token of the run is among its secrets, and a response may use the words of a short value.
    let other = sent.filter(|value| value.len() >= LONGER_THAN_A_WORD);
    let other = other.filter(|value| context.secrets.iter().all(|secret| secret.expose() != value));
    let sent: Vec<_> = other.flat_map(|value| encodings::recognizable(&value)).collect();
    let mut encodings = context.secrets.iter().flat_map(Secret::encodings).chain(&sent);
    let echoed = encodings.any(|secret| texts.iter().any(|text| text.contains(secret)));
    let expected = "no header and no body repeats a credential";
    echoed
        .then(|| Violation::new(Clause::AuthNoEcho, expected, "a credential of the run", exchange))
}

fn status(
    response: &Response,
    context: &RequestContext,
    exchange: &Rc<Exchange>,
) -> Option<Violation> {
    let documented = || context.operation.statuses();
    let (clause, expected) = match response.status {
        status if context.also_legal.contains(&status) || status == 429 => return None,
        500.. => (Clause::StatusNoServerError, "no 5xx status".to_owned()),
        _ if !context.of_operation => return None,
        status if documented().any(|documented| documented == status) => return None,
        status @ 200..400 => {
            let expected = format!("success as 200, not as {status}");
            (Clause::StatusSuccessIs200, expected)
        }
        _ => {
            let documented: Vec<_> = documented().map(|status| status.to_string()).collect();
            (Clause::StatusDocumented, format!("one of {}", documented.join(", ")))
        }
    };
    let blamed = context.odd.unwrap_or(clause);
    let violation = Violation::new(blamed, expected, exchange.received(), exchange);
    Some(Violation { instead_of: context.odd.map(|_| clause), ..violation })
}

fn body(response: &Response, context: &RequestContext, exchange: &Rc<Exchange>) -> Vec<Violation> {
    let operation = context.operation;
    let mut found = Vec::new();
    if response.status == 401 && response.header("WWW-Authenticate").is_none() {
        let expected = "a WWW-Authenticate header with the 401";
        found.push(Violation::new(Clause::AuthChallenge, expected, "none", exchange));
    }
    found.extend(length(response, exchange));
    let document = match response.document() {
        Ok(document) => document,
        // What is another type, or empty, is no JSON either: that is one breach.
        Err(_) if response.status == 200 && response.body().is_empty() => {
            let (clause, expected) = (Clause::StatusSuccessIs200, "a 200 with a body");
            found.push(Violation::new(clause, expected, "an empty body", exchange));
            return found;
        }
        Err(error) => {
            let other_type = content_type(operation, response, None, exchange);
            if other_type.is_empty() {
                let empty = response.body().is_empty();
                let received = if empty { "an empty body".to_owned() } else { error.to_string() };
                found.push(Violation::new(Clause::MediaJson, "one JSON value", received, exchange));
            }
            found.extend(other_type);
            return found;
        }
    };
    for pointer in &document.repeated {
        let expected = "each key once in its object";
        found.push(Violation::new(Clause::MediaUniqueKeys, expected, pointer, exchange));
    }
    let unwrapped = exchange.request.envelope.then(|| unwrap(&document.value)).flatten();
    let enveloped = unwrapped.map(|(status, _)| status);
    if exchange.request.envelope && unwrapped.is_none() && !is_payload(&document.value) {
        let expected = "an object with `status`, a number, and the payload under one other field";
        let received = excerpt(&document.value);
        found.push(Violation::new(Clause::QueryEnvelope, expected, received, exchange));
        return found;
    }
    let (status, payload) = unwrapped.unwrap_or((response.status, &document.value));
    let status = stated(status, payload);
    found.extend(content_type(operation, response, enveloped, exchange));
    found.extend(shape(operation, status, payload, exchange));
    if status >= 400 {
        found.extend(error_values(status, payload, exchange));
        if let Some(leaked) = leak::find(&texts(&document.value)) {
            let expected = "an error without stack trace, file path or secret";
            found.push(Violation::new(Clause::ErrorNoLeak, expected, leaked, exchange));
        }
    }
    found
}

/// Every name and every string of a value, a line each, as its reader has them.
fn texts(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text}\n"),
        Value::Array(values) => values.iter().map(texts).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match value {
                Value::String(text) => format!("{name}={text}\n"),
                other => format!("{name}\n{}", texts(other)),
            })
            .collect(),
        _ => String::new(),
    }
}

/// Content-Length beside chunks, which HTTP forbids (RFC 9112, 6.2), and which says otherwise. One
/// that is alone and untrue leaves no whole response.
fn length(response: &Response, exchange: &Rc<Exchange>) -> Option<Violation> {
    let _chunked = response.header("Transfer-Encoding")?;
    let said = response.header("Content-Length")?;
    let length = response.body().len();
    let expected = format!("no Content-Length but the body's, {length}");
    (said.trim().parse() != Ok(length))
        .then(|| Violation::new(Clause::MediaJson, expected, said, exchange))
}

/// Content-Type against the documented one. In an envelope whose status line is 200 an error
/// may carry either type: no sentence says which.
fn content_type(
    operation: &Operation,
    response: &Response,
    enveloped: Option<u16>,
    exchange: &Rc<Exchange>,
) -> Vec<Violation> {
    let wanted: Vec<&str> = [Some(response.status), enveloped]
        .into_iter()
        .flatten()
        .filter_map(|status| contract::content(operation, status).map(|content| content.media_type))
        .collect();
    let Some(documented) = wanted.first() else { return Vec::new() };
    let clause = if response.status == 200 { Clause::MediaSuccess } else { Clause::MediaErrors };
    let mut found = Vec::new();
    let all: Vec<_> = response.header_values("Content-Type").collect();
    match all.as_slice() {
        [] => {
            found.push(("no Content-Type".to_owned(), clause, format!("Content-Type {documented}")))
        }
        [got] if !wanted.iter().any(|wanted| media_type::is(got, wanted)) => {
            found.push((got.clone(), clause, format!("Content-Type {documented}")));
        }
        [got] => {
            let charset =
                media_type::charset(got).filter(|c| !matches!(c.as_str(), "utf-8" | "utf8"));
            if let Some(charset) = charset.filter(|_| !response.body().is_ascii()) {
                found.push((charset, Clause::MediaJson, "charset utf-8".to_owned()));
            }
        }
        several => found.push((several.join(" and "), clause, "one Content-Type".to_owned())),
    }
    found
        .into_iter()
        .map(|(got, clause, expected)| Violation::new(clause, expected, got, exchange))
        .collect()
}

fn shape(
    operation: &Operation,
    status: u16,
    payload: &Value,
    exchange: &Rc<Exchange>,
) -> Vec<Violation> {
    let Some(schema) = contract::content(operation, status).and_then(|content| content.schema)
    else {
        return Vec::new();
    };
    let body = if status == 200 { Body::Success } else { Body::Error };
    schema::validate(schema, payload)
        .into_iter()
        .map(|breach| {
            let place = if breach.pointer.is_empty() { "the body" } else { &breach.pointer };
            let expected = format!("{place}: {}", breach.expected);
            let clause = Clause::of_breach(body, &breach.pointer, breach.kind);
            Violation::new(clause, expected, breach.received, exchange)
        })
        .collect()
}

fn error_values(status: u16, payload: &Value, exchange: &Rc<Exchange>) -> Option<Violation> {
    let got = payload.get("error").and_then(Value::as_f64)?;
    let expected = format!("`error` equal to the status, {status}");
    ((got - f64::from(status)).abs() > f64::EPSILON)
        .then(|| Violation::new(Clause::ErrorError, expected, got.to_string(), exchange))
}
