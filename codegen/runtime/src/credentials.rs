//! Who a client acts as.

use std::fmt;
use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Deserializer};

use crate::client::Error;
use crate::digest::Challenge;
use crate::request::Call;

/// Who the client acts as.
#[derive(Clone)]
pub enum Credentials {
    /// Nobody: nothing is sent that says who it is.
    None,
    /// A name and a password, through HTTP Basic.
    Basic {
        /// The name.
        username: String,
        /// The password.
        password: String,
    },
    /// A key in a header field, as in `X-API-Key`.
    HeaderKey {
        /// The name of the field.
        name: String,
        /// The key.
        key: String,
    },
    /// A key in the query.
    QueryKey {
        /// The name of the parameter.
        name: String,
        /// The key.
        key: String,
    },
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
            Self::None => "None",
            Self::Basic { .. } => "Basic(..)",
            Self::HeaderKey { .. } => "HeaderKey(..)",
            Self::QueryKey { .. } => "QueryKey(..)",
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
    /// Locked while a token is fetched, so that many callers fetch one.
    pub(crate) token: futures_util::lock::Mutex<Option<Token>>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept(..)")
    }
}

/// A token of a service account.
pub(crate) struct Token {
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
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<u64>,
}

/// Some servers write the number as text.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Seconds {
        Number(f64),
        Text(String),
        Other(serde::de::IgnoredAny),
    }
    let number = match Option::<Seconds>::deserialize(deserializer)? {
        Some(Seconds::Number(number)) => Some(number),
        Some(Seconds::Text(text)) => text.trim().parse().ok(),
        Some(Seconds::Other(_)) | None => None,
    };
    // A float that is out of range becomes the nearest integer.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
    Ok(number.map(|number: f64| number as u64))
}

/// What a token endpoint answers when it refuses (RFC 6749, 5.2).
#[derive(Deserialize)]
struct Refusal {
    error: String,
    error_description: Option<String>,
}

/// How much of a refusal is shown.
const REASON_LIMIT: usize = 300;

fn reason(body: &[u8]) -> Option<String> {
    let refusal: Refusal = serde_json::from_slice(body).ok()?;
    let described = refusal.error_description.map(|text| format!(": {text}")).unwrap_or_default();
    let reason = format!("{}{described}", refusal.error);
    Some(reason.chars().filter(|c| !c.is_control()).take(REASON_LIMIT).collect())
}

impl Token {
    /// The token of a grant. A body that is none may hold a token, so that it is not shown.
    ///
    /// # Errors
    /// When it is no grant.
    pub(crate) fn of(status: u16, body: &[u8]) -> Result<Self, Error> {
        let refused = || Error::Token { status, reason: reason(body) };
        if status != 200 {
            return Err(refused());
        }
        serde_json::from_slice(body).map(Self::new).map_err(|_| refused())
    }

    pub(crate) fn authorization(&self) -> String {
        format!("Bearer {}", self.text)
    }

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
    pub(crate) fn lasts(&self) -> bool {
        true
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn lasts(&self) -> bool {
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
            Credentials::None
            | Credentials::Basic { .. }
            | Credentials::HeaderKey { .. }
            | Credentials::QueryKey { .. } => None,
            Credentials::Bearer(token) => Some(format!("Bearer {token}")),
            Credentials::ServiceAccount { .. } => {
                // While it is locked a token is being fetched, which is waited for.
                let kept = self.token.try_lock()?;
                kept.as_ref().filter(|token| token.lasts()).map(Token::authorization)
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

    /// Keeps a challenge, or forgets the one that was kept.
    pub(crate) fn challenge(&self, challenge: Option<Challenge>) {
        if let Ok(mut kept) = self.challenge.lock() {
            *kept = challenge.map(|challenge| (challenge, 0));
        }
    }
}

/// A client nonce that differs from call to call and from process to process.
fn cnonce(count: u32) -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}", RandomState::new().hash_one(count))
}
