use std::borrow::Cow;
use std::sync::OnceLock;

use bytes::Bytes;
use serde_json::Value;

use super::Headers;
use super::json::{self, Document};

/// The longest body whose tree is kept; the documented ones are shorter. Exchanges stay as evidence,
/// and a tree may take a hundred times as much memory as its text.
const KEPT: usize = 2 * 1024;

/// The most arrays and objects of a tree that is kept.
const KEPT_NESTING: usize = 32;

/// A response, complete to the last byte.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub headers: Headers,
    body: Bytes,
    document: OnceLock<Result<Document, json::Error>>,
}

impl Response {
    /// A response with this head and body.
    pub fn new(status: u16, headers: Headers, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: body.into(), document: OnceLock::new() }
    }

    /// The body as it came.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

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

    /// Where the server says that the resource is, by a status that says so.
    pub fn redirects_to(&self) -> Option<String> {
        self.header("Location").filter(|_| matches!(self.status, 301 | 302 | 303 | 307 | 308))
    }

    /// The body read strictly as JSON.
    ///
    /// # Errors
    /// When it is not exactly one JSON value.
    pub fn document(&self) -> Result<Cow<'_, Document>, json::Error> {
        if !self.keeps_tree() {
            return json::read(&self.body).map(Cow::Owned);
        }
        let document = self.document.get_or_init(|| json::read(&self.body));
        document.as_ref().map(Cow::Borrowed).map_err(Clone::clone)
    }

    /// Whether the tree of the body is small, as that of every documented one is.
    fn keeps_tree(&self) -> bool {
        let opens = |byte: &&u8| matches!(byte, b'[' | b'{');
        self.body.len() <= KEPT && self.body.iter().filter(opens).count() <= KEPT_NESTING
    }

    /// The body as JSON; of repeated keys the last counts.
    pub fn json(&self) -> Option<Value> {
        self.document().ok().map(|document| document.into_owned().value)
    }
}
