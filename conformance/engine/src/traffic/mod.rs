//! Statuses and latencies of a run, in bounded space however many exchanges it has.

pub mod sample;
pub mod shapes;

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;

use crate::exchange::Exchange;

/// The maximum number of slots. When a run needs more, each slot becomes twice as long.
const SLOTS: usize = 96;

/// The length of a slot of a short run, in microseconds.
const SHORTEST_SLOT: u64 = 1000;

/// Longer latencies, in microseconds, count as this one: an hour.
const LONGEST_LATENCY: u64 = 3_600_000_000;

/// The significant figures of a quantile. One keeps a histogram at about 2 KiB.
const SIGNIFICANT_FIGURES: u8 = 1;

/// Statuses and latencies of a run, exchange by exchange or slot by slot.
#[derive(Debug, Clone)]
pub struct Traffic {
    slot: u64,
    slots: Vec<Slot>,
    statuses: BTreeMap<Option<u16>, u64>,
    latencies: Latencies,
}

/// The exchanges of one stretch of the run.
#[derive(Debug, Clone, Default)]
pub struct Slot {
    /// The number of responses with 1xx to 5xx, at `[1]` to `[5]`; at `[0]` the number of exchanges
    /// without a response or with another status.
    pub classes: [u64; 6],
    /// The latencies of its exchanges.
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
    /// Records an exchange that was sent this long after the start of the run.
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

    /// The length of each slot.
    pub const fn slot_length(&self) -> Duration {
        Duration::from_micros(self.slot)
    }

    /// The slots from the start of the run; a slot may be empty.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The number of responses with each status; `None` stands for no response.
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
    /// The number of its exchanges.
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

/// A histogram of latencies; quantiles are right to a sixteenth, the extremes are exact.
#[derive(Debug, Clone)]
pub struct Latencies {
    histogram: Histogram<u32>,
    least: u64,
    most: u64,
}

impl Default for Latencies {
    fn default() -> Self {
        let histogram = Histogram::new_with_max(LONGEST_LATENCY, SIGNIFICANT_FIGURES);
        let histogram = histogram.expect("valid bounds and figures");
        Self { histogram, least: u64::MAX, most: 0 }
    }
}

impl Latencies {
    fn record(&mut self, micros: u64) {
        self.histogram.saturating_record(micros);
        self.least = self.least.min(micros);
        self.most = self.most.max(micros);
    }

    fn add(&mut self, other: &Self) {
        self.histogram += &other.histogram;
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
    }

    /// The latency that this percentage of the exchanges did not exceed; `None` without exchanges.
    pub fn percentile(&self, percent: u32) -> Option<Duration> {
        let micros = self.histogram.value_at_quantile(f64::from(percent) / 100.0);
        (!self.histogram.is_empty())
            .then(|| Duration::from_micros(micros.clamp(self.least, self.most)))
    }

    pub fn least(&self) -> Option<Duration> {
        (!self.histogram.is_empty()).then(|| Duration::from_micros(self.least))
    }

    pub fn most(&self) -> Option<Duration> {
        (!self.histogram.is_empty()).then(|| Duration::from_micros(self.most))
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
