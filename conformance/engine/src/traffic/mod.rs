//! Statuses and latencies of a run, in a bounded space however many exchanges there are.

pub mod sample;
pub mod shapes;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::exchange::Exchange;

/// The most slots that a run is cut into; when they are used up, each becomes twice as long.
const SLOTS: usize = 96;

/// The length of a slot of a short run, in microseconds.
const SHORTEST_SLOT: u64 = 1000;

/// Four buckets for each doubling of the latency, up to more than an hour.
const BUCKETS: usize = 128;

/// Statuses and latencies of a run, exchange by exchange or slot by slot.
#[derive(Debug, Clone)]
pub struct Traffic {
    slot: u64,
    slots: Vec<Slot>,
    statuses: BTreeMap<Option<u16>, u64>,
    latencies: Latencies,
}

/// What was answered within one stretch of the run.
#[derive(Debug, Clone, Default)]
pub struct Slot {
    /// How many answers were of 1xx to 5xx, at `[1]` to `[5]`; at `[0]` what was left unanswered
    /// or has another status.
    pub classes: [u64; 6],
    /// How long they took.
    pub latencies: Latencies,
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            slot: SHORTEST_SLOT,
            slots: Vec::new(),
            statuses: BTreeMap::new(),
            latencies: Latencies::default(),
        }
    }
}

impl Traffic {
    /// Counts an exchange that was sent this long after the run began.
    pub fn record(&mut self, after: Duration, exchange: &Exchange) {
        let (after, latency) = (micros(after), micros(exchange.duration));
        while after / self.slot >= SLOTS as u64 {
            self.double();
        }
        let at = usize::try_from(after / self.slot).unwrap_or(SLOTS - 1);
        if self.slots.len() <= at {
            self.slots.resize_with(at + 1, Slot::default);
        }
        let status = exchange.status();
        let class = status.map_or(0, |status| usize::from(status / 100));
        let slot = &mut self.slots[at];
        slot.classes[if class < 6 { class } else { 0 }] += 1;
        slot.latencies.record(latency);
        self.latencies.record(latency);
        *self.statuses.entry(status).or_default() += 1;
    }

    /// How long each slot is.
    pub const fn slot_length(&self) -> Duration {
        Duration::from_micros(self.slot)
    }

    /// The slots from the beginning of the run; one may be empty.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// How often each status came; `None` stands for no answer.
    pub const fn statuses(&self) -> &BTreeMap<Option<u16>, u64> {
        &self.statuses
    }

    /// The latencies of the whole run.
    pub const fn latencies(&self) -> &Latencies {
        &self.latencies
    }

    fn double(&mut self) {
        self.slot *= 2;
        self.slots = self
            .slots
            .chunks(2)
            .map(|pair| {
                let mut merged = pair[0].clone();
                for other in &pair[1..] {
                    merged.add(other);
                }
                merged
            })
            .collect();
    }
}

impl Slot {
    /// How many exchanges it holds.
    pub fn count(&self) -> u64 {
        self.classes.iter().sum()
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.classes.iter_mut().zip(other.classes) {
            *mine += theirs;
        }
        self.latencies.add(&other.latencies);
    }
}

/// A histogram of latencies; quantiles are right to about a tenth, the extremes are exact.
#[derive(Debug, Clone, Default)]
pub struct Latencies {
    buckets: Vec<u32>,
    count: u64,
    least: u64,
    most: u64,
}

impl Latencies {
    fn record(&mut self, micros: u64) {
        self.least = if self.count == 0 { micros } else { self.least.min(micros) };
        self.most = self.most.max(micros);
        self.count += 1;
        self.buckets.resize(BUCKETS, 0);
        self.buckets[bucket(micros)] += 1;
    }

    fn add(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        self.least = if self.count == 0 { other.least } else { self.least.min(other.least) };
        self.most = self.most.max(other.most);
        self.count += other.count;
        self.buckets.resize(BUCKETS, 0);
        for (mine, theirs) in self.buckets.iter_mut().zip(&other.buckets) {
            *mine += theirs;
        }
    }

    /// The latency that this percentage of the exchanges did not pass; `None` without exchanges.
    pub fn percentile(&self, percent: u64) -> Option<Duration> {
        if self.count == 0 {
            return None;
        }
        let rank = (self.count * percent).div_ceil(100).max(1);
        let mut seen = 0;
        let found = self.buckets.iter().position(|count| {
            seen += u64::from(*count);
            seen >= rank
        });
        let micros = match (rank == self.count, found) {
            (false, Some(bucket)) => middle(bucket).clamp(self.least, self.most),
            _ => self.most,
        };
        Some(Duration::from_micros(micros))
    }

    /// The shortest latency.
    pub fn least(&self) -> Option<Duration> {
        (self.count > 0).then(|| Duration::from_micros(self.least))
    }

    /// The longest latency.
    pub fn most(&self) -> Option<Duration> {
        (self.count > 0).then(|| Duration::from_micros(self.most))
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// Two bits below the leading one tell the four buckets of a doubling apart.
fn bucket(micros: u64) -> usize {
    let value = micros.max(4);
    let doubling = value.ilog2();
    let quarter = (value >> (doubling - 2)) & 3;
    (((doubling - 2) * 4) as usize + quarter as usize).min(BUCKETS - 1)
}

fn middle(bucket: usize) -> u64 {
    let (doubling, quarter) = (bucket / 4, (bucket % 4) as u64);
    let from = (4 + quarter) << doubling;
    from + (1 << doubling) / 2
}
