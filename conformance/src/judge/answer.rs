//! One exchange against the clauses that hold for every answer.

use std::rc::Rc;

use atlas_api::clauses::Clause;
use serde_json::Value;

use crate::contract;
use crate::exchange::{Answer, Exchange, Silence};
use crate::judge::schema::{self, Breach, BreachKind};
use crate::judge::subject::{self, Subject};
use crate::judge::{format, json, leak, media};
use crate::secret::Secret;
use crate::violation::Violation;

/// Made-up credentials of this length are not found in a text by chance, in bytes.
const LONGER_THAN_A_WORD: usize = 12;

/// What is known of a request when its answer is judged.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The request is no request of the operation (another method or path).
    pub outside: bool,
    /// `envelope=true` was asked for.
    pub envelope: bool,
    /// Statuses that HTTP allows to this kind of request, beside the documented ones.
    pub also_legal: &'static [u16],
    /// Whom the request is about.
    pub subject: Option<Subject>,
    /// The credentials that were sent.
    pub secrets: Vec<Secret>,
}

/// Every violation that the exchange shows by itself.
pub fn judge(exchange: &Rc<Exchange>, asked: &Asked) -> Vec<Violation> {
    let answer = match &exchange.outcome {
        Ok(answer) => answer,
        Err(silence) => return vec![unanswered(silence, exchange)],
    };
    let mut found = echoes(answer, asked, exchange);
    found.extend(status(answer, asked, exchange));
    found.extend(surplus(exchange));
    let judged = contract::statuses().contains(&answer.status);
    if judged && !asked.outside && exchange.request.method == "POST" {
        found.extend(body(answer, asked, exchange));
    }
    found
}

fn unanswered(silence: &Silence, exchange: &Rc<Exchange>) -> Violation {
    let expected = "a complete answer within the time limit";
    Violation::new(Clause::HttpAnswers, expected, silence.to_string(), exchange)
}

/// A client that keeps the connection takes them for the beginning of its next answer.
fn surplus(exchange: &Rc<Exchange>) -> Option<Violation> {
    let expected = "one answer, as long as its head says (RFC 9112, 6.3)";
    let received = format!("bytes behind the answer: {}", exchange.surplus);
    (exchange.surplus > 0)
        .then(|| Violation::new(Clause::HttpAnswers, expected, received, exchange))
}

fn echoes(answer: &Answer, asked: &Asked, exchange: &Rc<Exchange>) -> Vec<Violation> {
    let body = String::from_utf8_lossy(&answer.body);
    let headers = answer.headers.iter().map(|(_, value)| String::from_utf8_lossy(value));
    let texts: Vec<_> = headers.chain([body]).collect();
    let sent = exchange.request.headers.iter().filter(|(name, _)| name == "Authorization");
    let sent = sent.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
    let sent = sent.filter_map(|value| value.split_once(' ').map(|(_, rest)| rest.to_owned()));
    // A token of the run is among its secrets, and an answer may use the words of a short value.
    let other = sent.filter(|value| value.len() >= LONGER_THAN_A_WORD);
    let other = other.filter(|value| asked.secrets.iter().all(|secret| secret.expose() != value));
    let sent: Vec<_> = other.flat_map(|value| leak::forms(&value)).collect();
    let mut forms = asked.secrets.iter().flat_map(Secret::forms).chain(&sent);
    let echoed = forms.any(|form| texts.iter().any(|text| text.contains(form)));
    let expected = "no header and no body repeats a credential";
    echoed
        .then(|| Violation::new(Clause::AuthNoEcho, expected, "a credential of the run", exchange))
        .into_iter()
        .collect()
}

fn status(answer: &Answer, asked: &Asked, exchange: &Rc<Exchange>) -> Option<Violation> {
    let (clause, expected) = match answer.status {
        status if asked.also_legal.contains(&status) || status == 429 => return None,
        500.. => (Clause::StatusNoServerError, "no 5xx status".to_owned()),
        _ if asked.outside => return None,
        status if contract::statuses().contains(&status) => return None,
        status @ 200..400 => {
            let expected = format!("success as 200, not as {status}");
            (Clause::StatusSuccessIs200, expected)
        }
        _ => {
            let documented: Vec<_> = contract::statuses().iter().map(u16::to_string).collect();
            (Clause::StatusDocumented, format!("one of {}", documented.join(", ")))
        }
    };
    Some(Violation::new(clause, expected, exchange.received(), exchange))
}

fn body(answer: &Answer, asked: &Asked, exchange: &Rc<Exchange>) -> Vec<Violation> {
    let mut found = Vec::new();
    if answer.status == 401 && answer.header("WWW-Authenticate").is_none() {
        let expected = "a WWW-Authenticate header with the 401";
        found.push(Violation::new(Clause::AuthChallenge, expected, "none", exchange));
    }
    found.extend(length(answer, exchange));
    let document = match json::read(&answer.body) {
        Ok(document) => document,
        Err(error) => {
            if answer.status == 200 && answer.body.is_empty() {
                let (clause, expected) = (Clause::StatusSuccessIs200, "a 200 with a body");
                found.push(Violation::new(clause, expected, "an empty body", exchange));
            }
            let received = if answer.body.is_empty() { "an empty body".to_owned() } else { error };
            found.push(Violation::new(Clause::MediaJson, "one JSON value", received, exchange));
            found.extend(media_type(answer, answer.status, None, exchange));
            return found;
        }
    };
    for pointer in &document.repeated {
        let expected = "each key once in its object";
        found.push(Violation::new(Clause::MediaUniqueKeys, expected, pointer, exchange));
    }
    let unwrapped = asked.envelope.then(|| unwrap(&document.value)).flatten();
    let (status, payload) = match &unwrapped {
        Some((status, payload)) => (*status, *payload),
        None => (answer.status, &document.value),
    };
    found.extend(media_type(answer, answer.status, unwrapped.as_ref().map(|_| status), exchange));
    found.extend(shape(status, payload, exchange));
    if status == 200
        && let Some(subject) = &asked.subject
    {
        found.extend(subject::judge(subject, payload, exchange));
    }
    if status >= 400 {
        found.extend(error_values(status, payload, exchange));
        if let Some(leaked) = leak::given_away(&texts(&document.value)) {
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
/// that is alone and untrue leaves no whole answer.
fn length(answer: &Answer, exchange: &Rc<Exchange>) -> Option<Violation> {
    let _chunked = answer.header("Transfer-Encoding")?;
    let said = answer.header("Content-Length")?;
    let length = answer.body.len();
    let expected = format!("no Content-Length but the body's, {length}");
    (said.trim().parse() != Ok(length))
        .then(|| Violation::new(Clause::MediaJson, expected, said, exchange))
}

/// The status and the payload of an envelope: an object that carries `status` and one object, and
/// is no user and no error itself, which may have such properties beside the documented ones.
pub fn unwrap(value: &Value) -> Option<(u16, &Value)> {
    const PAYLOAD: [&str; 5] = ["id", "username", "roles", "error", "errorCode"];
    let object = value.as_object()?;
    if PAYLOAD.iter().any(|name| object.contains_key(*name)) {
        return None;
    }
    let status = schema::whole(object.get("status")?.as_number()?)?;
    let status = u16::try_from(status).ok()?;
    let mut payloads = object.values().filter(|value| value.is_object());
    match (payloads.next(), payloads.next()) {
        (Some(payload), None) => Some((status, payload)),
        _ => None,
    }
}

/// Content-Type against the documented one. In an envelope whose status line is 200 an error
/// may carry either type: no sentence says which.
fn media_type(
    answer: &Answer,
    status: u16,
    enveloped: Option<u16>,
    exchange: &Rc<Exchange>,
) -> Vec<Violation> {
    let wanted: Vec<&str> = [Some(status), enveloped]
        .into_iter()
        .flatten()
        .filter_map(|status| contract::content(status).map(|content| content.media_type))
        .collect();
    let Some(documented) = wanted.first() else { return Vec::new() };
    let clause = if status == 200 { Clause::MediaSuccess } else { Clause::MediaErrors };
    let mut found = Vec::new();
    let all: Vec<_> = answer.header_values("Content-Type").collect();
    match all.as_slice() {
        [] => {
            found.push(("no Content-Type".to_owned(), clause, format!("Content-Type {documented}")))
        }
        [got] if !wanted.iter().any(|wanted| media::is(got, wanted)) => {
            found.push((got.clone(), clause, format!("Content-Type {documented}")));
        }
        [got] => {
            let charset = media::charset(got).filter(|c| !matches!(c.as_str(), "utf-8" | "utf8"));
            if let Some(charset) = charset.filter(|_| !answer.body.is_ascii()) {
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

fn shape(status: u16, payload: &Value, exchange: &Rc<Exchange>) -> Vec<Violation> {
    let Some(schema) = contract::content(status).and_then(|content| content.schema) else {
        return Vec::new();
    };
    let mut breaches = schema::validate(schema, payload);
    if status == 200 {
        breaches.extend(unexplained_null(payload));
        breaches.extend(expired_before_sent(payload));
    }
    breaches
        .into_iter()
        .map(|breach| {
            let place = if breach.pointer.is_empty() { "the body" } else { &breach.pointer };
            let clause =
                if status == 200 { success_clause(&breach) } else { error_clause(&breach) };
            Violation::new(
                clause,
                format!("{place}: {}", breach.expected),
                breach.received.clone(),
                exchange,
            )
        })
        .collect()
}

/// The schema lets `invitationExpiresAt` be null, its description only for one membership.
fn unexplained_null(payload: &Value) -> Option<Breach> {
    let rejected = payload["orgMembershipStatus"] == "INVITATION_REJECTED";
    let null = payload.get("invitationExpiresAt").is_some_and(Value::is_null);
    (null && !rejected).then(|| Breach {
        pointer: "/invitationExpiresAt".to_owned(),
        expected: "null only for a rejected invitation".to_owned(),
        received: "null".to_owned(),
        kind: BreachKind::Value,
    })
}

/// An invitation ends after it was sent.
fn expired_before_sent(payload: &Value) -> Option<Breach> {
    let instant = |field: &str| payload[field].as_str().and_then(format::utc_date_time);
    let (sent, ends) = (instant("invitationCreatedAt")?, instant("invitationExpiresAt")?);
    (ends < sent).then(|| Breach {
        pointer: "/invitationExpiresAt".to_owned(),
        expected: format!("a time after invitationCreatedAt, {sent}"),
        received: ends.to_string(),
        kind: BreachKind::Value,
    })
}

fn error_values(status: u16, payload: &Value, exchange: &Rc<Exchange>) -> Option<Violation> {
    let got = payload.get("error").and_then(Value::as_f64)?;
    let expected = format!("`error` equal to the status, {status}");
    ((got - f64::from(status)).abs() > f64::EPSILON)
        .then(|| Violation::new(Clause::ErrorError, expected, got.to_string(), exchange))
}

/// The clause of a breach in the body of a 200.
fn success_clause(breach: &Breach) -> Clause {
    match (breach.kind, first_segment(breach)) {
        (BreachKind::Missing, _) => Clause::SuccessRequired,
        (BreachKind::MissingByCondition, _) => Clause::SuccessRequiredByStatus,
        (_, "" | "id") => Clause::SuccessId,
        (_, "orgMembershipStatus") => Clause::SuccessMembership,
        (_, "roles") => Clause::SuccessRoles,
        (_, "username") => Clause::SuccessUsername,
        (_, "invitationCreatedAt" | "invitationExpiresAt") => Clause::SuccessInvitationTimes,
        (_, "inviterUsername") => Clause::SuccessInviter,
        _ => Clause::SuccessOtherFields,
    }
}

/// The clause of a breach in the body of an error.
fn error_clause(breach: &Breach) -> Clause {
    match first_segment(breach) {
        "" | "error" => Clause::ErrorError,
        "errorCode" => Clause::ErrorCode,
        "parameters" if breach.pointer == "/parameters" => Clause::ErrorParameters,
        "parameters" => Clause::ErrorParameterElements,
        "badRequestDetail" => Clause::ErrorBadRequestDetail,
        _ => Clause::ErrorTexts,
    }
}

fn first_segment(breach: &Breach) -> &str {
    breach.pointer.trim_start_matches('/').split('/').next().unwrap_or_default()
}
