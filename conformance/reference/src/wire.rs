//! A reply as bytes, and how they travel.

use std::time::Duration;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};

use super::reply::Reply;

/// A reply as bytes, and how they travel.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    /// The status code.
    pub(crate) status: u16,
    /// All header fields but those of the framing.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) body: Bytes,
    /// How the body travels.
    pub(crate) delivery: Delivery,
    /// How long the answer is held back.
    pub(crate) delay: Duration,
}

/// How a body travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// In one piece, its length declared.
    Whole,
    /// In chunks.
    Chunked,
    /// As HTTP/1.0, until the connection closes.
    UntilClose,
    /// In a few pieces with pauses, its length declared.
    Trickled,
    /// The length is declared, and the connection drops after so many bytes.
    Truncated(usize),
    /// Chunks without end.
    Endless,
    /// The connection drops without an answer.
    Dropped,
    /// Nothing is ever sent.
    Never,
}

impl Wire {
    /// Spells a reply.
    pub(crate) fn of(reply: Reply) -> Self {
        let body = reply.body.map(|body| reply.layout.write(&body)).unwrap_or_default();
        let mut headers = reply.headers;
        let media_type = reply.media_type.and_then(|name| HeaderValue::from_str(&name).ok());
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, media_type);
        }
        Self {
            status: reply.status,
            headers,
            body: body.into(),
            delivery: Delivery::Whole,
            delay: Duration::ZERO,
        }
    }

    /// Declares the length where it is to be declared.
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
