//! The client: one method per operation, on reqwest. An answer is never a panic: what the
//! documents do not know comes back as its bytes.

use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, WWW_AUTHENTICATE};
use reqwest::{Method, Response, StatusCode, Url};

use crate::answer::Raw;
use crate::credentials::Kept;
use crate::digest::Challenge;
use crate::request::Call;
use crate::retry;
use crate::settings::{Observed, Settings};

pub use crate::answer::Undocumented;
pub use crate::credentials::Credentials;

/// How many bytes the answer of a token endpoint may have.
const TOKEN_LIMIT: usize = 1 << 20;

/// Why a call has no answer of its type.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The base URL can't be used.
    #[error("expected an http or https base URL, got `{0}`")]
    BaseUrl(String),
    /// A value of a path would be taken as a step to another path.
    #[error("expected values that leave the path {path} as it is, got one that is `.` or `..`")]
    Step {
        /// The path template.
        path: &'static str,
    },
    /// The request could not be sent or its answer not be read.
    #[error("the exchange failed")]
    Transport(#[from] reqwest::Error),
    /// The request body can't be written as JSON.
    #[error("the request body can't be written as JSON")]
    Encode(#[source] serde_json::Error),
    /// The token endpoint gave no token.
    #[error("expected a token from the token endpoint, got status {status}")]
    Token {
        /// The status.
        status: u16,
    },
    /// The answer has more bytes than the client takes.
    #[error("status {status}: the body has more than {limit} bytes")]
    TooLarge {
        /// The status.
        status: u16,
        /// The limit of the client's settings.
        limit: usize,
    },
    /// An answer in text is no UTF-8.
    #[error("status {status}: the body is no UTF-8")]
    Text {
        /// The status.
        status: u16,
        /// Where it departs; it keeps the bytes.
        source: std::string::FromUtf8Error,
    },
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

/// A client of one server.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    credentials: Credentials,
    settings: Settings,
    kept: Kept,
}

impl Client {
    /// A client of the server at `base`, whose path is kept as a prefix.
    ///
    /// # Errors
    /// When `base` is no http or https URL.
    pub fn new(http: reqwest::Client, base: &str, credentials: Credentials) -> Result<Self, Error> {
        Self::with(http, base, credentials, Settings::default())
    }

    /// A client with settings of its own.
    ///
    /// # Errors
    /// When `base` is no http or https URL.
    pub fn with(
        http: reqwest::Client,
        base: &str,
        credentials: Credentials,
        settings: Settings,
    ) -> Result<Self, Error> {
        let url = Url::parse(base).map_err(|_| Error::BaseUrl(base.to_owned()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Error::BaseUrl(base.to_owned()));
        }
        Ok(Self { http, base: url, credentials, settings, kept: Kept::default() })
    }

    /// Sends a call, again where that is worth it, and reads the answer.
    ///
    /// # Errors
    /// When no answer came, or one that is too large.
    #[cfg(not(feature = "tracing"))]
    pub async fn send(&self, call: Call) -> Result<Raw, Error> {
        self.persist(&call).await
    }

    /// Sends a call, again where that is worth it, and reads the answer, all in one span.
    ///
    /// # Errors
    /// When no answer came, or one that is too large.
    #[cfg(feature = "tracing")]
    pub async fn send(&self, call: Call) -> Result<Raw, Error> {
        use tracing::Instrument;
        let (method, path) = (call.method, call.template);
        let span = tracing::info_span!("call", method, path, status = tracing::field::Empty);
        let answer = self.persist(&call).instrument(span.clone()).await;
        if let Ok(raw) = &answer {
            span.record("status", raw.status);
        }
        answer
    }

    async fn persist(&self, call: &Call) -> Result<Raw, Error> {
        let url = self.url(call)?;
        let mut repetition = 0;
        loop {
            let wait = match self.exchange(call, &url).await {
                Ok(response) => {
                    self.observe(call, &response, repetition);
                    let (status, headers) = (response.status().as_u16(), response.headers());
                    match retry::wait(&self.settings, call.method, status, headers, repetition) {
                        None => return Raw::read(response, self.settings.body_limit).await,
                        Some(_) if cfg!(target_arch = "wasm32") => {
                            return Raw::read(response, self.settings.body_limit).await;
                        }
                        Some(wait) => wait,
                    }
                }
                // Nothing was sent, so nothing is sent twice.
                Err(Error::Transport(error))
                    if is_connect(&error) && repetition < self.settings.retries =>
                {
                    if cfg!(target_arch = "wasm32") {
                        return Err(Error::Transport(error));
                    }
                    retry::backoff(&self.settings, repetition)
                }
                Err(error) => return Err(error),
            };
            retry::sleep(wait).await;
            repetition += 1;
        }
    }

    fn observe(&self, call: &Call, response: &Response, repetition: u32) {
        if let Some(observer) = &self.settings.observer {
            observer(&Observed {
                method: call.method,
                path: call.template,
                status: response.status().as_u16(),
                headers: response.headers(),
                repetition,
            });
        }
    }

    /// One answer: with a token at once, with Digest in as many trips as the challenge takes.
    async fn exchange(&self, call: &Call, url: &Url) -> Result<Response, Error> {
        let target = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let known = || self.kept.authorization(&self.credentials, call, &target);
        let authorization = known();
        let mut renewable = authorization.is_some();
        let authorization = match authorization {
            Some(value) => Some(value),
            None => self.fetch_token().await?,
        };
        let mut response = self.trip(call, url, authorization).await?;
        renewable &= response.status() == StatusCode::UNAUTHORIZED;
        // A token may end before its time.
        if renewable && let Some(value) = self.fetch_token().await? {
            response = self.trip(call, url, Some(value)).await?;
        }
        if matches!(self.credentials, Credentials::Digest { .. }) {
            // The first trip may lack a challenge, and a nonce that was kept may be stale.
            for _ in 0..2 {
                let refused = response.status() == StatusCode::UNAUTHORIZED;
                let Some(challenge) = challenge(&response).filter(|_| refused) else { break };
                let answered = self.kept.challenge(challenge);
                response = self.trip(call, url, known()).await?;
                if answered && !challenge_is_stale(&response) {
                    break;
                }
            }
        }
        Ok(response)
    }

    /// The Authorization value with a new token of a service account; `None` for other credentials.
    async fn fetch_token(&self) -> Result<Option<String>, Error> {
        let Credentials::ServiceAccount { client_id, client_secret, token_url } = &self.credentials
        else {
            return Ok(None);
        };
        let request = self
            .http
            .post(token_url)
            .basic_auth(client_id, Some(client_secret))
            .timeout(self.settings.timeout)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body("grant_type=client_credentials");
        let raw = Raw::read(request.send().await?, TOKEN_LIMIT).await?;
        if raw.status != 200 {
            return Err(Error::Token { status: raw.status });
        }
        self.kept.grant(raw.status, &raw.body).map(Some)
    }

    fn url(&self, call: &Call) -> Result<Url, Error> {
        // A URL has no way to say that a segment of dots is no step (RFC 3986, 5.2.4).
        if call.path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(Error::Step { path: call.template });
        }
        let prefix = self.base.path().trim_end_matches('/');
        let mut url = self.base.clone();
        url.set_path(&format!("{prefix}{}", call.path));
        url.set_query(call.query_string().as_deref());
        Ok(url)
    }

    async fn trip(
        &self,
        call: &Call,
        url: &Url,
        authorization: Option<String>,
    ) -> Result<Response, Error> {
        let method = Method::from_bytes(call.method.as_bytes()).unwrap_or(Method::GET);
        let mut request = self.http.request(method, url.clone()).header(ACCEPT, call.accept);
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if let Some(value) = call.cookie_header() {
            request = request.header(COOKIE, value);
        }
        if let Some(value) = authorization {
            request = request.header(AUTHORIZATION, value);
        }
        if let Some((media_type, body)) = &call.body {
            request = request.header(CONTENT_TYPE, *media_type).body(body.clone());
        }
        Ok(request.timeout(self.settings.timeout).send().await?)
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// A browser does not tell.
#[cfg(target_arch = "wasm32")]
fn is_connect(_error: &reqwest::Error) -> bool {
    false
}

fn challenge(response: &Response) -> Option<Challenge> {
    let values = response.headers().get_all(WWW_AUTHENTICATE).iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    Challenge::strongest(texts.flat_map(|text| Challenge::parse_all(&text)).collect())
}

fn challenge_is_stale(response: &Response) -> bool {
    challenge(response).is_some_and(|challenge| challenge.stale)
}
