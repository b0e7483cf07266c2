//! Statuses and latencies as reports tell them.

use std::time::Duration;

use serde::Serialize;

use atlas_engine::traffic::{Latencies, Slot, Traffic};

/// Statuses and latencies of a run.
#[derive(Debug, Clone, Serialize)]
pub struct TrafficEntry {
    /// How often each status came; status 0 stands for no answer.
    pub statuses: Vec<StatusCount>,
    /// The latencies of all exchanges; null without exchanges.
    pub latency: Option<LatencyEntry>,
    /// How long a slot is, in microseconds.
    pub slot_us: u64,
    /// The run in slots of that length.
    pub slots: Vec<SlotEntry>,
}

/// How often a status came.
#[derive(Debug, Clone, Serialize)]
pub struct StatusCount {
    /// The status; 0 for no answer.
    pub status: u16,
    /// How often.
    pub count: u64,
}

/// Quantiles of latencies, in microseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct LatencyEntry {
    /// The shortest.
    pub least_us: u64,
    /// Half of them were not longer.
    pub p50_us: u64,
    /// 95 of 100 were not longer.
    pub p95_us: u64,
    /// 99 of 100 were not longer.
    pub p99_us: u64,
    /// The longest.
    pub most_us: u64,
}

/// What was answered within one slot.
#[derive(Debug, Clone, Serialize)]
pub struct SlotEntry {
    /// How many exchanges had no answer (first), or one of 1xx to 5xx.
    pub classes: [u64; 6],
    /// How long they took; null in an empty slot.
    pub latency: Option<LatencyEntry>,
}

impl TrafficEntry {
    /// What reports tell of this traffic.
    pub fn new(traffic: &Traffic) -> Self {
        let statuses = traffic.statuses().iter();
        Self {
            statuses: statuses
                .map(|(status, count)| StatusCount { status: status.unwrap_or(0), count: *count })
                .collect(),
            latency: latency(traffic.latencies()),
            slot_us: micros(traffic.slot_length()),
            slots: traffic.slots().iter().map(slot).collect(),
        }
    }
}

fn slot(slot: &Slot) -> SlotEntry {
    SlotEntry { classes: slot.classes, latency: latency(&slot.latencies) }
}

fn latency(latencies: &Latencies) -> Option<LatencyEntry> {
    let at = |percent| latencies.percentile(percent).map(micros);
    Some(LatencyEntry {
        least_us: latencies.least().map(micros)?,
        p50_us: at(50)?,
        p95_us: at(95)?,
        p99_us: at(99)?,
        most_us: latencies.most().map(micros)?,
    })
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
