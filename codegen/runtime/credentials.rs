//! Who a client acts as.

use std::fmt;
use std::sync::Mutex;
use std::time::Duration;

use serde::Deserialize;

use crate::client::Error;
use crate::digest::Challenge;
use crate::request::Call;

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
    /// A service account, through OAuth 2.0 client credentials. Its token is kept until it ends.
    ServiceAccount {
        /// The client's id.
        client_id: String,
        /// The client's secret.
        client_secret: String,
        /// Where tokens are had, for instance `https://cloud.mongodb.com/api/oauth/token`.
        token_url: String,
    },
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer(..)",
            Self::Digest { .. } => "Digest(..)",
            Self::ServiceAccount { .. } => "ServiceAccount(..)",
        })
    }
}

/// What was learnt by using credentials: a challenge, or a token.
#[derive(Default)]
pub(crate) struct Kept {
    challenge: Mutex<Option<(Challenge, u32)>>,
    token: Mutex<Option<Token>>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept(..)")
    }
}

#[derive(Clone)]
struct Token {
    text: String,
    #[cfg(not(target_arch = "wasm32"))]
    ends: std::time::Instant,
}

/// How long before its end a token is no longer used.
#[cfg(not(target_arch = "wasm32"))]
const MARGIN: Duration = Duration::from_secs(30);

/// How long a token lasts that does not say.
const LIFETIME: u64 = 3600;

/// What a token endpoint answers (RFC 6749, 5.1).
#[derive(Deserialize)]
struct Grant {
    access_token: String,
    expires_in: Option<u64>,
}

impl Token {
    fn new(grant: Grant) -> Self {
        let lasts = Duration::from_secs(grant.expires_in.unwrap_or(LIFETIME).min(u32::MAX.into()));
        #[cfg(target_arch = "wasm32")]
        let _ = lasts;
        Self {
            text: grant.access_token,
            #[cfg(not(target_arch = "wasm32"))]
            ends: std::time::Instant::now() + lasts.saturating_sub(MARGIN),
        }
    }

    /// In a browser a token is used until it is refused.
    #[cfg(target_arch = "wasm32")]
    fn lasts(&self) -> bool {
        true
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn lasts(&self) -> bool {
        std::time::Instant::now() < self.ends
    }
}

impl Kept {
    /// The Authorization value for a call, as far as it is known; `target` is path and query.
    pub(crate) fn authorization(
        &self,
        credentials: &Credentials,
        call: &Call,
        target: &str,
    ) -> Option<String> {
        match credentials {
            Credentials::Bearer(token) => Some(format!("Bearer {token}")),
            Credentials::ServiceAccount { .. } => {
                let kept = self.token.lock().ok()?;
                let token = kept.as_ref().filter(|token| token.lasts())?;
                Some(format!("Bearer {}", token.text))
            }
            Credentials::Digest { username, password } => {
                let mut kept = self.challenge.lock().ok()?;
                let (challenge, count) = kept.as_mut()?;
                *count = count.saturating_add(1);
                let cnonce = cnonce(*count);
                let method = call.method;
                Some(challenge.authorization(username, password, method, target, *count, &cnonce))
            }
        }
    }

    /// Keeps a challenge; says whether one was known before.
    pub(crate) fn challenge(&self, challenge: Challenge) -> bool {
        let Ok(mut kept) = self.challenge.lock() else { return true };
        kept.replace((challenge, 0)).is_some()
    }

    /// Keeps the token of a grant, and gives the Authorization value with it: a token that ends soon is
    /// good for this once.
    ///
    /// # Errors
    /// When the body is no grant.
    pub(crate) fn grant(&self, status: u16, body: &[u8]) -> Result<String, Error> {
        // The body may hold a token, so it is not shown.
        let grant: Grant = serde_json::from_slice(body).map_err(|_| Error::Token { status })?;
        let token = Token::new(grant);
        let authorization = format!("Bearer {}", token.text);
        if let Ok(mut kept) = self.token.lock() {
            *kept = Some(token);
        }
        Ok(authorization)
    }
}

/// A client nonce that differs from call to call and from process to process.
fn cnonce(count: u32) -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}", RandomState::new().hash_one(count))
}
