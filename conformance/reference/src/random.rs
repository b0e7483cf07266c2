//! Numbers for ids, tokens and nonces.

use std::hash::{BuildHasher, RandomState};

/// A source of numbers, repeatable when it is given a seed (splitmix64).
///
/// It spreads well over all digits, which is what ids need. It is no source of secrets for a
/// server that anybody but a test can reach.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// Starts from the seed, or from somewhere else each time.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        Self { state: seed.unwrap_or_else(|| RandomState::new().hash_one("random")) }
    }

    /// The next number.
    pub(crate) fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// So many lower-case hexadecimal digits.
    pub(crate) fn hex(&mut self, digits: usize) -> String {
        (0..digits)
            .map(|_| char::from_digit((self.number() >> 60) as u32, 16).unwrap_or('0'))
            .collect()
    }

    /// One of the given values.
    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[(self.number() % values.len() as u64) as usize]
    }
}
