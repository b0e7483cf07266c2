//! A process, with what it took.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a process that has ended took.
pub(crate) struct Ended {
    pub(crate) success: bool,
    pub(crate) wall: Duration,
    /// In user and in system mode.
    pub(crate) cpu: Duration,
    /// Where the system tells.
    pub(crate) peak_kib: Option<u64>,
}

/// Runs a program to its end; what it prints is dropped.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Result<Ended, String> {
    let before = cpu_of_children();
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("can't start {program}: {error}"))?;
    let mut peak_kib = None;
    loop {
        peak_kib = peak(child.id()).or(peak_kib);
        let status = child.try_wait().map_err(|error| format!("can't wait: {error}"))?;
        if let Some(status) = status {
            let (wall, cpu) = (started.elapsed(), cpu_of_children().saturating_sub(before));
            return Ok(Ended { success: status.success(), wall, cpu, peak_kib });
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The most memory that a running process had, as Linux tells it.
fn peak(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// The processor time of all children that have ended: fields 16 and 17 of Linux' `stat`, in
/// hundredths of a second.
fn cpu_of_children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    let ticks: u64 = fields.skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
