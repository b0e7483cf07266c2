//! One request, read completely.

use bytes::Bytes;
use http::{HeaderMap, Method};

/// One request, read completely and not yet understood.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The method.
    pub(crate) method: Method,
    /// The request target exactly as it was sent; Digest is computed over it.
    pub(crate) target: String,
    /// The path below the mount point, percent-encoded as it was sent.
    pub(crate) path: String,
    /// The query, percent-encoded as it was sent, or nothing.
    pub(crate) query: String,
    /// The header fields.
    pub(crate) headers: HeaderMap,
    /// The body, as far as the limit lets it in.
    pub(crate) body: Bytes,
    /// Whether the body was longer than the limit.
    pub(crate) oversized: bool,
    /// The connection that it came on.
    pub(crate) connection: u64,
    /// Its number on that connection, from 1.
    pub(crate) ordinal: u64,
}

impl Request {
    /// The value of a header field that is there at most once and readable.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
