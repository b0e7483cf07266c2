//! The bearer tokens that were issued.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};

use super::{Account, Denial};
use crate::fixture::Random;

/// The lifetime of a token.
pub(crate) const LIFETIME: Duration = Duration::from_secs(3600);

/// The bearer tokens that were issued.
///
/// They are found by their hashes, so the time of a search reveals nothing about a token.
pub(super) struct Tokens {
    random: Random,
    issued: HashMap<[u8; 32], (Account, Instant)>,
}

impl Tokens {
    pub(super) fn new(random: Random) -> Self {
        Self { random, issued: HashMap::new() }
    }

    /// A new token for an account.
    pub(super) fn issue(&mut self, account: Account) -> String {
        let token = format!("mdb_at_{}.{}", self.random.hex(32), self.random.hex(64));
        self.issued.insert(Sha256::digest(&token).into(), (account, Instant::now()));
        token
    }

    /// Takes a token back. One that was never issued is gone already.
    pub(super) fn revoke(&mut self, token: &str) {
        let key: [u8; 32] = Sha256::digest(token).into();
        self.issued.remove(&key);
    }

    /// The account of a token.
    pub(super) fn account_of(&self, token: &str) -> Result<Account, Denial> {
        let key: [u8; 32] = Sha256::digest(token).into();
        let (account, since) = self.issued.get(&key).ok_or(Denial::Token)?;
        match since.elapsed() < LIFETIME {
            true => Ok(*account),
            false => Err(Denial::ExpiredToken),
        }
    }
}
