//! `cargo xtask spec update`: slice, diff, codegen and tests in one go.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use atlas_codegen::source_map::{Document, read};
use atlas_codegen::spec_tools::diff::{Catalogue, Change, Ledger, Mismatch, changes, markdown};
use atlas_codegen::spec_tools::slice::{operation_ids, slice};
use atlas_codegen::spec_tools::update::{PLACEHOLDER, Update, update};
use atlas_codegen::spec_tools::write;

use super::args::UpdateArgs;
use super::{diff, files};
use crate::generate;

/// One fragment, and what became of it.
struct Outcome {
    path: PathBuf,
    old: Document,
    update: Update,
    mismatch: Mismatch,
    known: usize,
}

impl Outcome {
    fn is_changed(&self) -> bool {
        !self.update.applied.is_empty()
    }
}

/// Everything is worked out, and the generator tried on it, before the first file is written.
pub(super) fn run(args: &UpdateArgs, out: &mut dyn Write) -> Result<ExitCode, String> {
    let mut published = files::document(&args.from)?;
    // The summary is for a pull request, which knows nothing of this machine's folders.
    published.name = args.from.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let ledger_path = args.spec_dir.join("discrepancies.md");
    let ledger = Ledger::read("spec/discrepancies.md", &files::text(&ledger_path)?)
        .map_err(|error| error.to_string())?;
    let outcomes = generate::DOCUMENTS
        .iter()
        .map(|name| outcome(&args.spec_dir.join(name), &published, &ledger))
        .collect::<Result<Vec<_>, _>>()?;
    dry_run(args, &outcomes)?;
    let mut generated = Vec::new();
    let tests = if args.dry_run {
        None
    } else {
        let changed: Vec<_> = outcomes
            .iter()
            .filter(|outcome| outcome.is_changed())
            .map(|outcome| (outcome.path.clone(), write(&outcome.update.fragment)))
            .collect();
        files::replace(&changed)?;
        generate::contract(false, &args.spec_dir, &args.out_dir, &mut generated)?;
        if args.no_test { None } else { Some(tests()?) }
    };
    let generated = String::from_utf8_lossy(&generated).into_owned();
    files::print(out, &summary(args, &published, &outcomes, &generated, tests)?)?;
    let open = outcomes.iter().any(|outcome| {
        !outcome.update.by_hand.is_empty()
            || outcome.update.placeholders() > 0
            || !outcome.mismatch.stale.is_empty()
    });
    Ok(if open || tests == Some(false) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn outcome(path: &Path, published: &Document, ledger: &Ledger) -> Result<Outcome, String> {
    // The summary is for a pull request: it shows the repository's name of a file, not this machine's.
    let name = format!("spec/{}", path.file_name().unwrap_or_default().to_string_lossy());
    let old = read(&name, &files::text(path)?).map_err(|error| error.to_string())?;
    let ids = operation_ids(&old);
    let there = operation_ids(published);
    let kept: Vec<_> = ids.iter().filter(|id| there.contains(id)).cloned().collect();
    let new = slice(published, &kept).map_err(|error| error.to_string())?;
    let all = changes(&old, &new).map_err(|error| error.to_string())?;
    let mismatch = ledger.hold(&all, &ids);
    let known = all.len() - mismatch.unlisted.len();
    let update = update(&old, &new, &mismatch.unlisted).map_err(|error| error.to_string())?;
    Ok(Outcome { path: path.to_owned(), old, update, mismatch, known })
}

/// Runs the generator on the new fragments in a folder of their own.
fn dry_run(args: &UpdateArgs, outcomes: &[Outcome]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("can't try the generator: {error}");
    let folder = tempfile::tempdir().map_err(failed)?;
    let spec = folder.path().join("spec");
    fs::create_dir(&spec).map_err(failed)?;
    fs::copy(args.spec_dir.join("clauses.yaml"), spec.join("clauses.yaml")).map_err(failed)?;
    for outcome in outcomes {
        let name = outcome.path.file_name().unwrap_or_default();
        fs::write(spec.join(name), write(&outcome.update.fragment)).map_err(failed)?;
    }
    generate::contract(false, &spec, &folder.path().join("src"), &mut Vec::new()).map_err(
        |reason| {
            format!("nothing was written, because the generator refuses the outcome: {reason}")
        },
    )?;
    Ok(())
}

/// Whether the project's tests pass. What they print goes to standard error.
fn tests() -> Result<bool, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["test", "--locked"])
        .stdout(Stdio::from(std::io::stderr()))
        .status()
        .map_err(|error| format!("can't start cargo: {error}"))?;
    Ok(status.success())
}

/// What a pull request says.
fn summary(
    args: &UpdateArgs,
    published: &Document,
    outcomes: &[Outcome],
    generated: &str,
    tests: Option<bool>,
) -> Result<String, String> {
    let touches = diff::touches(&args.spec_dir)?;
    let info = |key| published.root.get("info").and_then(|info| info.get(key)).map(|v| v.inline());
    let mut out = String::from("## Update of the specification\n\n");
    let _ = writeln!(
        out,
        "From `{}`, version {}, revision {}.\n",
        published.name,
        info("version").unwrap_or_else(|| "unknown".to_owned()),
        info("x-xgen-sha").unwrap_or_else(|| "unknown".to_owned()),
    );
    for outcome in outcomes {
        let news = outcome.mismatch.unlisted.clone();
        let _ = writeln!(
            out,
            "**{}**: {} new, {} of them put in, {} known and left as they are.\n",
            outcome.old.name,
            news.len(),
            outcome.update.applied.len(),
            outcome.known
        );
        if !news.is_empty() {
            let name = &outcome.old.name;
            let report = diff::report(name, &published.name, news, &touches, &Catalogue::default());
            out.push_str(&markdown(&report).replace("\n### ", "\n#### "));
            out.push('\n');
        }
    }
    out.push_str("### To do\n\n");
    let before = out.len();
    for outcome in outcomes {
        todo(&mut out, outcome);
    }
    if outcomes.iter().any(Outcome::is_changed) {
        out.push_str("- [ ] Note the date of the document in `spec/README.md`.\n");
        out.push_str("- [ ] Read the clauses named above again, and the diff of `generated/`.\n");
    }
    if out.len() == before {
        out.push_str("Nothing.\n");
    }
    let ran = match (args.dry_run, tests) {
        (true, _) => "Nothing was written and no test was run.".to_owned(),
        (_, None) => format!("{}\nThe tests were not run.", generated.trim_end()),
        (_, Some(true)) => format!("{}\nThe tests pass.", generated.trim_end()),
        (_, Some(false)) => format!("{}\nThe tests fail.", generated.trim_end()),
    };
    let _ = writeln!(out, "\n### What was run\n\n```text\n{ran}\n```");
    Ok(out)
}

fn todo(out: &mut String, outcome: &Outcome) {
    let name = &outcome.old.name;
    let line = |change: &Change| {
        format!(
            "{}, {}: {} ({} → {})",
            change.operation,
            change.site,
            change.rule,
            change.old.short(),
            change.new.short()
        )
    };
    for change in &outcome.update.by_hand {
        let _ = writeln!(
            out,
            "- [ ] Put into `{name}` by hand, or list in `discrepancies.md`: {}.",
            line(change)
        );
    }
    let placeholders = outcome.update.placeholders();
    if placeholders > 0 {
        let _ = writeln!(
            out,
            "- [ ] Write {placeholders} description(s) in `{name}` in place of `{PLACEHOLDER}`."
        );
    }
    for stale in &outcome.mismatch.stale {
        let _ = writeln!(out, "- [ ] Take out, as the document no longer differs there: {stale}.");
    }
}
