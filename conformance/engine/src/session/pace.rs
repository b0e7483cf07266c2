//! How fast a target is and how many connections it serves side by side, as the first exchanges show.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::Session;
use crate::auth::credential::Credential;
use crate::exchange::{Exchange, Request};

/// An answer that takes less is quick: nothing is gained by sending more at once.
const QUICK: Duration = Duration::from_millis(20);

/// The numbers of connections that are tried, one after the other.
const TRIED: [usize; 3] = [8, 24, 64];

/// How much longer than usual an answer may take beside idle connections.
const SLACK: Duration = Duration::from_millis(250);

/// How often a quick target is asked for a rate limit, and how many 429 are enough.
const LOOKS: u32 = 30;
const ENOUGH: u64 = 3;

/// How many users are removed at once where that helps.
const AT_ONCE: usize = 4;

/// Of the connections that a target serves, a check uses so many: one that carries a request, one for
/// the next, and one that is kept for set-up.
const OF_A_CHECK: usize = 3;

/// What the first exchanges show of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How long the quickest answer took.
    pub latency: Duration,
    /// How many checks are at work at once.
    pub checks: usize,
    /// Whether the target is slow or far away.
    pub slow: bool,
}

impl Session {
    /// Finds out how fast the target is and, where it is slow or far away, how many connections it
    /// serves side by side: idle ones are opened, until a harmless request beside them waits. A
    /// server that serves one connection after the other is left as it was found. A quick one is
    /// asked a few times more if `look_for_limit`: it may have a rate limit.
    pub async fn learn_pace(&self, harmless: &Request, look_for_limit: bool) -> Pace {
        let mut latency = self.quickest.get().unwrap_or_default();
        if latency >= QUICK {
            self.learn_connections(harmless, latency).await;
        } else if look_for_limit && let Some(mean) = self.mean_under_limit(harmless).await {
            latency = mean;
        }
        Pace { latency, checks: self.slots.limit(), slow: latency >= QUICK }
    }

    /// Opens more and more idle connections, and keeps as many open as do no harm.
    async fn learn_connections(&self, harmless: &Request, latency: Duration) {
        if self.slots.limit() < 2 {
            return;
        }
        let mut served = 0;
        let mut idle = Vec::new();
        for wanted in TRIED {
            let more = (idle.len()..wanted).map(|_| self.transport.connect());
            let limit = latency * 4 + SLACK;
            let Ok(opened) = tokio::time::timeout(limit, join_all(more)).await else { break };
            idle.extend(opened.into_iter().flatten());
            if idle.len() < wanted || !self.answers_within(limit, harmless).await {
                break;
            }
            served = wanted;
        }
        drop(idle);
        if served > 0 {
            self.slots.set(served / OF_A_CHECK);
            self.pool.set_depth(self.slots.limit());
        }
    }

    /// How long a request takes on average where some are answered with 429; `None` where none are.
    async fn mean_under_limit(&self, harmless: &Request) -> Option<Duration> {
        let (started, before) = (Instant::now(), self.rate_limited.get());
        let limited = || self.rate_limited.get() - before;
        let mut sent = 0;
        while sent < LOOKS && limited() < ENOUGH {
            self.send(harmless.clone(), &Credential::Anonymous, None).await.ok()?;
            sent += 1;
        }
        (limited() > 0).then(|| started.elapsed() / sent.max(1))
    }

    async fn answers_within(&self, limit: Duration, request: &Request) -> bool {
        let sent = tokio::time::timeout(limit, self.transport.send(request.clone())).await;
        self.count();
        sent.is_ok_and(|exchange| exchange.outcome.is_ok())
    }

    /// Notes how long an answer took, and gives way to a target in trouble.
    pub(super) fn note_pace(&self, exchange: &Exchange) {
        if exchange.outcome.is_ok() {
            let quickest = self.quickest.get().unwrap_or(exchange.duration);
            self.quickest.set(Some(quickest.min(exchange.duration)));
        } else if exchange.outcome.as_ref().is_err_and(|error| error.is_overload()) {
            self.slots.halve();
            self.pool.set_depth(0);
        }
    }

    /// How many requests of the set-up may be sent at once: one, unless the target is far away and
    /// serves many connections.
    pub fn side_by_side(&self) -> usize {
        if self.pool.is_in_use() { AT_ONCE } else { 1 }
    }

    /// Makes room for another check while one waits as a 429 asks for. A target that answers so for a
    /// share of its requests, however slowly they come, would keep a run for hours; one that does so
    /// for many has been asked too often.
    pub(super) fn note_wait(&self) {
        if self.rate_limited.get() * 10 < self.requests.get() {
            self.slots.grow();
        }
    }
}
