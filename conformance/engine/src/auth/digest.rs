//! HTTP Digest over the trips that it takes: the challenge is kept, and renewed where it is stale.

use std::cell::RefCell;

use atlas_api::digest::{Algorithm, Challenge};

use super::credentials::ApiKey;
use crate::exchange::Response;

/// An API key with the server's last challenge.
pub struct Key {
    config: ApiKey,
    preferred: Option<Algorithm>,
    challenge: RefCell<Option<(Challenge, u32)>>,
}

impl Key {
    /// A key that has seen no challenge yet, and takes the strongest.
    pub fn new(config: ApiKey) -> Self {
        Self { config, preferred: None, challenge: RefCell::new(None) }
    }

    /// The same key, which takes a challenge of this algorithm where there is one.
    pub fn preferring(self, algorithm: Algorithm) -> Self {
        Self { preferred: Some(algorithm), ..self }
    }

    /// The challenge of a response that this key takes.
    pub fn challenge(&self, response: &Response) -> Option<Challenge> {
        let all = challenges(response);
        let preferred = all.iter().find(|one| Some(one.algorithm) == self.preferred);
        preferred.cloned().or_else(|| Challenge::strongest(all))
    }

    /// The Authorization value for a request, once a challenge is known.
    pub fn authorization(&self, method: &str, target: &str, cnonce: &str) -> Option<String> {
        let mut kept = self.challenge.borrow_mut();
        let (challenge, count) = kept.as_mut()?;
        *count += 1;
        Some(self.answer_to(challenge, method, target, *count, cnonce))
    }

    /// The Authorization value for a challenge, which is kept.
    pub fn renewed(
        &self,
        challenge: Challenge,
        method: &str,
        target: &str,
        cnonce: &str,
    ) -> String {
        let value = self.answer_to(&challenge, method, target, 1, cnonce);
        *self.challenge.borrow_mut() = Some((challenge, 1));
        value
    }

    /// The key's user name.
    pub fn public_key(&self) -> &str {
        &self.config.public_key
    }

    fn answer_to(
        &self,
        challenge: &Challenge,
        method: &str,
        target: &str,
        count: u32,
        cnonce: &str,
    ) -> String {
        let password = self.config.private_key.expose();
        challenge.authorization(&self.config.public_key, password, method, target, count, cnonce)
    }
}

/// The Digest challenges of a response.
pub fn challenges(response: &Response) -> Vec<Challenge> {
    let fields = response.header_values("WWW-Authenticate");
    fields.flat_map(|value| Challenge::parse_all(&value)).collect()
}
