//! `atlas-conformance completions` and `atlas-conformance man`: what clap knows of itself.

use std::io::Write;

use atlas_conformance::exit_code::{Exit, Failure};
use clap::Command;
use clap_complete::Shell;

/// Prints a completion script.
pub(crate) fn completions(
    shell: Shell,
    command: &mut Command,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "atlas-conformance", &mut script);
    write(out, &script)
}

/// Prints the manual page, with one section for each subcommand.
pub(crate) fn man(command: Command, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(command.clone()).render(&mut page).and_then(|()| {
        let visible = command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set());
        for subcommand in visible {
            let name = subcommand.get_name().to_uppercase();
            writeln!(page, ".SH \"{name}\"")?;
            let man = clap_mangen::Man::new(subcommand.clone());
            man.render_description_section(&mut page)?;
            man.render_options_section(&mut page)?;
        }
        Ok(())
    });
    match rendered {
        Ok(()) => write(out, &page),
        Err(error) => Err(Failure::no_verdict(error)),
    }
}

/// A closed pipe, as of `| head`, is no failure.
fn write(out: &mut dyn Write, text: &[u8]) -> Result<Exit, Failure> {
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::no_verdict(error))
        }
        _ => Ok(Exit::Conforms),
    }
}
