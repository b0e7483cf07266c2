//! Settings of the whole server, made once when it starts.

use std::time::Duration;

use super::Step;
use crate::{auth::Challenge, http::Twice, store::Ids};

/// Settings of the whole server, made once when it starts. The default is the conforming server's.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The prefix of `/api` in all paths.
    pub(crate) prefix: &'static str,
    /// The checks, in order.
    pub(crate) steps: Vec<Step>,
    /// The maximum length of a body in bytes.
    pub(crate) body_limit: usize,
    /// The way in which an object with the same key twice is read.
    pub(crate) twice: Twice,
    /// The challenges of a 401.
    pub(crate) challenge: Challenge,
    /// The type of tokens, as the token endpoint names it.
    pub(crate) token_type: &'static str,
    /// Whether the token endpoint sends further fields.
    pub(crate) wordy_token: bool,
    /// Whether header names are sent in title case.
    pub(crate) title_case: bool,
    /// Whether a Date field is sent.
    pub(crate) date: bool,
    /// Whether requests are answered strictly one after the other.
    pub(crate) one_at_a_time: bool,
    /// The way in which users get their ids.
    pub(crate) ids: Ids,
    /// How long each response waits.
    pub(crate) latency: Duration,
    /// The most requests a second.
    pub(crate) rate_limit: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            prefix: "",
            steps: Step::ORDER.to_vec(),
            body_limit: 1 << 20,
            twice: Twice::default(),
            challenge: Challenge::default(),
            token_type: "Bearer",
            wordy_token: false,
            title_case: false,
            date: true,
            one_at_a_time: false,
            ids: Ids::default(),
            latency: Duration::ZERO,
            rate_limit: None,
        }
    }
}
