// Written by `cargo xtask codegen`; edits are lost.
// From codegen/runtime/client.rs.
#![cfg_attr(rustfmt, rustfmt_skip)]

//! The client: one method per operation, on reqwest. An answer is never a panic: what the
//! documents do not know comes back as its bytes.

use std::fmt;
use std::sync::Mutex;

use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use reqwest::{Method, Response, StatusCode, Url};
use serde::de::DeserializeOwned;

use crate::contract::Operation;
use crate::digest::Challenge;

/// Who the client acts as.
#[derive(Clone)]
pub enum Credentials {
    /// A bearer token, of a service account for instance.
    Bearer(String),
    /// An API key pair, through HTTP Digest.
    Digest {
        /// The public key.
        username: String,
        /// The private key.
        password: String,
    },
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer(..)",
            Self::Digest { .. } => "Digest(..)",
        })
    }
}

/// Why a call has no answer of its type.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The base URL can't be used.
    #[error("expected an http or https base URL, got `{0}`")]
    BaseUrl(String),
    /// The request could not be sent or its answer not be read.
    #[error("the exchange failed")]
    Transport(#[from] reqwest::Error),
    /// The request body can't be written as JSON.
    #[error("the request body can't be written as JSON")]
    Encode(#[source] serde_json::Error),
    /// A documented answer has a body of another shape.
    #[error("status {status}: the body does not have the documented shape")]
    Body {
        /// The status.
        status: u16,
        /// The body as it came.
        body: Bytes,
        /// Where it departs.
        source: serde_json::Error,
    },
}

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

/// A client of one server.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    credentials: Credentials,
    challenge: Mutex<Option<(Challenge, u32)>>,
}

/// A request before it is authenticated.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) path: String,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) accept: &'static str,
    pub(crate) body: Option<(&'static str, Vec<u8>)>,
}

/// An answer before it is decoded.
pub(crate) struct Raw {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
}

impl Raw {
    /// The body in its documented shape.
    pub(crate) fn decode<T: DeserializeOwned>(self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|source| Error::Body {
            status: self.status,
            body: self.body,
            source,
        })
    }

    pub(crate) fn undocumented(self) -> Undocumented {
        Undocumented { status: self.status, content_type: self.content_type, body: self.body }
    }
}

impl Client {
    /// A client of the server at `base`, whose path is kept as a prefix.
    ///
    /// # Errors
    /// When `base` is no http or https URL.
    pub fn new(http: reqwest::Client, base: &str, credentials: Credentials) -> Result<Self, Error> {
        let url = Url::parse(base).map_err(|_| Error::BaseUrl(base.to_owned()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Error::BaseUrl(base.to_owned()));
        }
        Ok(Self { http, base: url, credentials, challenge: Mutex::new(None) })
    }

    /// Sends a call: with a token at once, with Digest in as many trips as the challenge takes.
    pub(crate) async fn send(&self, call: Call<'_>) -> Result<Raw, Error> {
        let url = self.url(&call)?;
        let mut response = self.trip(&call, &url, self.authorization(&call, &url)).await?;
        if matches!(self.credentials, Credentials::Digest { .. }) {
            // The first trip may lack a challenge, and a nonce that was kept may be stale.
            for _ in 0..2 {
                let known = response.status() != StatusCode::UNAUTHORIZED;
                let Some(challenge) = challenge(&response).filter(|_| !known) else { break };
                let answered = self.keep(challenge);
                response = self.trip(&call, &url, self.authorization(&call, &url)).await?;
                if answered && !challenge_is_stale(&response) {
                    break;
                }
            }
        }
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(Raw { status: response.status().as_u16(), content_type, body: response.bytes().await? })
    }

    fn url(&self, call: &Call<'_>) -> Result<Url, Error> {
        let prefix = self.base.path().trim_end_matches('/');
        let mut url = self
            .base
            .join(&format!("{prefix}{}", call.path))
            .map_err(|_| Error::BaseUrl(self.base.to_string()))?;
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        Ok(url)
    }

    async fn trip(
        &self,
        call: &Call<'_>,
        url: &Url,
        authorization: Option<String>,
    ) -> Result<Response, Error> {
        let method = Method::from_bytes(call.operation.method.as_bytes()).unwrap_or(Method::GET);
        let mut request = self.http.request(method, url.clone()).header(ACCEPT, call.accept);
        if let Some(value) = authorization {
            request = request.header(AUTHORIZATION, value);
        }
        if let Some((media_type, body)) = &call.body {
            request = request.header(CONTENT_TYPE, *media_type).body(body.clone());
        }
        Ok(request.send().await?)
    }

    fn authorization(&self, call: &Call<'_>, url: &Url) -> Option<String> {
        match &self.credentials {
            Credentials::Bearer(token) => Some(format!("Bearer {token}")),
            Credentials::Digest { username, password } => {
                let mut kept = self.challenge.lock().ok()?;
                let (challenge, count) = kept.as_mut()?;
                *count += 1;
                let target = match url.query() {
                    Some(query) => format!("{}?{query}", url.path()),
                    None => url.path().to_owned(),
                };
                let cnonce = cnonce(*count);
                let method = call.operation.method;
                Some(challenge.authorization(username, password, method, &target, *count, &cnonce))
            }
        }
    }

    /// Keeps a challenge; says whether one was known before.
    fn keep(&self, challenge: Challenge) -> bool {
        let Ok(mut kept) = self.challenge.lock() else { return true };
        kept.replace((challenge, 0)).is_some()
    }
}

fn challenge(response: &Response) -> Option<Challenge> {
    let values = response.headers().get_all(WWW_AUTHENTICATE).iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    Challenge::strongest(texts.flat_map(|text| Challenge::parse_all(&text)).collect())
}

fn challenge_is_stale(response: &Response) -> bool {
    challenge(response).is_some_and(|challenge| challenge.stale)
}

/// A client nonce that differs from call to call and from process to process.
fn cnonce(count: u32) -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}", RandomState::new().hash_one(count))
}
