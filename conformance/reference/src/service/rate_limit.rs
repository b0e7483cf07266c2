//! A limit of requests a second.

use std::time::Instant;

/// A bucket of requests that refills over time and holds those of one second.
pub(super) struct RateLimit {
    per_second: f64,
    left: f64,
    since: Instant,
}

impl RateLimit {
    pub(super) fn new(per_second: u32) -> Self {
        let per_second = f64::from(per_second);
        Self { per_second, left: per_second, since: Instant::now() }
    }

    /// Takes a request out of the bucket, if there is one.
    pub(super) fn take(&mut self) -> bool {
        let now = Instant::now();
        let refilled = self.left + now.duration_since(self.since).as_secs_f64() * self.per_second;
        self.left = refilled.min(self.per_second);
        self.since = now;
        let fits = self.left >= 1.0;
        if fits {
            self.left -= 1.0;
        }
        fits
    }
}
