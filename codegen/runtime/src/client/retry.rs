//! When a call is worth sending again, and after how long.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::settings::Settings;

/// How long to wait before a call is sent again; `None` if the answer is the answer.
pub(super) fn wait(
    settings: &Settings,
    method: &str,
    status: u16,
    headers: &HeaderMap,
    repetition: u32,
) -> Option<Duration> {
    let again = status == 429 || (is_idempotent(method) && matches!(status, 500 | 502 | 503 | 504));
    if !again || repetition >= settings.retries {
        return None;
    }
    let wait = retry_after(headers).unwrap_or_else(|| backoff(settings, repetition));
    (wait <= settings.longest_wait).then_some(wait)
}

/// How long to wait where the server has not said: twice as long each time, from half of it on, so
/// that many clients don't come back at once.
pub(super) fn backoff(settings: &Settings, repetition: u32) -> Duration {
    let full = settings.backoff.saturating_mul(2_u32.saturating_pow(repetition));
    let part = RandomState::new().hash_one(repetition) % 1000;
    let part = u32::try_from(part).unwrap_or_default();
    (full / 2 + full / 2000 * part).min(settings.longest_wait)
}

/// Whether sending twice does no more than sending once (RFC 9110, 9.2.2).
pub(crate) fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE")
}

/// What Retry-After asks for, in seconds or as a date (RFC 9110, 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large for its type is too long, too.
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    if cfg!(target_arch = "wasm32") {
        return None;
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

/// Waits, where there is a clock to wait by.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) async fn sleep(wait: Duration) -> bool {
    tokio::time::sleep(wait).await;
    true
}

/// There is no clock to wait by.
#[cfg(target_arch = "wasm32")]
pub(crate) async fn sleep(_wait: Duration) -> bool {
    false
}
