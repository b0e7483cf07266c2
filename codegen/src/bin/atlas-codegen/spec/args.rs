//! The command line of `cargo xtask spec`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

use super::{diff, slice, update};

/// What follows `cargo xtask spec`.
#[derive(Debug, Args)]
pub(crate) struct SpecArgs {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Cut operations out of a large document, with everything that they refer to.
    Slice(SliceArgs),
    /// Say what changed from one document to another, whom it breaks, and which clauses it touches.
    Diff(DiffArgs),
    /// Bring spec/ and generated/ up to date with a published document.
    Update(UpdateArgs),
}

#[derive(Debug, Args)]
pub(super) struct SliceArgs {
    /// The document to cut from, YAML or JSON.
    #[arg(long, value_name = "DOC")]
    pub(super) from: PathBuf,
    /// The operationId of an operation to keep; may be repeated.
    #[arg(long = "operation", value_name = "ID", required = true)]
    pub(super) operations: Vec<String>,
    /// Where to write the slice, by default to standard output.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// The document before the change.
    pub(super) old: PathBuf,
    /// The document after the change.
    pub(super) new: PathBuf,
    /// Compare only the operation with this operationId; may be repeated.
    #[arg(long = "operation", value_name = "ID")]
    pub(super) operations: Vec<String>,
    /// How to print the changes.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// End with 1 if a change breaks clients or servers, clients, or servers.
    #[arg(long, value_enum)]
    pub(super) fail_on: Option<FailOn>,
    /// Name the checks of the suite that each change touches; this builds the suite.
    #[arg(long)]
    pub(super) checks: bool,
    /// Leave out the differences that this file lists, as spec/discrepancies.md does.
    #[arg(long, value_name = "FILE")]
    pub(super) known: Option<PathBuf>,
    /// The folder of the specification.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec"), hide_default_value = true)]
    pub(super) spec_dir: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Breaking,
    Client,
    Server,
}

#[derive(Debug, Args)]
pub(super) struct UpdateArgs {
    /// The published document.
    #[arg(long, value_name = "DOC")]
    pub(super) from: PathBuf,
    /// Write nothing and run no test; only say what would be done.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Don't run the tests afterwards.
    #[arg(long)]
    pub(super) no_test: bool,
    /// The folder of the specification.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec"), hide_default_value = true)]
    pub(super) spec_dir: PathBuf,
    /// The folder of the generated source.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated/src"), hide_default_value = true)]
    pub(super) out_dir: PathBuf,
}

/// Runs one of the tasks.
pub(crate) fn run(args: &SpecArgs, out: &mut dyn Write) -> Result<ExitCode, String> {
    match &args.chore {
        Chore::Slice(args) => slice::run(args, out),
        Chore::Diff(args) => diff::run(args, out),
        Chore::Update(args) => update::run(args, out),
    }
}
