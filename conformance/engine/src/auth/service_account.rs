//! The token of a service account: OAuth 2.0 client credentials.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;

use super::TokenError;
use super::credentials::ServiceAccount;
use crate::exchange::{Request, Response, shorten};
use crate::secret::Secret;

/// A token is fetched anew this long before it expires.
const MARGIN: Duration = Duration::from_secs(60);

/// No token is kept for longer, whatever its endpoint says.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// A longer token fits into no header: servers take 8 KiB and less.
const LONGEST_TOKEN: usize = 8 * 1024;

/// The most characters that are shown of what the endpoint says.
const MESSAGE_SHOWN: usize = 400;

/// What is shown of a refusal that says nothing.
const NO_CODE: &str = "without an error code";

/// A service account with its current token.
pub struct Account {
    config: ServiceAccount,
    token: RefCell<Option<(Secret, Instant)>>,
    fetching: tokio::sync::Mutex<()>,
}

impl Account {
    /// An account without a token yet.
    pub fn new(config: ServiceAccount) -> Self {
        Self { config, token: RefCell::new(None), fetching: tokio::sync::Mutex::new(()) }
    }

    /// The token that was fetched last, for redaction.
    pub fn last_token(&self) -> Option<Secret> {
        self.token.borrow().as_ref().map(|(token, _)| token.clone())
    }

    /// A token that is valid for a while; `send` sends what asks for one.
    ///
    /// # Errors
    /// When `send` fails, or the token endpoint gives no token.
    pub async fn token<E: From<TokenError>>(
        &self,
        prefix: &str,
        send: impl AsyncFn(Request) -> Result<Response, E>,
    ) -> Result<Secret, E> {
        let _one_at_a_time = self.fetching.lock().await;
        if let Some((token, expires)) = self.token.borrow().as_ref()
            && Instant::now() < *expires
        {
            return Ok(token.clone());
        }
        let response = send(self.request(prefix)).await?;
        let (token, lifetime) = self.read(&response)?;
        let expires = Instant::now() + lifetime.saturating_sub(MARGIN).max(lifetime / 2);
        *self.token.borrow_mut() = Some((token.clone(), expires));
        Ok(token)
    }

    fn request(&self, prefix: &str) -> Request {
        let pair = format!("{}:{}", self.config.client_id, self.config.client_secret.expose());
        let header = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
        Request {
            method: "POST".to_owned(),
            target: format!("{prefix}/api/oauth/token"),
            headers: vec![
                header("Authorization", &format!("Basic {}", BASE64_STANDARD.encode(pair))),
                header("Content-Type", "application/x-www-form-urlencoded"),
                header("Accept", "application/json"),
            ],
            body: Bytes::from_static(b"grant_type=client_credentials"),
            ..Request::default()
        }
    }

    /// The token of an answer, and how long it lives.
    fn read(&self, response: &Response) -> Result<(Secret, Duration), TokenError> {
        let body = response.json();
        if let Some(location) = response.redirects_to() {
            let location = shorten(&location, MESSAGE_SHOWN).into_owned();
            return Err(TokenError::Redirected { status: response.status, location });
        }
        if !(200..300).contains(&response.status) {
            return Err(TokenError::Refused {
                client_id: self.config.client_id.clone(),
                status: response.status,
                message: body.map_or_else(|| NO_CODE.to_owned(), |body| message(&body)),
            });
        }
        let unusable = |why: &str| Err(TokenError::Unusable(why.to_owned()));
        let Some(body) = body else { return unusable("its body is no JSON") };
        let token = match body["access_token"].as_str() {
            None => return unusable("there is none that is a string"),
            Some("") => return unusable("it is empty"),
            Some(token) if token.len() > LONGEST_TOKEN => {
                return unusable(&format!("it is longer than {LONGEST_TOKEN} characters"));
            }
            Some(token) if !token.bytes().all(|byte| byte.is_ascii_graphic()) => {
                return unusable("it has characters that no header may have");
            }
            Some(token) => token,
        };
        // A client must not use a token whose type it doesn't know (RFC 6749, 7.1).
        let other = body["token_type"].as_str().filter(|kind| !kind.eq_ignore_ascii_case("bearer"));
        if let Some(kind) = other {
            let kind = shorten(kind, 40);
            return unusable(&format!("its token_type is `{kind}`, not `Bearer`"));
        }
        let seconds = body["expires_in"].as_u64().unwrap_or(3600);
        Ok((token.to_owned().into(), Duration::from_secs(seconds).min(LONGEST_LIFE)))
    }
}

/// What the endpoint says of a refusal (RFC 6749, 5.2, or the API's own errors).
fn message(body: &serde_json::Value) -> String {
    let texts = ["error", "errorCode", "error_description", "detail"];
    let texts: Vec<_> = texts.iter().filter_map(|name| body[*name].as_str()).collect();
    if texts.is_empty() {
        return NO_CODE.to_owned();
    }
    shorten(&texts.join(": "), MESSAGE_SHOWN).into_owned()
}
