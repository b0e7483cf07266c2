//! Changes for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::data::Report;
use super::shown::shown;
use crate::spec_tools::diff::{Change, Touched};

/// How wide a column may get before it is no longer kept aligned.
const COLUMN: usize = 48;
/// How wide a line is meant to be.
const LINE: usize = 120;
/// Where what belongs to a change stands.
const INDENT: &str = "          ";
/// How many checks are named.
const NAMED: usize = 4;

const TITLE: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const BOTH: Style = AnsiColor::Red.on_default().bold();
const ONE: Style = AnsiColor::Yellow.on_default();
const NOBODY: Style = AnsiColor::Green.on_default();

/// The report with escape sequences for colours; the writer strips them where they don't belong.
pub fn text(report: &Report) -> String {
    let mut out = String::new();
    for changes in report.by_operation() {
        let Some((first, _)) = changes.first() else { continue };
        let (operation, endpoint) = (shown(&first.operation), shown(&first.endpoint));
        let _ = writeln!(out, "{TITLE}{operation}{TITLE:#}  {DIM}{endpoint}{DIM:#}");
        let alike = changes.iter().all(|(_, touched)| touched == &changes[0].1);
        if alike {
            touches(&mut out, "  ", &changes[0].1);
        }
        let width = |of: &dyn Fn(&Change) -> String| {
            let widths = changes.iter().map(|(change, _)| of(change).chars().count());
            widths.filter(|width| *width <= COLUMN).max().unwrap_or(0)
        };
        let site = width(&|change| shown(&change.site));
        let rule = width(&|change| change.rule.to_string());
        for (change, touched) in changes {
            line(&mut out, change, site, rule);
            place(&mut out, change);
            if !alike {
                touches(&mut out, INDENT, touched);
            }
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{} → {}: {}", report.old, report.new, report.summary());
    out
}

fn line(out: &mut String, change: &Change, site: usize, rule: usize) {
    let style = match change.breaks.word() {
        "both" => BOTH,
        "nobody" => NOBODY,
        _ => ONE,
    };
    let word = change.breaks.word();
    let (place, name) = (shown(&change.site), change.rule.to_string());
    let (old, new) = (shown(change.old.short()), shown(change.new.short()));
    let head = format!("  {style}{word:<6}{style:#}  {place:<site$}  {name:<rule$}");
    let used = 12 + place.chars().count().max(site) + name.chars().count().max(rule);
    if used + old.chars().count() + new.chars().count() + 3 <= LINE {
        let _ = writeln!(out, "{head}  {old} → {new}");
    } else {
        let _ = writeln!(out, "{}", head.trim_end());
        let _ = writeln!(out, "{INDENT}{:<8}{old}\n{INDENT}{:<8}{new}", "from", "to");
    }
}

/// The end that holds what the change is about.
fn place(out: &mut String, change: &Change) {
    let end = if change.new.value == "none" { &change.old } else { &change.new };
    let position = end.place.position;
    let (file, pointer) = (&end.place.file, shown(&end.place.pointer));
    let _ = writeln!(
        out,
        "{INDENT}{DIM}{file}:{}:{}  #{pointer}{DIM:#}",
        position.line, position.column
    );
}

fn touches(out: &mut String, indent: &str, touched: &Touched) {
    let mut words = touched.clauses.clone();
    words.extend(touched.notes.iter().cloned());
    if words.is_empty() {
        return;
    }
    wrapped(out, indent, "touches", &words);
    let checks = &touched.checks;
    if checks.is_empty() {
        return;
    }
    let mut named: Vec<_> = checks.iter().take(NAMED).cloned().collect();
    if checks.len() > NAMED {
        named.push(format!("and {} more", checks.len() - NAMED));
    }
    wrapped(out, indent, "checks", &named);
}

/// A labelled list over as many lines as it takes.
fn wrapped(out: &mut String, indent: &str, label: &str, words: &[String]) {
    let mut line = format!("{indent}{label:<8}");
    let indent = line.chars().count();
    for (index, word) in words.iter().enumerate() {
        let comma = if index + 1 < words.len() { "," } else { "" };
        if line.chars().count() + word.chars().count() > LINE - 2 && line.trim() != label {
            let _ = writeln!(out, "{}", line.trim_end());
            line = " ".repeat(indent);
        }
        let _ = write!(line, "{word}{comma} ");
    }
    let _ = writeln!(out, "{}", line.trim_end());
}
