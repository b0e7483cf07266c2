//! Answers: never a panic, never more memory than is allowed, and what no document knows is kept.

use std::fmt;
use std::ops::Deref;
use std::pin::pin;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use crate::client::Error;

/// How much of a body `Debug` shows.
const SHOWN: usize = 200;

/// A body that `Debug` cuts, as it may be long, or hold what is nobody's business.
#[derive(Clone, PartialEq, Eq)]
pub struct Content(pub Bytes);

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.get(..SHOWN).unwrap_or(&self.0);
        write!(f, "{:?}", String::from_utf8_lossy(shown))?;
        match self.0.len() - shown.len() {
            0 => Ok(()),
            more => write!(f, " and {more} bytes more"),
        }
    }
}

impl Deref for Content {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// An answer that no document knows, kept as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct Undocumented {
    /// The status.
    pub status: u16,
    /// Content-Type, if there is one that is text.
    pub content_type: Option<String>,
    /// The body.
    pub body: Bytes,
}

/// An answer before it is decoded.
#[derive(Clone)]
pub struct Raw {
    /// The status.
    pub status: u16,
    /// Content-Type, if there is one that is text.
    pub content_type: Option<String>,
    /// The body.
    pub body: Bytes,
}

impl fmt::Debug for Undocumented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Undocumented")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body", &Content(self.body.clone()))
            .finish()
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.clone().undocumented().fmt(f)
    }
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
            body: Content(self.body),
            source,
        })
    }

    /// The body as text.
    ///
    /// # Errors
    /// When it is no UTF-8.
    pub fn text(self) -> Result<String, Error> {
        let status = self.status;
        match std::str::from_utf8(&self.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(source) => Err(Error::Text { status, body: Content(self.body), source }),
        }
    }

    /// The documented answer that it is.
    ///
    /// # Errors
    /// When its body has another shape.
    pub fn answer<A: Answer>(self) -> Result<A, Error> {
        A::read(self)
    }

    /// The answer as it came.
    pub fn undocumented(self) -> Undocumented {
        Undocumented { status: self.status, content_type: self.content_type, body: self.body }
    }
}

/// The documented answers of an operation.
pub trait Answer: Sized {
    /// Tells an answer by its status, and decodes it.
    ///
    /// # Errors
    /// When its body has another shape.
    fn read(raw: Raw) -> Result<Self, Error>;
}

/// A documented answer that is no success, or one that no document knows.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("expected a success, got {0:?}")]
pub struct Refused<A: fmt::Debug>(Box<A>);

impl<A: fmt::Debug> Refused<A> {
    /// The error that this answer is.
    pub fn new(answer: A) -> Self {
        Self(Box::new(answer))
    }

    /// The answer.
    pub fn answer(&self) -> &A {
        &self.0
    }

    /// The answer.
    pub fn into_answer(self) -> A {
        *self.0
    }
}
