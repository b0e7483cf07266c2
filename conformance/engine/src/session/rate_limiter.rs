//! How fast requests may follow each other, and how long a rate limit asks to wait.

use std::cell::Cell;
use std::time::{Duration, Instant, SystemTime};

use crate::exchange::Response;

/// So many requests may go out at once, so that races stay races under a limit.
const BURST: f64 = 8.0;

/// A bucket of requests that fills at a steady rate.
pub struct RateLimiter {
    rate: Option<f64>,
    filled: Cell<(f64, Instant)>,
}

impl RateLimiter {
    /// At most `rate` requests a second in the long run, eight of them at once; `None` sets no limit.
    pub fn new(rate: Option<f64>) -> Self {
        Self { rate, filled: Cell::new((BURST, Instant::now())) }
    }

    /// Waits until a request may go out.
    pub async fn acquire(&self) {
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

/// How long to wait before a request that met 429 is sent again: what Retry-After says, or longer
/// each time where it says nothing.
pub fn retry_delay(response: &Response, attempt: u32) -> Duration {
    let asked = response.header("Retry-After").and_then(|value| retry_after(value.trim()));
    asked.unwrap_or(Duration::from_millis(250 << attempt))
}

/// Seconds or a date (RFC 9110, 10.2.3), in each of the three forms of a date (5.6.7).
fn retry_after(value: &str) -> Option<Duration> {
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{retry_after, retry_delay};
    use crate::exchange::Response;

    fn response(retry_after: &str) -> Response {
        let headers = vec![("retry-after".to_owned(), retry_after.as_bytes().to_vec())];
        Response::new(429, headers, "")
    }

    #[test]
    fn seconds_and_all_three_forms_of_a_date_are_understood() {
        assert_eq!(retry_after("7"), Some(Duration::from_secs(7)));
        for date in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(retry_after(date), Some(Duration::ZERO), "{date}");
        }
        let soon = SystemTime::now() + Duration::from_secs(30);
        let wait = retry_after(&httpdate::fmt_http_date(soon)).expect("a date");
        assert!((25..=30).contains(&wait.as_secs()), "{wait:?}");
    }

    #[test]
    fn nonsense_waits_longer_each_time() {
        assert_eq!(retry_delay(&response("soon"), 0), Duration::from_millis(250));
        assert_eq!(retry_delay(&response("soon"), 2), Duration::from_secs(1));
        assert_eq!(retry_delay(&response("-1"), 1), Duration::from_millis(500));
        assert_eq!(retry_delay(&response("1e400"), 1), Duration::from_millis(500));
        assert_eq!(retry_delay(&response("86400"), 0), Duration::from_secs(86400));
    }
}
