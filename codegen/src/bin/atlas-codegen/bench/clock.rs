//! Time as a clock on the wall shows it, and as the processor spent it.

use std::fs;
use std::ops::Add;
use std::time::{Duration, Instant};

/// How long something took.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Time {
    pub(super) wall: Duration,
    /// What of it the processor spent, where the system tells: other programs don't count there.
    pub(super) cpu: Option<Duration>,
}

impl Time {
    /// The figure to compare by.
    pub(super) fn spent(self) -> Duration {
        self.cpu.unwrap_or(self.wall)
    }

    /// How many times as long as another.
    pub(super) fn times(self, other: Self) -> f64 {
        self.spent().as_secs_f64() / other.spent().as_secs_f64().max(f64::EPSILON)
    }
}

impl Add for Time {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let cpu = self.cpu.zip(other.cpu).map(|(one, two)| one + two);
        Self { wall: self.wall + other.wall, cpu }
    }
}

/// Does something, and says how long it took.
pub(super) fn timed<T>(work: impl FnOnce() -> T) -> (T, Time) {
    let (since, before) = (Instant::now(), cpu());
    let done = work();
    let spent = cpu().zip(before).map(|(after, before)| after.saturating_sub(before));
    (done, Time { wall: since.elapsed(), cpu: spent })
}

/// What the processor has spent on this thread, to a few milliseconds (Linux, schedstats).
fn cpu() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
