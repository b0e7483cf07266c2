//! Statuses and latencies for reports.

use std::time::Duration;

use serde::Serialize;

use atlas_engine::traffic::{Latencies, Slot, Traffic};

/// Statuses and latencies of a run.
#[derive(Debug, Clone, Serialize)]
pub struct TrafficEntry {
    /// The number of responses with each status; status 0 stands for no response.
    pub statuses: Vec<StatusCount>,
    /// The latencies of all exchanges; null without exchanges.
    pub latency: Option<LatencyEntry>,
    /// The length of a slot, in microseconds.
    pub slot_us: u64,
    /// The slots of the run.
    pub slots: Vec<SlotEntry>,
}

/// The number of responses with one status.
#[derive(Debug, Clone, Serialize)]
pub struct StatusCount {
    /// The status; 0 for no response.
    pub status: u16,
    /// The number of responses.
    pub count: u64,
}

/// Quantiles of latencies, in microseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct LatencyEntry {
    pub least_us: u64,
    /// Half of them were not longer.
    pub p50_us: u64,
    /// 95 of 100 were not longer.
    pub p95_us: u64,
    /// 99 of 100 were not longer.
    pub p99_us: u64,
    pub most_us: u64,
}

/// The exchanges of one slot.
#[derive(Debug, Clone, Serialize)]
pub struct SlotEntry {
    /// The number of exchanges without a response (first), and with 1xx to 5xx.
    pub classes: [u64; 6],
    /// Their latencies; null in an empty slot.
    pub latency: Option<LatencyEntry>,
}

impl TrafficEntry {
    /// The entry for this traffic.
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
