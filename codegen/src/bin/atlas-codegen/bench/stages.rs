//! The stages of the generator within this process, beside parsing alone.

use std::fs;
use std::path::Path;

use atlas_codegen::source_map::read;
use atlas_codegen::spec_tools::slice::{operation_ids, slice};
use atlas_codegen::spec_tools::write;
use atlas_codegen::{Errors, Package, Parsed, Source, client};
use openapiv3::OpenAPI;

use super::clock::{Time, timed};
use super::memory;
use crate::{diagnose, folder};

/// What was measured, each stage in its fastest run.
pub(super) struct Stages {
    /// The text into a tree, which no generator can do without.
    pub(super) parsing: Time,
    /// The same with serde_yaml into the types of openapiv3, as others do it.
    pub(super) others_parsing: Time,
    pub(super) stages: Vec<(&'static str, Time)>,
    pub(super) writing: Time,
    /// One operation: parsed, cut out, written, and its client generated.
    pub(super) slice: Time,
    pub(super) operation: String,
    pub(super) bytes: usize,
    pub(super) files: usize,
    pub(super) peak: Option<u64>,
}

/// Runs all stages so many times.
pub(super) fn measure(
    source: &Source,
    folder: &Path,
    operation: Option<&str>,
    runs: u32,
) -> Result<Stages, String> {
    let mut best = once(source, folder)?;
    // The first run alone, and before anything else takes memory.
    best.peak = memory::own_peak();
    for _ in 1..runs {
        best.keep_the_faster(once(source, folder)?);
    }
    let id = match operation {
        Some(id) => id.to_owned(),
        None => first_operation(source)?,
    };
    best.slice = fastest(runs, || cut_out(source, &id))?;
    best.operation = id;
    best.others_parsing = fastest(runs, || {
        let parsed: Result<OpenAPI, _> = serde_yaml::from_str(&source.text);
        parsed.map(drop).map_err(|error| format!("openapiv3 refuses the document: {error}"))
    })?;
    Ok(best)
}

fn once(source: &Source, folder: &Path) -> Result<Stages, String> {
    let refused = |errors: Errors| diagnose::render(&errors.0, &[source]);
    let package = Package { name: "bench".to_owned(), allow_unsupported: true };
    let (parsed, parsing) = timed(|| Parsed::parse(source));
    let parsed = parsed.map_err(refused)?;
    let (document, linting) = timed(|| parsed.read());
    let document = document.map_err(refused)?;
    let (lowered, lowering) = timed(|| document.lower(&package));
    let lowered = lowered.map_err(refused)?;
    let (client, emitting) = timed(|| lowered.emit(&package));
    let client = client.map_err(refused)?;
    let (written, writing) =
        timed(|| folder::apply(&folder::changes(&client.files, folder)?, folder));
    written?;
    fs::remove_dir_all(folder)
        .map_err(|error| format!("can't remove {}: {error}", folder.display()))?;
    Ok(Stages {
        parsing,
        others_parsing: Time::default(),
        stages: vec![
            ("read and lint", parsing + linting),
            ("lower", lowering),
            ("model and emit", emitting),
        ],
        writing,
        slice: Time::default(),
        operation: String::new(),
        bytes: client.files.iter().map(|file| file.text.len()).sum(),
        files: client.files.len(),
        peak: None,
    })
}

/// The slice of one operation, and its client.
fn cut_out(source: &Source, id: &str) -> Result<(), String> {
    let document = read(&source.name, &source.text).map_err(|error| error.to_string())?;
    let cut = slice(&document, &[id.to_owned()]).map_err(|error| error.to_string())?;
    let cut = Source { name: source.name.clone(), text: write(&cut) };
    let package = Package { name: "bench".to_owned(), allow_unsupported: true };
    client(&cut, &package).map(drop).map_err(|errors| diagnose::render(&errors.0, &[&cut]))
}

fn first_operation(source: &Source) -> Result<String, String> {
    let document = read(&source.name, &source.text).map_err(|error| error.to_string())?;
    let first = operation_ids(&document).into_iter().next();
    first.ok_or_else(|| "expected a document with operations, got none".to_owned())
}

fn fastest(runs: u32, mut work: impl FnMut() -> Result<(), String>) -> Result<Time, String> {
    let mut best: Option<Time> = None;
    for _ in 0..runs {
        let (done, time) = timed(&mut work);
        done?;
        best = Some(faster(best.unwrap_or(time), time));
    }
    best.ok_or_else(|| "expected at least one run, got none".to_owned())
}

fn faster(one: Time, two: Time) -> Time {
    let cpu = one.cpu.zip(two.cpu).map(|(one, two)| one.min(two));
    Time { wall: one.wall.min(two.wall), cpu }
}

impl Stages {
    fn keep_the_faster(&mut self, other: Self) {
        self.parsing = faster(self.parsing, other.parsing);
        self.writing = faster(self.writing, other.writing);
        for ((_, kept), (_, time)) in self.stages.iter_mut().zip(other.stages) {
            *kept = faster(*kept, time);
        }
    }

    /// All stages together.
    pub(super) fn all(&self) -> Time {
        self.all_but_writing() + self.writing
    }

    /// What the file system has no part in.
    pub(super) fn all_but_writing(&self) -> Time {
        let times = self.stages.iter().map(|(_, time)| *time);
        times.reduce(|sum, time| sum + time).unwrap_or_default()
    }
}
