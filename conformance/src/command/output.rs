//! Where the reports of a run go: the terminal, files, and GitHub's pages.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use atlas_conformance::report::destination::Destination;
use atlas_conformance::report::document::Document;
use atlas_conformance::report::terminal::layout::Look;
use atlas_conformance::report::{github, markdown, terminal};
use console::Term;

use crate::args::{ReportTo, RunArgs};

/// The width of a report that nobody has on a screen.
const WIDTH: usize = 100;

/// The longest summary that GitHub takes of a step, in bytes.
const GITHUB_SUMMARY_LIMIT: usize = 1024 * 1024;

/// Where the reports go, found to be writable.
pub(super) struct Output {
    files: Vec<(ReportTo, Destination)>,
    /// The report that goes to standard output in place of the text.
    stdout: Option<ReportTo>,
    look: Look,
    github: Option<GitHub>,
}

/// GitHub Actions, which runs this.
struct GitHub {
    summary: Option<PathBuf>,
}

impl Output {
    /// Finds out before the first request whether each report can be written.
    pub(super) fn checked(args: &RunArgs) -> Result<Self, String> {
        let mut files: Vec<(ReportTo, Destination)> = Vec::new();
        let mut stdout = None;
        for report in &args.report {
            if report.is_stdout() {
                if stdout.replace(report.clone()).is_some() {
                    return Err(format!("{}: another report goes there", option(report)));
                }
                continue;
            }
            let destination = Destination::checked(&report.path)
                .map_err(|error| format!("{}: {error}", option(report)))?;
            if files.iter().any(|(_, known)| *known == destination) {
                return Err(format!("{}: another report goes to this file", option(report)));
            }
            files.push((report.clone(), destination));
        }
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let columns = set("COLUMNS").and_then(|value| value.to_str()?.parse().ok());
        let columns = columns
            .or_else(|| Term::stdout().size_checked().map(|(_, columns)| usize::from(columns)));
        Ok(Self {
            files,
            stdout,
            look: Look::new(columns.unwrap_or(WIDTH), args.verbose),
            github: set("GITHUB_ACTIONS")
                .map(|_| GitHub { summary: set("GITHUB_STEP_SUMMARY").map(PathBuf::from) }),
        })
    }

    /// Writes all reports; one that fails is reported and keeps no other from being written. Says
    /// whether all were written.
    pub(super) fn write(
        &self,
        document: &Document,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> bool {
        // The files first: the terminal may be a closed pipe.
        let (written_to, mut failures) = self.write_files(document, out);
        if let Err(error) = self.print(document, &written_to, self.text_goes_to(out, err)) {
            failures.push(format!("can't print the report: {error}"));
        }
        if let Some(path) = self.github.as_ref().and_then(|github| github.summary.as_ref())
            && let Err(error) = append_summary(document, path)
        {
            failures.push(format!("can't append to GITHUB_STEP_SUMMARY: {error}"));
        }
        complain(&failures, err)
    }

    /// Writes the reports of a run in which no check ran, and prints nothing: an error says it.
    pub(super) fn write_without_text(
        &self,
        document: &Document,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> bool {
        complain(&self.write_files(document, out).1, err)
    }

    /// Writes what `--report` names; gives what was written, and what could not be.
    fn write_files(&self, document: &Document, out: &mut dyn Write) -> (Vec<String>, Vec<String>) {
        let mut failures = Vec::new();
        let mut written_to = Vec::new();
        for (report, destination) in &self.files {
            let written = report
                .format
                .render(document)
                .map_err(std::io::Error::from)
                .and_then(|text| destination.write(&text));
            match written {
                Ok(()) => written_to.push(report.path.display().to_string()),
                Err(error) => failures.push(format!("{}: {error}", option(report))),
            }
        }
        if let Some(report) = &self.stdout {
            let text = report.format.render(document).map_err(std::io::Error::from);
            if let Err(error) = text.and_then(|text| out.write_all(text.as_bytes())) {
                failures.push(format!("{}: {error}", option(report)));
            }
        }
        (written_to, failures)
    }

    /// Where text for people goes: to standard output, unless a report does.
    pub(super) fn text_goes_to<'a>(
        &self,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
    ) -> &'a mut dyn Write {
        if self.stdout.is_some() { err } else { out }
    }

    fn print(
        &self,
        document: &Document,
        written_to: &[String],
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        let silencer = self.github.as_ref().map(|_| github::silencer());
        if let Some(silencer) = &silencer {
            writeln!(out, "{}", github::stop(silencer))?;
        }
        terminal::summary::write(out, document, self.look)?;
        if !written_to.is_empty() {
            writeln!(out, "wrote {}", written_to.join(", "))?;
        }
        if let Some(silencer) = &silencer {
            writeln!(out, "{}", github::resume(silencer))?;
            write!(out, "{}", github::annotations(document))?;
        }
        Ok(())
    }
}

/// Says what could not be written, and whether everything was.
fn complain(failures: &[String], err: &mut dyn Write) -> bool {
    for failure in failures {
        // Nowhere is left to say that standard error is closed.
        let _ = writeln!(err, "error: {failure}");
    }
    failures.is_empty()
}

fn option(report: &ReportTo) -> String {
    format!("--report {}={}", report.format, report.path.display())
}

fn append_summary(document: &Document, path: &PathBuf) -> std::io::Result<()> {
    let text = markdown::render(document);
    if text.len() > GITHUB_SUMMARY_LIMIT {
        return Err(std::io::Error::other("it is longer than the MiB that GitHub takes"));
    }
    let mut file = File::options().append(true).create(true).open(path)?;
    file.write_all(text.as_bytes())
}
