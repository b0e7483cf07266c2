//! The sentences that all reports share.

use crate::report::clause_state::{ClauseEntry, ClauseState};
use atlas_engine::run::report::{CheckReport, RunReport};
use atlas_engine::run::verdict::Verdict;

/// The maximum number of clauses that a sentence names.
const NAMED: usize = 3;

/// The verdict of a run in a few words.
pub fn headline(run: &RunReport) -> String {
    let known: usize = run.checks.iter().map(|check| check.known.len()).sum();
    match run.verdict() {
        Verdict::Fail => "does not conform".to_owned(),
        Verdict::Error if run.summary().errored == 0 => "nothing ran".to_owned(),
        Verdict::Error => "could not tell".to_owned(),
        _ if known > 0 => format!("conforms, with {}", counted(known, "known deviation")),
        _ => "conforms".to_owned(),
    }
}

/// The reason for the verdict, in one sentence.
pub fn reason(run: &RunReport, clauses: &[ClauseEntry]) -> String {
    let of = |state| clauses.iter().filter(move |clause| clause.state == state);
    let summary = run.summary();
    if let Some(why) = &run.ended_early {
        let reached = run.checks.iter().filter(|check| check.complete).count();
        return format!(
            "{why}; {reached} of {} had come to an end.",
            counted(run.checks.len(), "check")
        );
    }
    match run.verdict() {
        Verdict::Fail => {
            let broken: Vec<_> = of(ClauseState::Fail).map(|clause| clause.slug).collect();
            if broken.is_empty() {
                let failed = run.checks.iter().find(|check| check.verdict == Verdict::Fail);
                let why = failed.and_then(message).unwrap_or_default();
                return format!(
                    "{} failed without a breach: {why}.",
                    counted(summary.failed, "check")
                );
            }
            let (are, clauses) =
                if broken.len() == 1 { ("is", "clause") } else { ("are", "clauses") };
            format!(
                "{} {clauses} of the documentation {are} broken: {}.",
                broken.len(),
                named(&broken)
            )
        }
        Verdict::Error if summary.errored == 0 => {
            let why = run.checks.iter().find_map(|check| check.reason.as_deref());
            format!("Every selected check was skipped: {}.", why.unwrap_or("none was selected"))
        }
        Verdict::Error => {
            let why = run.checks.iter().find(|check| check.verdict == Verdict::Error);
            let why = why.and_then(|check| check.reason.as_deref()).unwrap_or_default();
            format!("{} had no verdict: {why}.", counted(summary.errored, "check"))
        }
        _ => {
            let held = of(ClauseState::Pass).count() + of(ClauseState::Observed).count();
            let warned: Vec<_> = of(ClauseState::Warn).map(|clause| clause.slug).collect();
            let known: Vec<_> = of(ClauseState::Known).map(|clause| clause.slug).collect();
            let rest = clauses.len() - held - warned.len() - known.len();
            let mut text = match rest {
                0 if warned.is_empty() && known.is_empty() => format!("All {held} clauses hold"),
                _ => format!("{held} of {} clauses hold", clauses.len()),
            };
            if !warned.is_empty() {
                text += &format!(
                    ", {} of level should {} not: {}",
                    warned.len(),
                    if warned.len() == 1 { "does" } else { "do" },
                    named(&warned)
                );
            }
            if !known.is_empty() {
                text += &format!(
                    "{} {} {} broken as expected: {}",
                    if warned.is_empty() { "," } else { ";" },
                    known.len(),
                    if known.len() == 1 { "is" } else { "are" },
                    named(&known)
                );
            }
            if rest > 0 {
                text += &format!(
                    "{} {rest} {} not judged",
                    if warned.is_empty() && known.is_empty() { "," } else { ";" },
                    if rest == 1 { "was" } else { "were" }
                );
            }
            text + "."
        }
    }
}

/// One sentence about a check: the violation, or the reason why there is no verdict.
pub fn message(check: &CheckReport) -> Option<String> {
    let Some(first) = check.violations.first() else {
        let known = check.known.first();
        let known = known.map(|known| {
            format!("{} is broken as expected: {}", known.violation.clause, known.because)
        });
        return check.reason.clone().or(known);
    };
    let more = match check.violations.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    let clause = first.clause;
    Some(format!("{clause}: expected {}, received {}{more}", first.expected, first.received))
}

/// A number and what it counts.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A duration, rounded to what is useful.
pub fn duration(millis: u64) -> String {
    match millis {
        0..1000 => format!("{millis} ms"),
        1000..60_000 => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
        _ => format!("{} min {} s", millis / 60_000, millis % 60_000 / 1000),
    }
}

/// A number with its thousands separated.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn named(slugs: &[&str]) -> String {
    match slugs.len() {
        0..=NAMED => slugs.join(", "),
        more => format!("{} and {} more", slugs[..NAMED].join(", "), more - NAMED),
    }
}
