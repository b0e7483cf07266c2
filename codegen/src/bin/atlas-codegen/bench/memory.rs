//! The most memory that a process had, where the system tells (Linux).

use std::fs;

/// Of this process, in bytes.
pub(super) fn own_peak() -> Option<u64> {
    peak("self")
}

/// Of another process that still runs, in bytes.
pub(super) fn peak_of(process: u32) -> Option<u64> {
    peak(&process.to_string())
}

fn peak(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
