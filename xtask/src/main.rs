//! The chores of this repository. `cargo xtask --help` lists them.

mod codegen;
mod conform;
mod spec;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The chores of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Write generated/src from spec/.
    Codegen {
        /// Write nothing; say what is stale and end with 1 if anything is.
        #[arg(long)]
        check: bool,
        /// The folder of the specification.
        #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec"), hide_default_value = true)]
        spec_dir: PathBuf,
        /// The folder of the generated source.
        #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated/src"), hide_default_value = true)]
        out_dir: PathBuf,
    },
    /// Build the suite and run it, by default against an embedded reference server.
    Conform {
        /// Arguments of `atlas-conformance run`.
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Cut, compare and update the specification.
    Spec(spec::SpecArgs),
}

fn main() -> ExitCode {
    let mut out = std::io::stdout();
    let mut err = std::io::stderr();
    let result = match Cli::parse().chore {
        Chore::Codegen { check, spec_dir, out_dir } => {
            codegen::run(check, &spec_dir, &out_dir, &mut out)
        }
        Chore::Conform { arguments } => conform::run(&arguments),
        Chore::Spec(args) => spec::run(&args, &mut anstream::stdout()),
    };
    result.unwrap_or_else(|reason| {
        // Nowhere is left to say that standard error is closed.
        let _ = writeln!(err, "error: {reason}");
        ExitCode::from(2)
    })
}
