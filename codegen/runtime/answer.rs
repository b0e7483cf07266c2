//! Answers: never a panic, never more memory than is allowed, and what no document knows is kept.

use std::pin::pin;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use crate::client::Error;

/// An answer that no document knows, kept as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undocumented {
    /// The status.
    pub status: u16,
    /// Content-Type, if there is one that is text.
    pub content_type: Option<String>,
    /// The body.
    pub body: Bytes,
}

/// An answer before it is decoded.
#[derive(Debug, Clone)]
pub struct Raw {
    /// The status.
    pub status: u16,
    /// Content-Type, if there is one that is text.
    pub content_type: Option<String>,
    /// The body.
    pub body: Bytes,
}

impl Raw {
    /// Reads a response to its end.
    ///
    /// # Errors
    /// When it breaks off, or has more bytes than the limit.
    pub(crate) async fn read(response: Response, limit: usize) -> Result<Self, Error> {
        let status = response.status().as_u16();
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).map(str::to_owned);
        let mut body = BytesMut::new();
        let mut chunks = pin!(response.bytes_stream());
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk?;
            if body.len().saturating_add(chunk.len()) > limit {
                return Err(Error::TooLarge { status, limit });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self { status, content_type, body: body.freeze() })
    }

    /// The body in its documented shape; an empty one counts as an object without properties.
    ///
    /// # Errors
    /// When it has another shape.
    pub fn decode<T: DeserializeOwned>(self) -> Result<T, Error> {
        let body: &[u8] = if self.body.is_empty() { b"{}" } else { &self.body };
        serde_json::from_slice(body).map_err(|source| Error::Body {
            status: self.status,
            body: self.body,
            source,
        })
    }

    /// The body as text.
    ///
    /// # Errors
    /// When it is no UTF-8.
    pub fn text(self) -> Result<String, Error> {
        let status = self.status;
        String::from_utf8(self.body.into()).map_err(|source| Error::Text { status, source })
    }

    /// The answer as it came.
    pub fn undocumented(self) -> Undocumented {
        Undocumented { status: self.status, content_type: self.content_type, body: self.body }
    }
}
