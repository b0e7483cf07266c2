//! The token of a service account: OAuth 2.0 client credentials.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;

use crate::config::ServiceAccount;
use crate::exchange::Request;
use crate::target::wire::Wire;

/// A token is fetched anew this long before it expires.
const MARGIN: Duration = Duration::from_secs(60);

/// A service account with its current token.
pub struct Account {
    config: ServiceAccount,
    token: RefCell<Option<(String, Instant)>>,
    fetching: tokio::sync::Mutex<()>,
}

impl Account {
    /// An account without a token yet.
    pub fn new(config: ServiceAccount) -> Self {
        Self { config, token: RefCell::new(None), fetching: tokio::sync::Mutex::new(()) }
    }

    /// The token that was fetched last, for redaction.
    pub fn last_token(&self) -> Option<String> {
        self.token.borrow().as_ref().map(|(token, _)| token.clone())
    }

    /// A token that is valid for a while; `count` is told of each request that this takes.
    ///
    /// # Errors
    /// In words, with what the endpoint said.
    pub async fn token(
        &self,
        wire: &Wire,
        prefix: &str,
        count: &dyn Fn(),
    ) -> Result<String, String> {
        let _one_at_a_time = self.fetching.lock().await;
        if let Some((token, expires)) = self.token.borrow().as_ref()
            && Instant::now() < *expires
        {
            return Ok(token.clone());
        }
        count();
        let (token, lifetime) = self.fetch(wire, prefix).await?;
        let expires = Instant::now() + lifetime.saturating_sub(MARGIN).max(lifetime / 2);
        *self.token.borrow_mut() = Some((token.clone(), expires));
        Ok(token)
    }

    async fn fetch(&self, wire: &Wire, prefix: &str) -> Result<(String, Duration), String> {
        let pair = format!("{}:{}", self.config.client_id, self.config.client_secret.expose());
        let header = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
        let exchange = wire
            .send(Request {
                method: "POST".to_owned(),
                target: format!("{prefix}/api/oauth/token"),
                headers: vec![
                    header("Authorization", &format!("Basic {}", BASE64_STANDARD.encode(pair))),
                    header("Content-Type", "application/x-www-form-urlencoded"),
                    header("Accept", "application/json"),
                ],
                body: Bytes::from_static(b"grant_type=client_credentials"),
            })
            .await;
        let answer =
            exchange.outcome.map_err(|silence| format!("the token endpoint: {silence}"))?;
        let body = answer.json().unwrap_or_default();
        match (answer.status, body["access_token"].as_str()) {
            (200..300, Some(token)) if is_token(token) => {
                let seconds = body["expires_in"].as_u64().unwrap_or(3600);
                Ok((token.to_owned(), Duration::from_secs(seconds)))
            }
            (200..300, _) => {
                Err("the token endpoint answered without a usable access_token".to_owned())
            }
            (status, _) => Err(format!(
                "the token endpoint refused client_id {}: {status} {}",
                self.config.client_id,
                said(&body)
            )),
        }
    }
}

/// What the endpoint says of a refusal (RFC 6749, 5.2, or the API's own errors).
fn said(body: &serde_json::Value) -> String {
    let texts = ["error", "errorCode", "error_description", "detail"];
    let texts: Vec<_> = texts.iter().filter_map(|name| body[*name].as_str()).collect();
    if texts.is_empty() { "without an error code".to_owned() } else { texts.join(": ") }
}

/// RFC 6750's `b64token` and what else fits into a header.
fn is_token(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
}
