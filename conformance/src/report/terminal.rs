//! The report for people: a line per check, the failures in full, the verdict.

use std::collections::BTreeSet;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use atlas_api::clauses::Clause;

use crate::check::Verdict;
use crate::event::{CheckReport, RunReport};
use crate::evidence::{Redactor, Shown, shown};
use crate::expectations::State;
use crate::report::json::repeat;

/// How many exchanges of a failure are shown.
const EXCHANGES_SHOWN: usize = 4;

/// Writes the report of a run. Colours are for the writer to keep or to strip.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, run: &RunReport, redactor: &Redactor) -> io::Result<()> {
    let mut section = "";
    for check in &run.checks {
        let here = check.check.id.split('/').next().unwrap_or_default();
        if here != section {
            section = here;
            writeln!(out, "\n{BOLD}{section}{BOLD:#}")?;
        }
        line(out, check)?;
    }
    for check in &run.checks {
        if matches!(check.verdict, Verdict::Fail | Verdict::Warn) {
            failure(out, check, run, redactor)?;
        }
    }
    observations(out, run, redactor)?;
    expectations(out, run)?;
    for left in &run.left_behind {
        writeln!(out, "\nnot cleaned up: {}", redactor.clean(left))?;
    }
    conclusion(out, run)
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

const fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Pass => AnsiColor::Green.on_default(),
        Verdict::Skip => DIM,
        Verdict::Known => AnsiColor::Cyan.on_default(),
        Verdict::Warn => AnsiColor::Yellow.on_default(),
        Verdict::Error => AnsiColor::Magenta.on_default(),
        Verdict::Fail => AnsiColor::Red.on_default().bold(),
    }
}

fn line(out: &mut dyn Write, check: &CheckReport) -> io::Result<()> {
    let (style, word) = (style(check.verdict), check.verdict.word());
    write!(out, "  {style}{word:<5}{style:#} {:<36} {}", check.check.id, check.check.title)?;
    if let Some(reason) = &check.reason {
        write!(out, "\n        {DIM}{reason}{DIM:#}")?;
    }
    for (clause, because) in known(check) {
        write!(out, "\n        {DIM}{clause} is broken as expected: {because}{DIM:#}")?;
    }
    writeln!(out)
}

/// The clauses whose breach is expected, each once, and why.
fn known(check: &CheckReport) -> BTreeSet<(Clause, &str)> {
    check.known.iter().map(|known| (known.violation.clause, known.because.as_str())).collect()
}

/// The expectations that need a person: stale ones, those whose day has passed, and those of
/// which this run can't tell.
fn expectations(out: &mut dyn Write, run: &RunReport) -> io::Result<()> {
    for note in &run.expectations {
        let entry = &note.expectation;
        let (key, pattern, place) = (entry.key(), &entry.pattern, &entry.place);
        match &note.state {
            State::Holds => {}
            State::Stale(names) => {
                writeln!(
                    out,
                    "\nstale expectation, {place}: {key} `{pattern}`; {} no longer deviates: remove it",
                    names.join(", ")
                )?;
            }
            State::Unjudged(names) => {
                writeln!(
                    out,
                    "\nexpectation not judged, {place}: {key} `{pattern}`; not everything that could show it has run: {}",
                    names.join(", ")
                )?;
            }
            State::Over => {
                let until = entry.until.map(|date| date.to_string()).unwrap_or_default();
                writeln!(
                    out,
                    "\nexpectation over since {until}, {place}: {key} `{pattern}` accepts nothing any more"
                )?;
            }
        }
    }
    Ok(())
}

/// Writes what one check found, in full.
///
/// # Errors
/// When the writer fails.
pub fn failure(
    out: &mut dyn Write,
    check: &CheckReport,
    run: &RunReport,
    redactor: &Redactor,
) -> io::Result<()> {
    let Some(violation) = check.violations.first() else { return Ok(()) };
    let style = style(check.verdict);
    let (clause, word) = (violation.clause, check.verdict.word().to_uppercase());
    writeln!(
        out,
        "\n{style}{word}{style:#} {BOLD}{}{BOLD:#}  {}",
        check.check.id, check.check.title
    )?;
    writeln!(out, "  clause    {clause} ({})", clause.level())?;
    for text in wrapped(clause.text(), 88) {
        writeln!(out, "            {DIM}{text}{DIM:#}")?;
    }
    writeln!(out, "  expected  {}", redactor.clean(&violation.expected))?;
    writeln!(out, "  received  {}", redactor.clean(&violation.received))?;
    let exchanges = &violation.exchanges;
    let hidden = exchanges.len().saturating_sub(EXCHANGES_SHOWN);
    if hidden > 0 {
        writeln!(out, "  exchange  … {hidden} earlier")?;
    }
    for exchange in &exchanges[hidden..] {
        show(out, &shown(exchange, &run.origin, redactor))?;
    }
    if let Some(repeat) = repeat(check, run, redactor) {
        if let Some(curl) = repeat.curl {
            writeln!(out, "  curl      {curl}")?;
        }
        writeln!(out, "  repeat    {}", repeat.command)?;
    }
    if check.violations.len() > 1 {
        let more = check.violations.len() - 1;
        writeln!(out, "  and       {more} more; broken: {}", check.broken().join(", "))?;
    }
    Ok(())
}

/// Writes one exchange, the request behind `>` and the answer behind `<`.
///
/// # Errors
/// When the writer fails.
pub fn show(out: &mut dyn Write, shown: &Shown) -> io::Result<()> {
    let request = &shown.request;
    writeln!(out, "  exchange  > {} {}", request.method, request.url)?;
    for (name, value) in &request.headers {
        writeln!(out, "            > {name}: {value}")?;
    }
    body(out, '>', &request.body)?;
    match &shown.response {
        None => writeln!(out, "            < {}", shown.error.as_deref().unwrap_or("no answer"))?,
        Some(response) => {
            writeln!(out, "            < {} ({} ms)", response.status, shown.duration_ms)?;
            for (name, value) in &response.headers {
                writeln!(out, "            < {name}: {value}")?;
            }
            body(out, '<', &response.body)?;
        }
    }
    Ok(())
}

fn body(out: &mut dyn Write, mark: char, text: &str) -> io::Result<()> {
    for text in text.lines().take(20) {
        let cut: String = text.chars().take(400).collect();
        let dots = if cut.len() < text.len() { "…" } else { "" };
        writeln!(out, "            {mark} {cut}{dots}")?;
    }
    Ok(())
}

fn observations(out: &mut dyn Write, run: &RunReport, redactor: &Redactor) -> io::Result<()> {
    if run.observations.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}observed{BOLD:#}, where the documentation leaves the answer open")?;
    for observation in &run.observations {
        let question = redactor.clean(&observation.question);
        writeln!(out, "  {question:<52} {}", redactor.clean(&observation.seen))?;
    }
    Ok(())
}

fn conclusion(out: &mut dyn Write, run: &RunReport) -> io::Result<()> {
    let summary = run.summary();
    let (verdict, words) = match run.verdict() {
        Verdict::Fail => (Verdict::Fail, "does not conform"),
        Verdict::Error
            if summary.passed + summary.warned + summary.known == 0 && summary.errored == 0 =>
        {
            (Verdict::Skip, "nothing ran")
        }
        Verdict::Error => (Verdict::Error, "could not tell"),
        _ => (Verdict::Pass, "conforms"),
    };
    let style = style(verdict);
    writeln!(out, "\n{style}{words}{style:#}  {}", run.target)?;
    writeln!(
        out,
        "{} passed, {} failed, {} warned, {} skipped, {} without a verdict; \
         {} requests in {:.1} s, seed {}",
        summary.passed,
        summary.failed,
        summary.warned,
        summary.skipped,
        summary.errored,
        run.requests,
        run.duration.as_secs_f64(),
        run.seed
    )?;
    if summary.known > 0 {
        writeln!(out, "{} deviated as expected", summary.known)?;
    }
    if run.rate_limited > 0 {
        writeln!(out, "{} answers were 429 and waited out", run.rate_limited)?;
    }
    Ok(())
}

/// The text in lines of at most `width` characters.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("never empty");
        if !line.is_empty() && line.len() + 1 + word.len() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
