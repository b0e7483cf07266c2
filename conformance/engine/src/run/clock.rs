//! When a run began.

use std::time::{Duration, Instant, SystemTime};

/// When a run began, on both clocks, so that an instant can be shown as a time of day.
#[derive(Debug, Clone, Copy)]
pub struct RunClock {
    /// The time of day.
    pub time: SystemTime,
    /// The same moment on the clock of the exchanges.
    pub instant: Instant,
}

impl RunClock {
    /// A run that begins now.
    pub fn start() -> Self {
        Self { time: SystemTime::now(), instant: Instant::now() }
    }

    /// How long after the beginning an exchange was sent.
    pub fn until(&self, instant: Instant) -> Duration {
        instant.saturating_duration_since(self.instant)
    }
}
