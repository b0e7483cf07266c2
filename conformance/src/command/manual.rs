//! `atlas-conformance completions` and `atlas-conformance man`: what clap knows of itself.

use std::io::Write;

use atlas_api::clauses::Clause;
use atlas_conformance::exit_code::{Exit, Failure};
use atlas_conformance::report::format::Format;
use atlas_remove_role::checks;
use clap::Command;
use clap::builder::PossibleValuesParser;
use clap_complete::Shell;

/// Prints a completion script.
pub(crate) fn completions(
    shell: Shell,
    command: Command,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut with_names(command), "atlas-conformance", &mut script);
    write(out, &script)
}

/// The command with the names that options take, which would be too many for `--help`.
fn with_names(command: Command) -> Command {
    let clauses = || Clause::ALL.iter().map(|clause| clause.slug());
    let subjects: Vec<_> = checks::all().map(|check| check.id).chain(clauses()).collect();
    let faults: Vec<_> = atlas_reference::faults().map(|fault| fault.name).collect();
    let variants: Vec<_> = atlas_reference::variants().map(|variant| variant.name).collect();
    // The program ends when they are printed.
    let reports: Vec<&'static str> =
        Format::ALL.iter().map(|format| &*format!("{}=", format.name()).leak()).collect();
    command
        .mut_subcommand("run", |run| {
            run.mut_arg("only", |only| only.value_parser(PossibleValuesParser::new(&subjects)))
                .mut_arg("skip", |skip| skip.value_parser(PossibleValuesParser::new(&subjects)))
                .mut_arg("report", |report| report.value_parser(PossibleValuesParser::new(reports)))
        })
        .mut_subcommand("explain", |explain| {
            explain.mut_arg("subject", |it| it.value_parser(PossibleValuesParser::new(&subjects)))
        })
        .mut_subcommand("serve", |serve| {
            serve
                .mut_arg("fault", |fault| fault.value_parser(PossibleValuesParser::new(faults)))
                .mut_arg("variant", |it| it.value_parser(PossibleValuesParser::new(variants)))
        })
}

/// Prints the manual page, with one section for each subcommand.
pub(crate) fn man(command: Command, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let rendered = (|| {
        // Not the list of subcommands, which refers to a page for each.
        let man = clap_mangen::Man::new(command.clone());
        man.render_title(&mut page)?;
        man.render_name_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
        let visible = command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set());
        for subcommand in visible {
            let name = subcommand.get_name().to_uppercase();
            writeln!(page, ".SH \"{name}\"")?;
            let man = clap_mangen::Man::new(subcommand.clone());
            man.render_description_section(&mut page)?;
            man.render_options_section(&mut page)?;
        }
        man.render_extra_section(&mut page)?;
        man.render_version_section(&mut page)
    })();
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
