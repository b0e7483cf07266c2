//! How fast requests may follow each other, and how long a rate limit asks to wait.

use std::cell::Cell;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::exchange::Answer;

/// So many requests may go out at once, so that races stay races under a limit.
const BURST: f64 = 8.0;

/// A bucket of requests that fills at a steady rate.
pub struct Pace {
    rate: Option<f64>,
    filled: Cell<(f64, Instant)>,
}

impl Pace {
    /// At most `rate` requests a second in the long run, eight of them at once; `None` sets no limit.
    pub fn new(rate: Option<f64>) -> Self {
        Self { rate, filled: Cell::new((BURST, Instant::now())) }
    }

    /// Waits until a request may go out.
    pub async fn turn(&self) {
        let Some(rate) = self.rate else { return };
        let (left, since) = self.filled.get();
        let now = Instant::now();
        let left = (left + now.duration_since(since).as_secs_f64() * rate).min(BURST) - 1.0;
        self.filled.set((left, now));
        if left < 0.0 {
            tokio::time::sleep(Duration::from_secs_f64(-left / rate)).await;
        }
    }
}

/// How long a 429 asks to wait (RFC 9110, 10.2.3: seconds or a date); longer each time where it
/// doesn't say.
pub fn asked_wait(answer: &Answer, attempt: u32) -> Duration {
    let asked = answer.header("Retry-After").and_then(|value| retry_after(value.trim()));
    asked.unwrap_or(Duration::from_millis(250 << attempt))
}

fn retry_after(value: &str) -> Option<Duration> {
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(Duration::try_from(date.duration_since(Timestamp::now())).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::{SignedDuration, Timestamp};

    use super::{asked_wait, retry_after};
    use crate::exchange::Answer;

    fn answer(retry_after: &str) -> Answer {
        let headers = vec![("retry-after".to_owned(), retry_after.as_bytes().to_vec())];
        Answer { status: 429, headers, body: bytes::Bytes::new() }
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        assert_eq!(retry_after("7"), Some(Duration::from_secs(7)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        let soon = Timestamp::now() + SignedDuration::from_secs(30);
        let date = soon.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let wait = retry_after(&date).expect("a date");
        assert!((25..=30).contains(&wait.as_secs()), "{wait:?}");
    }

    #[test]
    fn nonsense_waits_longer_each_time() {
        assert_eq!(asked_wait(&answer("soon"), 0), Duration::from_millis(250));
        assert_eq!(asked_wait(&answer("soon"), 2), Duration::from_secs(1));
        assert_eq!(asked_wait(&answer("-1"), 1), Duration::from_millis(500));
        assert_eq!(asked_wait(&answer("1e400"), 1), Duration::from_millis(500));
        assert_eq!(asked_wait(&answer("86400"), 0), Duration::from_secs(86400));
    }
}
