//! The most memory that a process had, where the system tells (Linux).

use std::fs;

/// Of this process, in bytes.
pub(super) fn own_peak() -> Option<u64> {
    peak("self")
}

/// Of another process that still runs, or of the largest that it started, in bytes.
pub(super) fn peak_of(process: u32) -> Option<u64> {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
    let children = children.unwrap_or_default();
    let started = children.split(' ').filter_map(|child| peak_of(child.parse().ok()?));
    started.chain(peak(&process.to_string())).max()
}

fn peak(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
