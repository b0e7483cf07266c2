//! A response before it becomes bytes.

use std::time::Duration;

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{ALLOW, CONNECTION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
};
use serde_json::{Map, Value, json};

use super::Call;
use crate::{
    http::{ATLAS, Delivery, JSON, Layout, Wire},
    refusal::Refusal,
};

/// A response before it becomes bytes.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// The media type of the body.
    pub(crate) media_type: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Value>,
    /// The layout of the body.
    pub(crate) layout: Layout,
}

/// The result of an operation that succeeded.
#[derive(Clone, Debug)]
pub(crate) struct Success {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Success {
    /// A 200 with a body.
    pub(crate) fn ok(body: impl Into<Value>) -> Self {
        Self { status: 200, body: Some(body.into()) }
    }
}

impl Response {
    /// The response to a call with this outcome.
    pub(crate) fn to(call: &Call, outcome: Result<Success, Refusal>) -> Self {
        let mut response = match outcome {
            Ok(success) => Self::bare(success.status, ATLAS, success.body),
            Err(refusal) => Self::refuse(call, &refusal),
        };
        response.layout.pretty = call.flags.pretty;
        response
    }

    /// A response without further header fields.
    pub(crate) fn bare(status: u16, media_type: &str, body: Option<Value>) -> Self {
        let media_type = body.as_ref().map(|_| media_type.to_owned());
        Self { status, media_type, headers: HeaderMap::new(), body, layout: Layout::default() }
    }

    /// The response to a refusal.
    pub(crate) fn refuse(call: &Call, refusal: &Refusal) -> Self {
        let mut response = Self::bare(refusal.status(), JSON, Some(error_body(refusal)));
        match refusal {
            Refusal::Method(allowed) => response.set(ALLOW, allowed),
            Refusal::Unauthenticated(_) => response.challenge(call),
            // The rest of the body is not read.
            Refusal::TooLarge => response.set(CONNECTION, "close"),
            Refusal::TooManyRequests => response.set(RETRY_AFTER, "1"),
            _ => {}
        }
        response
    }

    pub(crate) fn challenge(&mut self, call: &Call) {
        for challenge in &call.challenges {
            if let Ok(value) = HeaderValue::from_str(challenge) {
                self.headers.append(WWW_AUTHENTICATE, value);
            }
        }
    }

    /// Sets a header field.
    pub(crate) fn set(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// Changes the status, in the error body as well.
    pub(crate) fn restate(&mut self, status: u16) {
        self.status = status;
        if let Some(error) = self.body.as_mut().and_then(|body| body.get_mut("error")) {
            *error = json!(status);
        }
    }

    /// Takes the body away.
    pub(crate) fn remove_body(&mut self) {
        self.body = None;
        self.media_type = None;
    }

    /// The body, if it is an object.
    pub(crate) fn object(&mut self) -> Option<&mut Map<String, Value>> {
        self.body.as_mut().and_then(Value::as_object_mut)
    }

    /// Wraps the body for clients that can't read the status line.
    pub(crate) fn wrap(&mut self) {
        if let Some(content) = self.body.take() {
            self.body = Some(json!({ "status": self.status, "content": content }));
        }
    }

    /// Writes it as bytes.
    pub(crate) fn into_wire(self) -> Wire {
        let body = self.body.map(|body| self.layout.write(&body)).unwrap_or_default();
        let mut headers = self.headers;
        let media_type = self.media_type.and_then(|name| HeaderValue::from_str(&name).ok());
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, media_type);
        }
        Wire {
            status: self.status,
            headers,
            body: body.into(),
            delivery: Delivery::Whole,
            delay: Duration::ZERO,
        }
    }
}

fn error_body(refusal: &Refusal) -> Value {
    let parameters = match refusal {
        Refusal::PathParameter(name) | Refusal::QueryParameter(name) => json!([{ "name": name }]),
        Refusal::Body(flaw) => flaw.property().map_or(json!([]), |name| json!([{ "name": name }])),
        _ => json!([]),
    };
    json!({
        "detail": refusal.detail(),
        "error": refusal.status(),
        "errorCode": refusal.code(),
        "parameters": parameters,
        "reason": reason(refusal.status()),
    })
}

fn reason(status: u16) -> &'static str {
    let known = http::StatusCode::from_u16(status).ok();
    known.and_then(|status| status.canonical_reason()).unwrap_or("Error")
}
