//! `atlas-conformance`: parse, run, exit. Nothing below `main` prints or exits by itself.

mod args;
mod command;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use atlas_conformance::exit_code::{Exit, Failure};

fn main() -> ExitCode {
    let mut out = anstream::stdout();
    let mut err = anstream::stderr();
    let exit = run(&mut out, &mut err).unwrap_or_else(|failure| {
        // A closed standard error leaves no place to report that it is closed.
        let _ = writeln!(err, "error: {failure}");
        failure.exit()
    });
    exit.into()
}

fn run(out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, Failure> {
    match Cli::parse().command {
        Command::Run(args) => match &args.against {
            Some(against) => command::against::run(&args, against, out, err),
            None => command::run::run(&args, out, err),
        },
        Command::Compare(args) => command::compare::compare(&args, out),
        Command::Judge(args) => command::judge::judge(&args, out),
        Command::List(args) => command::list::list(&args, out),
        Command::Serve(args) => command::serve::serve(&args, out),
        Command::Init(args) => command::init::init(&args, &mut std::io::stdin().lock(), out),
        Command::Doctor(args) => command::doctor::doctor(&args, out),
        Command::Explain(args) => command::explain::explain(&args, out),
        Command::CleanUp(args) => command::clean_up::clean_up(&args, out),
        Command::Completions(args) => command::manual::completions(args.shell, Cli::command(), out),
        Command::Man => command::manual::man(Cli::command(), out),
    }
}
