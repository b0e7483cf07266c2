//! One request as it was sent and what came back, byte for byte.

mod circumstance;
pub mod envelope;
pub mod json;
mod response;
mod transport_error;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::Value;

pub use circumstance::{Circumstance, Circumstances};
pub use response::Response;
pub use transport_error::TransportError;

/// The most characters of an `errorCode` that are shown.
const ERROR_CODE_SHOWN: usize = 120;

/// Header fields as they stand on the wire: in their order, names in their case. Values are bytes,
/// since a server may send any.
pub type Headers = Vec<(String, Vec<u8>)>;

/// A request as it goes over the wire.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method, upper case.
    pub method: String,
    /// The request target in origin form: path (with the target's prefix) and query.
    pub target: String,
    /// All header fields but Host and Content-Length.
    pub headers: Headers,
    pub body: Bytes,
    /// Whether it is a request of the operation under test.
    pub under_test: bool,
    /// Whether it asks for an envelope: `envelope=true`.
    pub envelope: bool,
    /// What it is sent under, as far as the suite that sends it says.
    pub circumstances: Arc<Circumstances>,
}

#[derive(Debug, Clone)]
pub struct Exchange {
    pub request: Request,
    pub outcome: Result<Response, TransportError>,
    /// When it was sent.
    pub started: Instant,
    /// From the first byte sent to the last received.
    pub duration: Duration,
    /// How many bytes came, interim responses and chunk sizes included.
    pub bytes_received: usize,
    /// How many bytes followed the end of the response.
    pub trailing_bytes: usize,
}

impl Exchange {
    /// An exchange that took no time, as recordings and tests have them.
    pub fn instant(request: Request, outcome: Result<Response, TransportError>) -> Self {
        let started = Instant::now();
        let duration = Duration::ZERO;
        Self { request, outcome, started, duration, bytes_received: 0, trailing_bytes: 0 }
    }

    /// The URL of the request; `origin` is the target's, for a request target that has none.
    pub fn url(&self, origin: &str) -> String {
        match self.request.target.starts_with("http") {
            true => self.request.target.clone(),
            false => format!("{origin}{}", self.request.target),
        }
    }

    /// The response, if one came.
    pub fn response(&self) -> Option<&Response> {
        self.outcome.as_ref().ok()
    }

    /// The status of the response, if one came.
    pub fn status(&self) -> Option<u16> {
        self.response().map(|response| response.status)
    }

    /// The body as JSON, if a response came and has one.
    pub fn json(&self) -> Option<Value> {
        self.response()?.json()
    }

    /// The status of the operation itself, 0 without a response: an envelope keeps it where the
    /// status line says 200.
    pub fn effective_status(&self) -> u16 {
        match self.status() {
            Some(200) => {
                let unwrapped = self.unwrapped();
                unwrapped.map_or(200, |(status, payload)| envelope::stated(status, &payload))
            }
            status => status.unwrap_or(0),
        }
    }

    /// The payload of the response, taken out of its envelope.
    pub fn payload(&self) -> Option<Value> {
        self.unwrapped().map(|(_, payload)| payload).or_else(|| self.json())
    }

    /// The status and the payload of the envelope, where one was asked for and came.
    pub fn unwrapped(&self) -> Option<(u16, Value)> {
        if !self.request.envelope {
            return None;
        }
        let document = self.response()?.document().ok()?;
        envelope::unwrap(&document.value).map(|(status, payload)| (status, payload.clone()))
    }

    /// What came back, as the end of a sentence about the operation: `was answered with 404`.
    pub fn was_answered(&self) -> String {
        match &self.outcome {
            Ok(_) => format!("was answered with {}", self.received()),
            Err(error) => format!("was not answered: {error}"),
        }
    }

    /// What came back, in a few words: the status and the error code.
    pub fn received(&self) -> String {
        let response = match &self.outcome {
            Ok(response) => response,
            Err(error) => return error.to_string(),
        };
        let document = response.document().ok();
        let code = document.as_ref().and_then(|document| {
            let body = document.value.get("content").unwrap_or(&document.value);
            body.get("errorCode").and_then(Value::as_str)
        });
        match code {
            Some(code) => format!("{} {}", response.status, shorten(code, ERROR_CODE_SHOWN)),
            None => response.status.to_string(),
        }
    }
}

/// The first so many characters of a text that a target may have made as long as it likes.
pub fn shorten(text: &str, characters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(characters) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}
