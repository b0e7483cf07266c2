//! `atlas-conformance`: parse, run, exit. Nothing below `main` prints or exits by itself.

mod args;
mod command;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};

fn main() -> ExitCode {
    let mut out = anstream::stdout();
    let mut err = anstream::stderr();
    let exit = match Cli::parse().command {
        Command::Run(args) => command::run::run(&args, &mut out, &mut err),
        Command::Compare(args) => command::compare::compare(&args, &mut out, &mut err),
        Command::Judge(args) => command::judge::judge(&args, &mut out, &mut err),
        Command::List(args) => command::list::list(&args, &mut out, &mut err),
        Command::Serve(args) => command::serve::serve(&args, &mut out, &mut err),
        Command::Init(args) => {
            command::init::init(&args, &mut std::io::stdin().lock(), &mut out, &mut err)
        }
        Command::Doctor(args) => command::doctor::doctor(&args, &mut out, &mut err),
        Command::Explain(args) => command::explain::explain(&args, &mut out, &mut err),
        Command::CleanUp(args) => command::clean_up::clean_up(&args, &mut out, &mut err),
        Command::Completions(args) => {
            command::manual::completions(args.shell, &mut Cli::command(), &mut out)
        }
        Command::Man => command::manual::man(Cli::command(), &mut out),
    };
    exit.into()
}
