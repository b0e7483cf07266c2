//! The whole report: a line for each section, the checks that did not pass, the failures in full, and
//! the verdict at the end.

use std::io::{self, Write};

use super::layout::{BOLD, DIM, Look, cut, style, wrapped};
use super::{failure, observed};
use crate::report::document::{CheckEntry, CoverageEntry, Document};
use crate::report::wording::{counted, duration, grouped};
use atlas_engine::run::verdict::Verdict;

/// The maximum number of failures in full without `--verbose`.
const IN_FULL: usize = 10;

/// The number of checks that ended alike from which one line stands for all of a section.
const ALIKE: usize = 3;

/// Writes the report of a run, with colours that the writer may strip.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, document: &Document, look: Look) -> io::Result<()> {
    let column = column(document, look);
    for checks in document.checks.chunk_by(|one, next| one.section() == next.section()) {
        section(out, checks, column, look)?;
    }
    observed::write(out, document, look)?;
    for verdict in [Verdict::Fail, Verdict::Warn] {
        breaches(out, document, verdict, column, look)?;
    }
    expectations(out, document, look)?;
    for left in &document.left_behind {
        writeln!(out, "\nnot cleaned up: {}", cut(left, look.width() * 2))?;
    }
    conclusion(out, document, look)
}

/// The width of the column of check ids.
fn column(document: &Document, look: Look) -> usize {
    let listed = document.checks.iter().filter(|c| look.verbose || c.verdict != Verdict::Pass);
    listed.map(|check| check.id.len()).max().unwrap_or(0)
}

fn section(
    out: &mut dyn Write,
    checks: &[CheckEntry],
    column: usize,
    look: Look,
) -> io::Result<()> {
    let count = |verdict| checks.iter().filter(|check| check.verdict == verdict).count();
    write!(out, "{BOLD}{:<9}{BOLD:#}", checks[0].section())?;
    let words = [
        (Verdict::Pass, "passed"),
        (Verdict::Fail, "failed"),
        (Verdict::Warn, "warned"),
        (Verdict::Known, "known"),
        (Verdict::Error, "without a verdict"),
        (Verdict::Skip, "skipped"),
    ];
    for (verdict, word) in words {
        let count = count(verdict);
        if count > 0 {
            let style = style(verdict);
            write!(out, " {style}{count:>3} {word}{style:#}")?;
        }
    }
    writeln!(out)?;
    let mut listed: Vec<&str> = Vec::new();
    for check in checks {
        let reason = check.message.as_deref().unwrap_or_default();
        let alike = checks.iter().filter(|other| ended_alike(check, other)).count();
        if alike >= ALIKE && !look.verbose {
            if !listed.contains(&reason) {
                listed.push(reason);
                row(out, check.verdict, (&counted(alike, "check"), column), reason, look)?;
            }
        } else if check.verdict != Verdict::Pass || look.verbose {
            line(out, check, column, look)?;
        }
    }
    Ok(())
}

/// Whether both were skipped, or have no verdict, for the same reason.
fn ended_alike(one: &CheckEntry, other: &CheckEntry) -> bool {
    matches!(one.verdict, Verdict::Skip | Verdict::Error)
        && one.verdict == other.verdict
        && one.message == other.message
}

fn line(out: &mut dyn Write, check: &CheckEntry, column: usize, look: Look) -> io::Result<()> {
    let reason = check.message.as_deref().unwrap_or_default();
    match check.verdict {
        Verdict::Skip | Verdict::Error | Verdict::Known => {
            row(out, check.verdict, (check.id, column), reason, look)
        }
        _ if look.verbose => {
            let effort = format!(
                "{}, {}",
                counted(usize::try_from(check.requests).unwrap_or(usize::MAX), "request"),
                duration(check.duration_ms)
            );
            row(
                out,
                check.verdict,
                (check.id, column),
                &format!("{} ({effort})", check.title),
                look,
            )
        }
        Verdict::Pass => row(out, check.verdict, (check.id, column), check.title, look),
        _ => row(out, check.verdict, (check.id, column), reason, look),
    }
}

fn row(
    out: &mut dyn Write,
    verdict: Verdict,
    (name, column): (&str, usize),
    text: &str,
    look: Look,
) -> io::Result<()> {
    let (style, word) = (style(verdict), verdict.word());
    let from = 2 + 6 + column + 2;
    // A reason is to be read whole; a title stands in the failure again.
    let lines = match verdict {
        Verdict::Skip | Verdict::Error | Verdict::Known => wrapped(text, look.width() - from),
        _ => vec![cut(text, look.width() - from)],
    };
    for (at, text) in lines.iter().enumerate() {
        match at {
            0 => writeln!(out, "  {style}{word:<5}{style:#} {name:<column$}  {DIM}{text}{DIM:#}")?,
            _ => writeln!(out, "{:from$}{DIM}{text}{DIM:#}", "")?,
        }
    }
    Ok(())
}

fn breaches(
    out: &mut dyn Write,
    document: &Document,
    verdict: Verdict,
    column: usize,
    look: Look,
) -> io::Result<()> {
    let checks: Vec<_> = document.ended(verdict).collect();
    let limit = if look.verbose { usize::MAX } else { IN_FULL };
    for check in checks.iter().take(limit) {
        writeln!(out)?;
        failure::write(out, document, check, look)?;
    }
    if checks.len() > limit {
        let more = counted(checks.len() - limit, "more check");
        let style = style(verdict);
        writeln!(out, "\n{style}{more}{style:#}, in full with --verbose or in the HTML report")?;
        for check in &checks[limit..] {
            row(
                out,
                verdict,
                (check.id, column),
                check.message.as_deref().unwrap_or_default(),
                look,
            )?;
        }
    }
    Ok(())
}

/// The expectations that need attention: stale and expired ones, and those that this run could not
/// judge.
fn expectations(out: &mut dyn Write, document: &Document, look: Look) -> io::Result<()> {
    for entry in &document.expectations {
        let what = format!("{} `{}` ({})", entry.covers, entry.pattern, entry.place);
        let names: Vec<_> = entry.names.iter().map(|name| format!("`{name}`")).collect();
        let names = names.join(", ");
        let text = match entry.state {
            "stale" => format!("stale expectation: {what}; {names} no longer deviates: remove it"),
            "unjudged" => format!(
                "expectation not judged: {what}; not everything that could show it has run: {names}"
            ),
            "over" => {
                let until = entry.until.as_deref().unwrap_or_default();
                format!("expectation over since {until}: {what} accepts nothing any more")
            }
            _ => continue,
        };
        writeln!(out)?;
        for line in wrapped(&text, look.width()) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn conclusion(out: &mut dyn Write, document: &Document, look: Look) -> io::Result<()> {
    let summary = document.summary;
    let verdict = match document.verdict {
        Verdict::Error if summary.errored == 0 => Verdict::Skip,
        verdict => verdict,
    };
    let style = style(verdict);
    writeln!(out, "\n{style}{}{style:#}  {}", document.headline, document.target)?;
    for line in wrapped(&document.reason, look.width()) {
        writeln!(out, "{line}")?;
    }
    let counts = format!(
        "{} passed, {} failed, {} warned, {} skipped, {} without a verdict; \
         {} requests in {}, seed {}",
        summary.passed,
        summary.failed,
        summary.warned,
        summary.skipped,
        summary.errored,
        grouped(document.requests),
        duration(document.duration_ms),
        document.seed
    );
    for line in wrapped(&counts, look.width()) {
        writeln!(out, "{DIM}{line}{DIM:#}")?;
    }
    if let Some(CoverageEntry { pairs, triples }) = document.coverage {
        let text = format!(
            "of the circumstances that may meet: {pairs} % of pairs, {triples} % of triples"
        );
        writeln!(out, "{DIM}{text}{DIM:#}")?;
    }
    if summary.known > 0 {
        writeln!(out, "{} deviated as expected", counted(summary.known, "check"))?;
    }
    if document.rate_limited > 0 {
        writeln!(out, "{} answers were 429 and waited out", grouped(document.rate_limited))?;
    }
    if document.set_up_retries > 0 {
        let count = grouped(document.set_up_retries);
        writeln!(out, "{count} answers to set-up were 5xx, and were asked for again")?;
    }
    if look.verbose {
        traffic(out, document, look)?;
    }
    Ok(())
}

fn traffic(out: &mut dyn Write, document: &Document, look: Look) -> io::Result<()> {
    let statuses = document.traffic.statuses.iter().map(|count| match count.status {
        0 => format!("{} without an answer", grouped(count.count)),
        status => format!("{} × {status}", grouped(count.count)),
    });
    for line in wrapped(&statuses.collect::<Vec<_>>().join(", "), look.width()) {
        writeln!(out, "{DIM}{line}{DIM:#}")?;
    }
    let Some(latency) = document.traffic.latency else { return Ok(()) };
    let millis = |micros: u64| format!("{}.{} ms", micros / 1000, micros % 1000 / 100);
    writeln!(
        out,
        "{DIM}latency: half within {}, 95 % within {}, 99 % within {}, at most {}{DIM:#}",
        millis(latency.p50_us),
        millis(latency.p95_us),
        millis(latency.p99_us),
        millis(latency.most_us)
    )
}
