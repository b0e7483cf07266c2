//! One request as it was sent and what came back, byte for byte.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use bytes::Bytes;

/// How much of an `errorCode` is told, in characters.
const CODE_TOLD: usize = 120;

/// Header fields in the order of the wire; values are bytes, since a server may send any.
pub type Headers = Vec<(String, Vec<u8>)>;

/// A request as it goes over the wire.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method, upper case.
    pub method: String,
    /// The request target in origin form: path (with the target's prefix) and query.
    pub target: String,
    /// All header fields but Host and Content-Length.
    pub headers: Headers,
    /// The body.
    pub body: Bytes,
}

impl Request {
    /// Whether it is one of the operation under test.
    pub fn is_removal(&self) -> bool {
        self.target.contains(":removeRole")
    }
}

/// An answer, complete to the last byte.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The header fields.
    pub headers: Headers,
    /// The body as it came.
    pub body: Bytes,
}

impl Answer {
    /// The first value of a header field, as text.
    pub fn header(&self, name: &str) -> Option<String> {
        self.header_values(name).next()
    }

    /// All values of a header field, as text.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        self.headers
            .iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| String::from_utf8_lossy(value).into_owned())
    }

    /// The body as JSON; of repeated keys the last counts.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Why no complete answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Silence {
    /// No connection, so nothing was sent.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// The time limit passed before an answer began.
    #[error("no answer within {} s", .0.as_secs_f64())]
    TimedOut(Duration),
    /// The time limit passed in the middle of an answer.
    #[error("an answer began and was not complete within {} s", .0.as_secs_f64())]
    Stalled(Duration),
    /// The connection ended before an answer began: it was `closed` or `reset`.
    #[error("the connection was {0} before an answer came")]
    Closed(&'static str),
    /// The connection ended in the middle of an answer.
    #[error("the connection ended before the answer was complete: {0}")]
    Dropped(String),
    /// What came is no answer of HTTP/1.1.
    #[error("the answer can't be read: {0}")]
    Unreadable(String),
    /// The answer, or what was to become one, passed the limit.
    #[error("the answer is longer than {} KiB", .0 / 1024)]
    Endless(usize),
}

/// One recorded exchange.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// What was sent.
    pub request: Request,
    /// What came back.
    pub outcome: Result<Answer, Silence>,
    /// When it was sent.
    pub started: Instant,
    /// From the first byte sent to the last received.
    pub duration: Duration,
    /// How many bytes came, with those of interim answers and chunk sizes.
    pub came: usize,
    /// How many bytes had come behind the answer when it was whole.
    pub surplus: usize,
}

impl Exchange {
    /// Where the request went; `origin` is the target's, for a request target that has none.
    pub fn url(&self, origin: &str) -> String {
        match self.request.target.starts_with("http") {
            true => self.request.target.clone(),
            false => format!("{origin}{}", self.request.target),
        }
    }

    /// Whether the request is one of the operation under test.
    pub fn is_removal(&self) -> bool {
        self.request.is_removal()
    }

    /// The answer's status, if there is an answer.
    pub fn status(&self) -> Option<u16> {
        self.outcome.as_ref().ok().map(|answer| answer.status)
    }

    /// ... as a sentence goes on after the name of an operation.
    pub fn was_answered(&self) -> String {
        match &self.outcome {
            Ok(_) => format!("was answered with {}", self.received()),
            Err(silence) => format!("was not answered: {silence}"),
        }
    }

    /// What came back, in a few words.
    pub fn received(&self) -> String {
        match &self.outcome {
            Err(silence) => silence.to_string(),
            Ok(answer) => {
                let code = answer.json().and_then(|body| {
                    let body = body.get("content").cloned().unwrap_or(body);
                    body.get("errorCode").and_then(|code| code.as_str().map(str::to_owned))
                });
                match code {
                    Some(code) => format!("{} {}", answer.status, shortened(&code, CODE_TOLD)),
                    None => answer.status.to_string(),
                }
            }
        }
    }
}

/// The beginning of a text that a target may have made as long as it likes.
pub(crate) fn shortened(text: &str, characters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(characters) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}
