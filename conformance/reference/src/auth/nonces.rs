//! The nonces of HTTP Digest.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::fixture::Random;

/// The lifetime of a nonce.
const LIFETIME: Duration = Duration::from_secs(300);

/// Digits of the mark that proves that the server made a nonce.
const MARK: usize = 24;

/// Makes nonces and recognizes them.
///
/// A nonce holds its own age and a mark that proves its origin, so nothing is stored about nonces
/// that are never used. Of the used ones the counts are stored.
pub(super) struct Nonces {
    random: Random,
    secret: String,
    start: Instant,
    used: HashMap<String, HashSet<u32>>,
}

/// The state of a nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// It hasn't expired, and the count is new.
    Fresh,
    Stale,
    /// The count was used before.
    Replayed,
}

impl Nonces {
    pub(super) fn new(mut random: Random) -> Self {
        let secret = random.hex(64);
        Self { random, secret, start: Instant::now(), used: HashMap::new() }
    }

    pub(super) fn issue(&mut self) -> String {
        let body = format!("{:012x}{}", self.start.elapsed().as_millis(), self.random.hex(12));
        let mark = self.mark(&body);
        body + &mark
    }

    /// Whether this server made it, stale or not.
    pub(super) fn is_ours(&self, nonce: &str) -> bool {
        let (body, mark) =
            nonce.split_at_checked(nonce.len().saturating_sub(MARK)).unwrap_or_default();
        bool::from(self.mark(body).as_bytes().ct_eq(mark.as_bytes()))
    }

    /// Uses a nonce of this server with a count, at most `uses` times.
    pub(super) fn spend(&mut self, nonce: &str, count: u32, uses: Option<usize>) -> Worth {
        if self.age(nonce) > LIFETIME {
            self.forget_old();
            return Worth::Stale;
        }
        let counts = self.used.entry(nonce.to_owned()).or_default();
        if counts.contains(&count) {
            return Worth::Replayed;
        }
        if uses.is_some_and(|uses| counts.len() >= uses) {
            return Worth::Stale;
        }
        counts.insert(count);
        Worth::Fresh
    }

    fn forget_old(&mut self) {
        let start = self.start;
        self.used.retain(|nonce, _| age_since(start, nonce) <= LIFETIME);
    }

    fn age(&self, nonce: &str) -> Duration {
        age_since(self.start, nonce)
    }

    fn mark(&self, body: &str) -> String {
        let digest = Sha256::digest(format!("{}:{body}:{}", self.secret, self.secret));
        digest.iter().take(MARK / 2).map(|byte| format!("{byte:02x}")).collect()
    }
}

fn age_since(start: Instant, nonce: &str) -> Duration {
    let issued = nonce.get(..12).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    start.elapsed().saturating_sub(Duration::from_millis(issued.unwrap_or_default()))
}
