//! A response as bytes, and how they are sent.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header::CONTENT_LENGTH};

/// A response as bytes, and how they are sent.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) status: u16,
    /// All header fields except those of the framing.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The way in which the body is sent.
    pub(crate) delivery: Delivery,
    /// The time for which the response is held back.
    pub(crate) delay: Duration,
}

/// The way in which a body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// In one piece, with its length.
    Whole,
    Chunked,
    /// As HTTP/1.0, until the connection closes.
    UntilClose,
    /// In a few pieces with pauses, with its length.
    Trickled,
    /// With its length, but the connection drops after so many bytes.
    Truncated(usize),
    Endless,
    /// The connection drops without a response.
    Dropped,
    /// Nothing is ever sent.
    Never,
}

impl Wire {
    /// Adds a Content-Length if the delivery needs one.
    pub(crate) fn declare_length(&mut self) {
        let length = match self.delivery {
            // A 204 has no body and no length of it (RFC 9110, section 8.6).
            _ if self.status == 204 => return,
            Delivery::Chunked | Delivery::UntilClose | Delivery::Endless => return,
            _ => self.body.len(),
        };
        self.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
}
