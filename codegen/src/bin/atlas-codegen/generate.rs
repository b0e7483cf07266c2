//! `cargo xtask codegen`: reads spec/, or one document, and writes source.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atlas_codegen::{Errors, File, Package, Source, Sources};

use crate::{diagnose, folder};

/// The fragments, in the order in which their operations appear.
pub(crate) const DOCUMENTS: [&str; 2] = ["remove_role.openapi.yaml", "project_users.openapi.yaml"];

/// The folder of the specification in this repository.
const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec");

/// The folder of the generated source in this repository.
const GENERATED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated/src");

/// What `cargo xtask codegen` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Write nothing; say what is stale and end with 1 if anything is.
    #[arg(long)]
    check: bool,
    /// The folder of the specification.
    #[arg(long, value_name = "DIR", default_value = SPEC, hide_default_value = true)]
    spec_dir: PathBuf,
    /// The folder of the generated source.
    #[arg(long, value_name = "DIR", default_value = GENERATED, hide_default_value = true)]
    out_dir: PathBuf,
    /// A document: write a package of its own with a client for all of its operations.
    #[arg(long, value_name = "DOC", requires = "out", conflicts_with_all = ["spec_dir", "out_dir"])]
    spec: Option<PathBuf>,
    /// The folder of that package.
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// The name of that package; by default that of its folder.
    #[arg(long, requires = "spec")]
    package: Option<String>,
    /// Make an untyped value of what can't be represented, and warn of it.
    #[arg(long, requires = "spec")]
    allow_unsupported: bool,
}

/// Generates what the options ask for.
pub(crate) fn run(
    options: &Options,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<ExitCode, String> {
    match (&options.spec, &options.out) {
        (Some(document), Some(folder)) => client(options, document, folder, out, err),
        _ => contract(options.check, &options.spec_dir, &options.out_dir, out),
    }
}

/// Generates the project's contract and client in memory, then writes what differs, or only says so.
pub(crate) fn contract(
    check: bool,
    spec: &Path,
    out_dir: &Path,
    out: &mut dyn Write,
) -> Result<ExitCode, String> {
    let sources = sources(spec)?;
    let all: Vec<_> = sources.documents.iter().chain([&sources.clauses]).collect();
    let files = atlas_codegen::generate(&sources).map_err(|errors| refused(&errors, &all))?;
    write(&files, out_dir, check, out)
}

/// The same for a package with a client for every operation of a document.
fn client(
    options: &Options,
    document: &Path,
    folder: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<ExitCode, String> {
    let source = read(document, document.display().to_string())?;
    let package = package(options, folder)?;
    let client =
        atlas_codegen::client(&source, &package).map_err(|errors| refused(&errors, &[&source]))?;
    let warnings = diagnose::warnings(&client.warnings, &[&source]);
    write!(err, "{warnings}").map_err(|error| format!("can't write warnings: {error}"))?;
    write(&client.files, folder, options.check, out)
}

fn refused(errors: &Errors, sources: &[&Source]) -> String {
    format!("nothing was generated\n\n{}", diagnose::render(&errors.0, sources))
}

fn write(
    files: &[File],
    folder: &Path,
    check: bool,
    out: &mut dyn Write,
) -> Result<ExitCode, String> {
    let changes = folder::changes(files, folder)?;
    let failed = |error: std::io::Error| format!("can't write the summary: {error}");
    if changes.is_empty() {
        let count = files.len();
        writeln!(out, "unchanged: all {count} files of {}", shown(folder)).map_err(failed)?;
        return Ok(ExitCode::SUCCESS);
    }
    // A folder that is new is listed by its number of files alone.
    if check || changes.len() < files.len() {
        for (path, change) in &changes {
            let word = if check { change.word() } else { change.done() };
            writeln!(out, "{word:<8} {}/{path}", shown(folder)).map_err(failed)?;
        }
    }
    if check {
        writeln!(out, "run `cargo xtask codegen` to mend this").map_err(failed)?;
        return Ok(ExitCode::FAILURE);
    }
    folder::apply(&changes, folder)?;
    let kept = files.iter().filter(|file| !changes.contains_key(&file.path)).count();
    writeln!(out, "updated {} file(s), {kept} unchanged", changes.len()).map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}

/// A folder as it was given; the repository's own by its place there.
fn shown(folder: &Path) -> String {
    if folder == Path::new(GENERATED) {
        "generated/src".to_owned()
    } else {
        folder.display().to_string()
    }
}

fn package(options: &Options, folder: &Path) -> Result<Package, String> {
    let folder_name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = options.package.clone().or(folder_name).unwrap_or_default();
    let fits = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if !fits {
        return Err(format!(
            "expected a package name of letters, digits, `-` and `_`, got `{name}`; use --package"
        ));
    }
    Ok(Package { name, allow_unsupported: options.allow_unsupported })
}

fn sources(spec: &Path) -> Result<Sources, String> {
    // The project's own files are known by their place in it.
    let shown = |name: &str| match spec == Path::new(SPEC) {
        true => format!("spec/{name}"),
        false => spec.join(name).display().to_string(),
    };
    let read = |name: &str| read(&spec.join(name), shown(name));
    Ok(Sources {
        documents: DOCUMENTS.into_iter().map(read).collect::<Result<_, _>>()?,
        clauses: read("clauses.yaml")?,
    })
}

fn read(path: &Path, name: String) -> Result<Source, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("can't read {}: {error}", path.display()))?;
    Ok(Source { name, text })
}
