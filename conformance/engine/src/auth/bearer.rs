//! A bearer token: one that was given, or that of a service account.

use super::TokenError;
use super::credentials::{AccessToken, ServiceAccount};
use super::service_account::Account;
use crate::exchange::{Request, Response};
use crate::secret::Secret;

/// Where the tokens of one credential come from.
pub enum Bearer {
    /// A token of the configuration, which is not renewed.
    Given(Secret),
    /// A service account's, fetched once for all checks and renewed before it expires.
    Account(Account),
}

impl Bearer {
    /// The given token, or else the account.
    pub fn new(token: Option<&AccessToken>, account: Option<&ServiceAccount>) -> Option<Self> {
        let given = token.map(|token| Self::Given(token.access_token.clone()));
        given.or_else(|| account.cloned().map(|account| Self::Account(Account::new(account))))
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
        match self {
            Self::Given(token) => Ok(token.clone()),
            Self::Account(account) => account.token(prefix, send).await,
        }
    }

    /// The token that was fetched last, for redaction.
    pub fn last_token(&self) -> Option<Secret> {
        match self {
            Self::Given(token) => Some(token.clone()),
            Self::Account(account) => account.last_token(),
        }
    }
}
