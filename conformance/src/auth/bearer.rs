//! A bearer token: one that was given, or that of a service account.

use crate::auth::service_account::Account;
use crate::config::{AccessToken, ServiceAccount};
use crate::exchange::{Answer, Request};
use crate::secret::Secret;

/// Where the tokens of one credential come from.
pub enum Bearer {
    /// It was fetched by somebody else, who renews it.
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
    /// In words, with what the token endpoint said.
    pub async fn token(
        &self,
        prefix: &str,
        send: impl AsyncFn(Request) -> Result<Answer, String>,
    ) -> Result<Secret, String> {
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
