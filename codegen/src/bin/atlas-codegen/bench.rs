//! `cargo xtask bench codegen`: how long each stage of the generator takes on a document.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use atlas_codegen::{Document, Errors, Package, Source};

use crate::{diagnose, folder};

/// What can be measured.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum What {
    /// The stages of `codegen --spec`, in the fastest of several runs.
    Codegen {
        /// The document.
        #[arg(long, value_name = "DOC")]
        spec: PathBuf,
        /// Where the package is written, anew in each run.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// How many runs.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        runs: u32,
    },
}

/// Prints a table in Markdown.
pub(crate) fn run(what: &What, out: &mut dyn Write) -> Result<ExitCode, String> {
    let What::Codegen { spec, out: target, runs } = what;
    let text = fs::read_to_string(spec)
        .map_err(|error| format!("can't read {}: {error}", spec.display()))?;
    let source = Source { name: spec.display().to_string(), text };
    if target.exists() {
        return Err(format!("expected a folder that is not there yet, got {}", target.display()));
    }
    let mut best: Option<Run> = None;
    for _ in 0..*runs {
        let run = measure(&source, target)?;
        if best.as_ref().is_none_or(|best| run.total() < best.total()) {
            best = Some(run);
        }
    }
    let best = best.ok_or("expected at least one run, got none")?;
    write!(out, "{}", best.table()).map_err(|error| format!("can't write the table: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

/// One run: each stage and its time.
struct Run {
    stages: Vec<(&'static str, Duration)>,
    bytes: usize,
}

fn measure(source: &Source, target: &std::path::Path) -> Result<Run, String> {
    let refused = |errors: Errors| diagnose::render(&errors.0, &[source]);
    let package = Package { name: "bench".to_owned(), allow_unsupported: true };
    let mut stages = Vec::new();
    let mut since = Instant::now();
    let mut stage = |name| {
        stages.push((name, since.elapsed()));
        since = Instant::now();
    };
    let document = Document::read(source).map_err(refused)?;
    stage("read and lint");
    let lowered = document.lower(&package).map_err(refused)?;
    stage("lower");
    let client = lowered.emit(&package).map_err(refused)?;
    stage("model and emit");
    folder::apply(&folder::changes(&client.files, target)?, target)?;
    stage("write");
    fs::remove_dir_all(target)
        .map_err(|error| format!("can't remove {}: {error}", target.display()))?;
    Ok(Run { stages, bytes: client.files.iter().map(|file| file.text.len()).sum() })
}

impl Run {
    fn total(&self) -> Duration {
        self.stages.iter().map(|(_, time)| *time).sum()
    }

    fn table(&self) -> String {
        let shown = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
        let mut table = "| stage | time |\n| --- | --- |\n".to_owned();
        for (name, time) in &self.stages {
            table.push_str(&format!("| {name} | {} |\n", shown(*time)));
        }
        table.push_str(&format!("| all | {} |\n", shown(self.total())));
        let read = self.stages.first().map_or(Duration::ZERO, |(_, time)| *time);
        let times = self.total().as_secs_f64() / read.as_secs_f64().max(f64::EPSILON);
        table.push_str(&format!("| all, in times of reading | {times:.1} |\n"));
        table.push_str(&format!("| written | {:.2} MB |\n", self.bytes as f64 / 1e6));
        if let Some(peak) = peak() {
            table.push_str(&format!("| peak memory | {peak} |\n"));
        }
        table
    }
}

/// The most memory that the process had, where the system tells.
fn peak() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.trim_start_matches("VmHWM:").trim().to_owned())
}
