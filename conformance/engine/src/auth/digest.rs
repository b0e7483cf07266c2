//! HTTP Digest over the trips that it takes: the challenge is kept, and renewed where it is stale.

use std::cell::RefCell;

use atlas_api::digest::Challenge;

use super::credentials::ApiKey;
use crate::exchange::Response;

/// An API key with the server's last challenge.
pub struct Key {
    config: ApiKey,
    challenge: RefCell<Option<(Challenge, u32)>>,
}

impl Key {
    /// A key that has seen no challenge yet.
    pub fn new(config: ApiKey) -> Self {
        Self { config, challenge: RefCell::new(None) }
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

/// The strongest Digest challenge of a response.
pub fn challenge(response: &Response) -> Option<Challenge> {
    let all =
        response.header_values("WWW-Authenticate").flat_map(|value| Challenge::parse_all(&value));
    Challenge::strongest(all.collect())
}
