//! `atlas-conformance`: parse, run, exit. Nothing below `main` prints or exits by itself.

mod args;
mod command;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

fn main() -> ExitCode {
    let mut out = anstream::stdout();
    let mut err = anstream::stderr();
    let exit = match Cli::parse().command {
        Command::Run(args) => command::run::run(&args, &mut out, &mut err),
        Command::Compare(args) => command::compare::compare(&args, &mut out, &mut err),
        Command::Judge(args) => command::judge::judge(&args, &mut out, &mut err),
        Command::List(args) => command::list::list(&args, &mut out),
        Command::Serve(args) => command::serve::serve(&args, &mut out, &mut err),
    };
    exit.into()
}
