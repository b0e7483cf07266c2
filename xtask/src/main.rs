//! The chores of this repository. `cargo xtask --help` lists them.

mod bench;
mod codegen;
mod conform;
mod diagnose;
mod folder;
mod spec;

use std::io::Write;
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
    /// Write generated/src from spec/, or a package from a document.
    Codegen(codegen::Options),
    /// Measure a chore: the stages of the generator on a document.
    Bench {
        #[command(subcommand)]
        what: bench::What,
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
        Chore::Bench { what } => bench::run(&what, &mut out),
        Chore::Codegen(options) => codegen::run(&options, &mut out, &mut err),
        Chore::Conform { arguments } => conform::run(&arguments),
        Chore::Spec(args) => spec::run(&args, &mut anstream::stdout()),
    };
    result.unwrap_or_else(|reason| {
        // Nowhere is left to say that standard error is closed.
        let _ = writeln!(err, "error: {reason}");
        ExitCode::from(2)
    })
}
