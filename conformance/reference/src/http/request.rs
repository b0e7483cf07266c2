//! A request that was read completely.

use bytes::Bytes;
use http::{HeaderMap, Method};

/// A request that was read completely, and not yet checked.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// The request target exactly as it was sent; Digest is computed over it.
    pub(crate) target: String,
    /// The path without the prefix of the server, percent-encoded as it was sent.
    pub(crate) path: String,
    /// The query, percent-encoded as it was sent, or nothing.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// The body, up to the limit.
    pub(crate) body: Bytes,
    /// Whether the body was longer than the limit.
    pub(crate) oversized: bool,
    /// The connection that it came on.
    pub(crate) connection: u64,
    /// Its number on that connection, from 1.
    pub(crate) ordinal: u64,
}

impl Request {
    /// The value of a header field, if it is readable.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
