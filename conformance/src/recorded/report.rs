//! The report on a recording, for people and for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use atlas_api::clauses::{Clause, Level};
use serde::Serialize;

use crate::recorded::har::{Entry, Recording, Unreadable};
use crate::recorded::judge::{self, Judged};
use crate::recorded::operation::addressed;
use crate::report::terminal::failure::exchange;
use crate::report::terminal::layout::{Look, wrapped};
use atlas_engine::evidence::{Redactor, Shown, shown};
use atlas_engine::expectations::{Covered, Expectation, Expectations};
use atlas_engine::run::verdict::Verdict;
use atlas_remove_role::checks;

/// The maximum number of places listed for one clause.
const PLACES_LISTED: usize = 12;

/// The result for a whole recording.
#[derive(Debug, Serialize)]
pub struct Traffic {
    schema_version: u32,
    file: String,
    verdict: Verdict,
    summary: Summary,
    /// How many exchanges of the operation each host has.
    hosts: BTreeMap<String, usize>,
    violations: Vec<Shortcoming>,
    /// Violations that an expectation accepts.
    known: Vec<Known>,
    unanswered: Vec<Unanswered>,
    unreadable: Vec<Unreadable>,
}

/// The number of entries of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// All entries of the file.
    pub entries: usize,
    /// Entries that were judged.
    pub judged: usize,
    /// Judged entries whose response body is not recorded.
    pub without_body: usize,
    /// Requests of the operation without a response.
    pub unanswered: usize,
    /// Entries of other operations.
    pub ignored: usize,
    /// Entries that can't be read.
    pub unreadable: usize,
}

/// One violation in one entry.
#[derive(Debug, Serialize)]
struct Shortcoming {
    entry: usize,
    clause: &'static str,
    #[serde(skip)]
    of: Clause,
    level: String,
    expected: String,
    received: String,
    exchange: Shown,
}

/// A violation that an expectation accepts.
#[derive(Debug, Serialize)]
struct Known {
    because: String,
    see: Option<String>,
    /// The entry of the expectations, as `file:line`.
    place: String,
    violation: Shortcoming,
}

/// How a recording is judged.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the recording lacks was not there.
    pub complete: bool,
    /// A breach of a should-level clause fails.
    pub strict: bool,
    /// What is accepted.
    pub expectations: Expectations,
}

/// A request without a response.
#[derive(Debug, Serialize)]
struct Unanswered {
    entry: usize,
    url: String,
    reason: String,
}

/// Judges the entries of a recording.
pub fn judge(file: &str, recording: &Recording, options: &Options) -> Traffic {
    let Recording { entries, unreadable } = recording;
    let secrets: Vec<_> = entries.iter().flat_map(Entry::secrets).collect();
    let redactor = Redactor::new(&secrets);
    let mut traffic = Traffic {
        schema_version: 1,
        file: file.to_owned(),
        verdict: Verdict::Pass,
        summary: Summary {
            entries: entries.len() + unreadable.len(),
            unreadable: unreadable.len(),
            ..Summary::default()
        },
        hosts: BTreeMap::new(),
        violations: Vec::new(),
        known: Vec::new(),
        unanswered: Vec::new(),
        unreadable: unreadable
            .iter()
            .map(|it| Unreadable { entry: it.entry, reason: redactor.clean(&it.reason) })
            .collect(),
    };
    for entry in entries {
        match addressed(&entry.target).filter(|_| entry.method != "OPTIONS") {
            // A browser asks with OPTIONS before it sends; that is no request of the operation.
            None => traffic.summary.ignored += 1,
            Some(addressed) => {
                let judged = judge::judge(entry, &addressed, options.complete);
                traffic.add(entry, judged, options, &redactor);
            }
        }
    }
    // The weightiest first, and what is alike together.
    traffic.violations.sort_by_key(|found| (found.of.level(), found.of, found.entry));
    traffic.verdict = match traffic.violations.first().map(|found| found.of.level()) {
        Some(Level::Must) => Verdict::Fail,
        Some(Level::Should) if options.strict => Verdict::Fail,
        _ if traffic.summary.judged == 0 => Verdict::Error,
        Some(Level::Should) => Verdict::Warn,
        _ if !traffic.known.is_empty() => Verdict::Known,
        _ => Verdict::Pass,
    };
    traffic
}

impl Traffic {
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// How many entries there are of each kind.
    pub const fn summary(&self) -> Summary {
        self.summary
    }

    /// The clauses that are broken, each with the places of the entries that show it.
    pub fn broken(&self) -> BTreeMap<Clause, Vec<usize>> {
        let mut broken: BTreeMap<Clause, Vec<usize>> = BTreeMap::new();
        for found in &self.violations {
            let places = broken.entry(found.of).or_default();
            if places.last() != Some(&found.entry) {
                places.push(found.entry);
            }
        }
        broken
    }

    fn add(&mut self, entry: &Entry, judged: Judged, options: &Options, redactor: &Redactor) {
        *self.hosts.entry(redactor.clean(&entry.origin)).or_default() += 1;
        if let Some(reason) = &judged.silent {
            self.summary.unanswered += 1;
            self.unanswered.push(Unanswered {
                entry: entry.place,
                url: redactor.clean(&format!("{}{}", entry.origin, entry.target)),
                reason: redactor.clean(reason),
            });
        }
        if judged.silent.is_none() || options.complete {
            self.summary.judged += 1;
        }
        if judged.bodiless {
            self.summary.without_body += 1;
        }
        for violation in judged.violations {
            let accepted = accepting(&options.expectations, violation.clause);
            let found = Shortcoming {
                entry: entry.place,
                clause: violation.clause.slug(),
                of: violation.clause,
                level: violation.clause.level().to_string(),
                expected: redactor.clean(&violation.expected),
                received: redactor.clean(&violation.received),
                exchange: shown(&judged.exchange, &entry.origin, redactor),
            };
            match accepted {
                None => self.violations.push(found),
                Some(expectation) => self.known.push(Known {
                    because: expectation.because.clone(),
                    see: expectation.see.clone(),
                    place: expectation.place.clone(),
                    violation: found,
                }),
            }
        }
    }

    /// Writes the report for people.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for (clause, places) in self.broken() {
            self.write_clause(out, clause, &places)?;
        }
        for unanswered in &self.unanswered {
            let Unanswered { entry, url, reason } = unanswered;
            writeln!(out, "no answer  log.entries[{entry}] {url}: {reason}")?;
        }
        for Unreadable { entry, reason } in &self.unreadable {
            writeln!(out, "not read   log.entries[{entry}]: {reason}")?;
        }
        self.write_known(out)?;
        self.conclude(out)
    }

    fn write_clause(
        &self,
        out: &mut dyn Write,
        clause: Clause,
        places: &[usize],
    ) -> io::Result<()> {
        let (style, word) = match clause.level() {
            Level::Must => (style(Verdict::Fail), "FAIL"),
            _ => (style(Verdict::Warn), "WARN"),
        };
        writeln!(out, "{style}{word}{style:#} {clause} ({})", clause.level())?;
        for text in wrapped(clause.text(), 88) {
            writeln!(out, "            {text}")?;
        }
        let listed: Vec<_> = places.iter().take(PLACES_LISTED).map(usize::to_string).collect();
        let more = places.len().saturating_sub(PLACES_LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "  entries   {}{more}", listed.join(", "))?;
        if let Some(first) = self.violations.iter().find(|found| found.of == clause) {
            writeln!(out, "  expected  {}", first.expected)?;
            writeln!(out, "  received  {}", first.received)?;
            exchange(out, &first.exchange, Look::new(100, true))?;
        }
        writeln!(out)
    }

    /// Writes what is accepted, a line for each expectation.
    fn write_known(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut entries: BTreeMap<(&str, &str, &str), Vec<String>> = BTreeMap::new();
        for Known { because, place, violation, .. } in &self.known {
            let places = entries.entry((violation.clause, because, place)).or_default();
            places.push(violation.entry.to_string());
        }
        for ((clause, because, place), mut places) in entries {
            places.dedup();
            let places = places.join(", ");
            writeln!(out, "known      {clause} in the entries {places}: {because} ({place})")?;
        }
        Ok(())
    }

    fn conclude(&self, out: &mut dyn Write) -> io::Result<()> {
        let Summary { entries, judged, without_body, unanswered, ignored, unreadable } =
            self.summary;
        let unreadable = match unreadable {
            0 => String::new(),
            count => format!(", {count} that can't be read"),
        };
        let words = match self.verdict {
            Verdict::Fail => "does not conform",
            Verdict::Error => "nothing could be judged",
            Verdict::Known => "nothing recorded breaks a clause but for known deviations",
            _ => "nothing recorded breaks a clause that fails",
        };
        let style = style(self.verdict);
        writeln!(out, "{style}{words}{style:#}  {}", self.file)?;
        for (host, count) in &self.hosts {
            writeln!(out, "  {host}  {count} requests of the operation")?;
        }
        writeln!(
            out,
            "{entries} entries: {judged} judged ({without_body} of them without the answer's body), \
             {unanswered} without an answer, {ignored} of other operations{unreadable}"
        )
    }
}

/// The expectation that accepts a breach of the clause. One about checks accepts what they are for: a
/// recording has no checks.
fn accepting(expectations: &Expectations, clause: Clause) -> Option<&Expectation> {
    let is_for = |id: &&str| {
        checks::all().any(|check| check.id == *id && check.clauses.first() == Some(&clause))
    };
    expectations.entries.iter().find(|entry| match &entry.covered {
        _ if entry.over => false,
        Covered::Clauses(clauses) => clauses.contains(&clause),
        Covered::Checks(ids) => ids.iter().any(is_for),
    })
}

const fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Fail => AnsiColor::Red.on_default().bold(),
        Verdict::Warn => AnsiColor::Yellow.on_default(),
        Verdict::Error => AnsiColor::Magenta.on_default(),
        _ => AnsiColor::Green.on_default(),
    }
}
