//! What is measured, in which order, and how it is shown.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atlas_codegen::Source;

use super::{peers, stages, table};

/// What can be measured.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum What {
    /// The stages of `codegen --spec`, each in its fastest run, beside parsing alone and other generators.
    Codegen {
        /// The document.
        #[arg(long, value_name = "DOC")]
        spec: PathBuf,
        /// A folder that isn't there yet, for what is generated; it is removed again.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// The operation that is cut out alone; by default the first.
        #[arg(long, value_name = "ID")]
        operation: Option<String>,
        /// How many runs.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        runs: u32,
        /// Leave out the other generators.
        #[arg(long)]
        alone: bool,
    },
}

/// Prints tables in Markdown.
pub(crate) fn run(
    what: &What,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<ExitCode, String> {
    let What::Codegen { spec, out: folder, operation, runs, alone } = what;
    if folder.exists() {
        return Err(format!("expected a folder that is not there yet, got {}", folder.display()));
    }
    if cfg!(debug_assertions) {
        return Err(
            "expected a release build, got a debug build; `cargo xtask bench` makes one".to_owned()
        );
    }
    let measured = measure(spec, folder, operation.as_deref(), *runs, *alone, err);
    // What was generated is of no use, whether all was measured or not.
    if folder.exists() {
        let failed = |error| format!("can't remove {}: {error}", folder.display());
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    write!(out, "{}", measured?).map_err(|error| format!("can't write the tables: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

fn measure(
    spec: &Path,
    folder: &Path,
    operation: Option<&str>,
    runs: u32,
    alone: bool,
    err: &mut dyn Write,
) -> Result<String, String> {
    let mut say = |text: String| writeln!(err, "{text}").map_err(|error| error.to_string());
    let text = fs::read_to_string(spec)
        .map_err(|error| format!("can't read {}: {error}", spec.display()))?;
    let source = Source { name: spec.display().to_string(), text };
    fs::create_dir_all(folder)
        .map_err(|error| format!("can't create {}: {error}", folder.display()))?;
    say(format!("stages, {runs} run(s)"))?;
    let stages = stages::measure(&source, &folder.join("bench"), operation, runs)?;
    let mut tables = table::stages(&stages);
    if !alone {
        let mut processes = Vec::new();
        for peer in peers::all() {
            say(format!("{} as a process", peer.name))?;
            processes.push(peer.measure(spec, &folder.join(peer.name))?);
        }
        tables.push('\n');
        tables.push_str(&table::processes(&processes));
    }
    Ok(tables)
}
