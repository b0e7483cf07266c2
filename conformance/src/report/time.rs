//! Times as reports write them.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;

/// A time in RFC 3339 format, to the millisecond.
pub(super) fn timestamp(time: SystemTime) -> String {
    // A clock outside of jiff's ten thousand years is no clock.
    let time = Timestamp::try_from(time).unwrap_or_default();
    let millis = Timestamp::from_millisecond(time.as_millisecond()).unwrap_or_default();
    format!("{millis:.3}")
}

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
