//! Sending calls, on reqwest. A generated client has a method per operation and sends through this. An
//! answer is never a panic: what the documents do not know comes back as its bytes.

mod retry;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderValue, WWW_AUTHENTICATE};
use reqwest::{Method, Response, StatusCode, Url};

use crate::answer::{Content, Raw};
use crate::credentials::{Credentials, Kept, Token};
use crate::digest::Challenge;
use crate::request::Call;
use crate::settings::{Observed, Settings};

/// How many bytes the answer of a token endpoint may have.
const TOKEN_LIMIT: usize = 1 << 20;

/// Why a call has no answer of its type: the exchange failed, or a documented answer has another
/// shape.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The base URL can't be used. It is not shown: it may hold a password.
    #[error("expected an http or https base URL, got {0}")]
    BaseUrl(&'static str),
    /// There is no HTTP client to be had, for want of a TLS provider or of certificates.
    #[error("can't make an HTTP client")]
    Http(#[source] reqwest::Error),
    /// A redirect was followed by the HTTP client: the answer is another server's or another path's.
    #[error("expected an answer of {path}, got one of `{place}` after a redirect")]
    Redirected {
        /// The path template.
        path: &'static str,
        /// Where the answer came from, without its query.
        place: String,
    },
    /// The call took longer than `Settings::deadline`.
    #[error("expected an answer within {0:?}, got none")]
    Deadline(Duration),
    /// A value of a path would be taken as a step to another path.
    #[error("expected values that leave the path {path} as it is, got one that is `.` or `..`")]
    Step {
        /// The path template.
        path: &'static str,
    },
    /// A link of an answer leads to another server.
    #[error("expected a link to the same server, got `{link}`")]
    Link {
        /// The link, without its query.
        link: String,
    },
    /// The request could not be sent or its answer not be read.
    #[error("the exchange failed")]
    Transport(#[source] reqwest::Error),
    /// A part of the request can't be written as JSON.
    #[error("a part of the request can't be written as JSON")]
    Encode(#[source] serde_json::Error),
    /// The credentials hold what no header field can.
    #[error("expected credentials that fit into a header field, got a control character")]
    Credentials,
    /// The token endpoint gave no token.
    #[error("expected a token from the token endpoint, got status {status}{}", after_colon(reason))]
    Token {
        /// The status.
        status: u16,
        /// `error` and `error_description` of the answer (RFC 6749, 5.2).
        reason: Option<String>,
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
        /// The body as it came.
        body: Content,
        /// Where it departs.
        source: std::str::Utf8Error,
    },
    /// A documented answer has a body of another shape.
    #[error("status {status}: the body does not have the documented shape")]
    Body {
        /// The status.
        status: u16,
        /// The body as it came.
        body: Content,
        /// Where it departs.
        source: serde_json::Error,
    },
}

fn after_colon(reason: &Option<String>) -> String {
    reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default()
}

/// An error of the exchange never shows the URL, whose query may hold what is secret.
impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error.without_url())
    }
}

/// A client of one server; clones share connections and what was learnt of the server.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    credentials: Arc<Credentials>,
    settings: Settings,
    kept: Arc<Kept>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &place(&self.base))
            .field("credentials", &self.credentials)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// A URL without what may be secret.
fn place(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}

/// An HTTP client that follows no redirect, and for plain http needs no certificates.
#[cfg(not(target_arch = "wasm32"))]
fn http(base: &Url) -> Result<reqwest::Client, Error> {
    #[cfg(feature = "tls")]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    let mut builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    if base.scheme() == "http" {
        builder = builder.tls_certs_only([]);
    }
    builder.build().map_err(|error| Error::Http(error.without_url()))
}

/// A browser has its own way with redirects, and with TLS.
#[cfg(target_arch = "wasm32")]
fn http(_base: &Url) -> Result<reqwest::Client, Error> {
    reqwest::Client::builder().build().map_err(Error::Http)
}

fn base_url(base: &str) -> Result<Url, Error> {
    let url = Url::parse(base).map_err(|_| Error::BaseUrl("what is no URL"))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err(Error::BaseUrl("another scheme")),
    }
}

impl Client {
    /// A client of the server at `base` on an HTTP client that needs no further setup with the feature
    /// `tls`, and follows no redirect.
    ///
    /// # Errors
    /// When `base` is no http or https URL, or there is no TLS to be had.
    pub fn connect(
        base: &str,
        credentials: Credentials,
        settings: Settings,
    ) -> Result<Self, Error> {
        Self::with(http(&base_url(base)?)?, base, credentials, settings)
    }

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
        let (base, credentials) = (base_url(base)?, Arc::new(credentials));
        Ok(Self { http, base, credentials, settings, kept: Arc::default() })
    }

    /// Sends a call, again where that is worth it, and reads the answer.
    ///
    /// # Errors
    /// When no answer came, or one that is too large.
    #[cfg(not(feature = "tracing"))]
    pub async fn send(&self, call: Call) -> Result<Raw, Error> {
        self.in_time(&call).await
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
        let answer = self.in_time(&call).instrument(span.clone()).await;
        if let Ok(raw) = &answer {
            span.record("status", raw.status);
        }
        answer
    }

    #[cfg(not(target_arch = "wasm32"))]
    async fn in_time(&self, call: &Call) -> Result<Raw, Error> {
        match self.settings.deadline {
            Some(deadline) => tokio::time::timeout(deadline, self.persist(call))
                .await
                .unwrap_or(Err(Error::Deadline(deadline))),
            None => self.persist(call).await,
        }
    }

    /// There is no clock in a browser.
    #[cfg(target_arch = "wasm32")]
    async fn in_time(&self, call: &Call) -> Result<Raw, Error> {
        self.persist(call).await
    }

    async fn persist(&self, call: &Call) -> Result<Raw, Error> {
        let url = self.url(call)?;
        let mut repetition = 0;
        loop {
            let wait = match self.attempt(call, &url, repetition).await {
                Ok(Attempt::Answered(raw)) => return Ok(raw),
                Ok(Attempt::Again(wait)) => wait,
                Err(Error::Transport(error))
                    if repetition < self.settings.retries
                        && !cfg!(target_arch = "wasm32")
                        && is_worth_repeating(call, &error) =>
                {
                    retry::backoff(&self.settings, repetition)
                }
                Err(error) => return Err(error),
            };
            retry::sleep(wait).await;
            repetition += 1;
        }
    }

    async fn attempt(&self, call: &Call, url: &Url, repetition: u32) -> Result<Attempt, Error> {
        let response = self.exchange(call, url).await?;
        self.observe(call, &response, repetition);
        let (status, headers) = (response.status().as_u16(), response.headers());
        let wait = retry::wait(&self.settings, call.method, status, headers, repetition);
        match wait.filter(|_| !cfg!(target_arch = "wasm32")) {
            Some(wait) => Ok(Attempt::Again(wait)),
            None => Raw::read(response, self.settings.body_limit).await.map(Attempt::Answered),
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
        if call.is_public {
            return self.trip(call, url, None).await;
        }
        let known = self.kept.authorization(&self.credentials, call, &target);
        let (first, was_known) = match known {
            Some(value) => (Some(value), true),
            None => (self.token(None).await?, false),
        };
        let mut response = self.trip(call, url, first.as_deref()).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        match &*self.credentials {
            Credentials::None
            | Credentials::Basic { .. }
            | Credentials::HeaderKey { .. }
            | Credentials::QueryKey { .. }
            | Credentials::Bearer(_) => {}
            // A token may end before its time.
            Credentials::ServiceAccount { .. } if was_known => {
                let renewed = self.token(first.as_deref()).await?;
                response = self.trip(call, url, renewed.as_deref()).await?;
            }
            Credentials::ServiceAccount { .. } => {}
            Credentials::Digest { .. } => {
                // The first trip may lack a challenge, and a nonce may be stale, but credentials that were
                // refused are not tried again: a server may lock an account.
                for _ in 0..2 {
                    let Some(challenge) = challenge(&response) else { break };
                    self.kept.challenge(Some(challenge));
                    let answer = self.kept.authorization(&self.credentials, call, &target);
                    response = self.trip(call, url, answer.as_deref()).await?;
                    if response.status() != StatusCode::UNAUTHORIZED {
                        break;
                    }
                    if !challenge_is_stale(&response) {
                        self.kept.challenge(None);
                        break;
                    }
                }
            }
        }
        Ok(response)
    }

    /// The Authorization value with the token of a service account, one that is not `refused`; `None`
    /// for other credentials. Callers at the same time share one fetch.
    async fn token(&self, refused: Option<&str>) -> Result<Option<String>, Error> {
        let Credentials::ServiceAccount { client_id, client_secret, token_url } =
            &*self.credentials
        else {
            return Ok(None);
        };
        let mut kept = self.kept.token.lock().await;
        let fresh = kept.as_ref().filter(|token| token.lasts()).map(Token::authorization);
        if let Some(fresh) = fresh.filter(|fresh| Some(fresh.as_str()) != refused) {
            return Ok(Some(fresh));
        }
        let mut repetition = 0;
        loop {
            let request = self
                .http
                .post(token_url)
                .basic_auth(client_id, Some(client_secret))
                .timeout(self.settings.timeout)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(ACCEPT, "application/json")
                .body("grant_type=client_credentials");
            let response = request.send().await?;
            if Url::parse(token_url).is_ok_and(|asked| asked != *response.url()) {
                let place = place(response.url());
                return Err(Error::Redirected { path: "the token endpoint", place });
            }
            let (status, headers) = (response.status().as_u16(), response.headers());
            // To ask for a token twice does no more than to ask once.
            let wait = retry::wait(&self.settings, "GET", status, headers, repetition);
            if let Some(wait) = wait.filter(|_| !cfg!(target_arch = "wasm32")) {
                retry::sleep(wait).await;
                repetition += 1;
                continue;
            }
            let raw = Raw::read(response, TOKEN_LIMIT).await?;
            let token = Token::of(raw.status, &raw.body)?;
            let authorization = token.authorization();
            *kept = Some(token);
            return Ok(Some(authorization));
        }
    }

    fn url(&self, call: &Call) -> Result<Url, Error> {
        if let Some(reason) = &call.unwritten {
            return Err(Error::Encode(serde::ser::Error::custom(reason)));
        }
        if let Some(link) = &call.link {
            // Credentials are for this server alone.
            return match self.base.join(link) {
                Ok(there) if there.origin() == self.base.origin() => Ok(there),
                Ok(there) => Err(Error::Link { link: place(&there) }),
                Err(_) => Err(Error::Link { link: "what is no URL".to_owned() }),
            };
        }
        // A URL has no way to say that a segment of dots is no step (RFC 3986, 5.2.4).
        if call.path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(Error::Step { path: call.template });
        }
        let prefix = self.base.path().trim_end_matches('/');
        let mut url = self.base.clone();
        url.set_path(&format!("{prefix}{}", call.path));
        url.set_query(call.query_string().as_deref());
        if let Credentials::QueryKey { name, key } = &*self.credentials
            && !call.is_public
        {
            url.query_pairs_mut().append_pair(name, key);
        }
        Ok(url)
    }

    async fn trip(
        &self,
        call: &Call,
        url: &Url,
        authorization: Option<&str>,
    ) -> Result<Response, Error> {
        let method = Method::from_bytes(call.method.as_bytes()).unwrap_or(Method::GET);
        let mut request = self.http.request(method, url.clone()).header(ACCEPT, call.accept);
        match &*self.credentials {
            _ if call.is_public => {}
            Credentials::Basic { username, password } => {
                request = request.basic_auth(username, Some(password));
            }
            Credentials::HeaderKey { name, key } => {
                let mut value = HeaderValue::from_str(key).map_err(|_| Error::Credentials)?;
                value.set_sensitive(true);
                request = request.header(name, value);
            }
            _ => {}
        }
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if let Some(value) = call.cookie_header() {
            request = request.header(COOKIE, value);
        }
        if let Some(value) = authorization {
            request = match HeaderValue::from_str(value) {
                Ok(mut value) => {
                    value.set_sensitive(true);
                    request.header(AUTHORIZATION, value)
                }
                Err(_) => return Err(Error::Credentials),
            };
        }
        if let Some((media_type, body)) = &call.body {
            request = request.header(CONTENT_TYPE, media_type.as_ref()).body(body.clone());
        }
        let response = request.timeout(self.settings.timeout).send().await?;
        if response.url() != url {
            let place = place(response.url());
            return Err(Error::Redirected { path: call.template, place });
        }
        Ok(response)
    }
}

/// What became of one attempt.
enum Attempt {
    Answered(Raw),
    /// It is worth another, after this long.
    Again(Duration),
}

/// Whether nothing was sent, or sending it twice does no more than once. Who waited for too long has
/// waited enough.
fn is_worth_repeating(call: &Call, error: &reqwest::Error) -> bool {
    is_connect(error) || (retry::is_idempotent(call.method) && !error.is_timeout())
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
