//! What is said to a request, before it becomes bytes.

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{ALLOW, CONNECTION, WWW_AUTHENTICATE},
};
use serde_json::{Map, Value, json};

use super::{
    call::Call,
    json::Layout,
    media_type::{ATLAS, JSON},
    refusal::Refusal,
};

/// What is said to a request, before it becomes bytes.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// The status code.
    pub(crate) status: u16,
    /// The media type of the body.
    pub(crate) media_type: Option<String>,
    /// Further header fields.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) body: Option<Value>,
    /// How the body is spelled.
    pub(crate) layout: Layout,
}

/// What an operation that succeeded says.
#[derive(Clone, Debug)]
pub(crate) struct Success {
    /// The status code.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: Option<Value>,
}

impl Success {
    /// A 200 with a body.
    pub(crate) fn ok(body: impl Into<Value>) -> Self {
        Self { status: 200, body: Some(body.into()) }
    }
}

impl Reply {
    /// What is said to a call that came to this.
    pub(crate) fn to(call: &Call, outcome: Result<Success, Refusal>) -> Self {
        let mut reply = match outcome {
            Ok(success) => Self::bare(success.status, ATLAS, success.body),
            Err(refusal) => Self::refuse(call, &refusal),
        };
        reply.layout.pretty = call.flags.pretty;
        reply
    }

    /// A body without anything around it.
    pub(crate) fn bare(status: u16, media_type: &str, body: Option<Value>) -> Self {
        let media_type = body.as_ref().map(|_| media_type.to_owned());
        Self { status, media_type, headers: HeaderMap::new(), body, layout: Layout::default() }
    }

    /// Says no.
    pub(crate) fn refuse(call: &Call, refusal: &Refusal) -> Self {
        let mut reply = Self::bare(refusal.status(), JSON, Some(error_body(refusal)));
        match refusal {
            Refusal::Method(allowed) => reply.set(ALLOW, allowed),
            Refusal::Unauthenticated(_) => reply.challenge(call),
            // What is left of the body is of no interest.
            Refusal::TooLarge => reply.set(CONNECTION, "close"),
            _ => {}
        }
        reply
    }

    /// Asks for credentials.
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

    /// Says the same with another status, in the error body as well.
    pub(crate) fn restate(&mut self, status: u16) {
        self.status = status;
        if let Some(error) = self.body.as_mut().and_then(|body| body.get_mut("error")) {
            *error = json!(status);
        }
    }

    /// The body where it is an object.
    pub(crate) fn object(&mut self) -> Option<&mut Map<String, Value>> {
        self.body.as_mut().and_then(Value::as_object_mut)
    }

    /// Wraps the body for clients that can't read the status line.
    pub(crate) fn wrap(&mut self) {
        if let Some(content) = self.body.take() {
            self.body = Some(json!({ "status": self.status, "content": content }));
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
