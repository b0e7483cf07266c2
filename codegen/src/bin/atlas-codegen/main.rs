//! The generator's program, which `cargo xtask codegen`, `bench codegen` and `spec` run.

mod bench;
mod diagnose;
mod folder;
mod generate;
mod spec;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Generate source from the specification, measure that, and look after the specification.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Write generated/src from spec/, or a package from a document.
    Codegen(generate::Options),
    /// Measure the stages of the generator on a document.
    Bench {
        #[command(subcommand)]
        what: bench::What,
    },
    /// Cut, compare and update the specification.
    Spec(spec::SpecArgs),
}

fn main() -> ExitCode {
    let mut out = std::io::stdout();
    let mut err = std::io::stderr();
    let result = match Cli::parse().chore {
        Chore::Bench { what } => bench::run(&what, &mut out),
        Chore::Codegen(options) => generate::run(&options, &mut out, &mut err),
        Chore::Spec(args) => spec::run(&args, &mut anstream::stdout()),
    };
    result.unwrap_or_else(|reason| {
        // Nowhere is left to say that standard error is closed.
        let _ = writeln!(err, "error: {reason}");
        ExitCode::from(2)
    })
}
