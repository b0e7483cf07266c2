//! `cargo xtask spec slice`.

use std::io::Write;
use std::process::ExitCode;

use atlas_codegen::spec_tools::slice::slice;
use atlas_codegen::spec_tools::write;

use super::args::SliceArgs;
use super::files;

/// Writes the slice to a file or to standard output.
pub(super) fn run(args: &SliceArgs, out: &mut dyn Write) -> Result<ExitCode, String> {
    let document = files::document(&args.from)?;
    let slice = slice(&document, &args.operations).map_err(|error| error.to_string())?;
    let text = write(&slice);
    match &args.out {
        Some(path) => files::replace(&[(path.clone(), text)])?,
        None => files::print(out, &text)?,
    }
    Ok(ExitCode::SUCCESS)
}
