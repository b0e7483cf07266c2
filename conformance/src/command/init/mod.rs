//! `atlas-conformance init`: a commented configuration.

mod answers;
mod configuration;

use std::fs::File;
use std::io::{BufRead, Write};

use atlas_conformance::exit_code::{Exit, Failure};
use atlas_remove_role::config::Config;

use crate::args::InitArgs;

/// Asks what no option says, and writes the file. It never asks for a secret.
pub(crate) fn init(
    args: &InitArgs,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    write(args, input, out).map_err(Failure::usage)?;
    Ok(Exit::Conforms)
}

fn write(args: &InitArgs, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<(), String> {
    let path = args.file.display();
    if args.file.exists() {
        return Err(format!("{path} exists already; name another file"));
    }
    let answers = answers::answers(args, input, out)?;
    let text = configuration::text(&answers)?;
    // The file has to be a configuration, whatever was answered.
    let checked: Result<Config, _> =
        toml::from_str(&text.replace("{ env = ", "{ env = 'PATH' } #"));
    checked.map_err(|error| format!("these answers make no configuration: {}", error.message()))?;
    let mut file =
        File::create_new(&args.file).map_err(|error| format!("can't write {path}: {error}"))?;
    file.write_all(text.as_bytes()).map_err(|error| format!("can't write {path}: {error}"))?;
    let _ = writeln!(out, "wrote {path}. Next:");
    if let Some(variable) = answers.secret_variable() {
        let _ = writeln!(out, "  export {variable}=...");
    }
    let _ = writeln!(
        out,
        "  atlas-conformance doctor --config {path}\n  atlas-conformance run --config {path}"
    );
    Ok(())
}
