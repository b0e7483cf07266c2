//! How a client goes about its calls.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderMap;

/// Limits of a client. `Settings::default()` suits most.
#[derive(Clone)]
pub struct Settings {
    /// How long one exchange may take.
    pub timeout: Duration,
    /// How long a call may take, repetitions and waiting among it. In a browser, where there is no
    /// clock, this is not looked at.
    pub deadline: Option<Duration>,
    /// How often a call is sent again: after 429, after a failed connection, and where sending
    /// twice does no more than sending once also after 500, 502, 503, 504 and a connection that broke.
    /// In a browser, where there is no clock to wait by, calls are not repeated.
    pub retries: u32,
    /// How long to wait before the first repetition, if the answer does not say; the wait doubles
    /// each time.
    pub backoff: Duration,
    /// The longest wait that is worth it; where an answer asks for more, it is the answer.
    pub longest_wait: Duration,
    /// How many bytes the body of an answer may have.
    pub body_limit: usize,
    /// What is told of each answer, those before a repetition among them.
    pub observer: Option<Observer>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            deadline: None,
            retries: 2,
            backoff: Duration::from_millis(500),
            longest_wait: Duration::from_secs(60),
            body_limit: 64 << 20,
            observer: None,
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("retries", &self.retries)
            .field("backoff", &self.backoff)
            .field("longest_wait", &self.longest_wait)
            .field("body_limit", &self.body_limit)
            .field("observer", &self.observer.is_some())
            .finish()
    }
}

/// A function that is told of each answer.
pub type Observer = Arc<dyn Fn(&Observed<'_>) + Send + Sync>;

/// What there is to know of an answer before its body is read.
#[derive(Debug, Clone, Copy)]
pub struct Observed<'a> {
    /// The method of the call.
    pub method: &'static str,
    /// The path template of the call.
    pub path: &'static str,
    /// The status.
    pub status: u16,
    /// The headers: limits of rate, for instance.
    pub headers: &'a HeaderMap,
    /// How often the call was sent before.
    pub repetition: u32,
}
