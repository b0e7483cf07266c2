//! The file of expectations, and what can be wrong with it.

use std::collections::BTreeSet;
use std::path::Path;

use atlas_api::clauses::{Clause, Level};
use globset::{Glob, GlobMatcher};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::{Spanned, Value};

use super::UNEXPLAINED;
use super::expectation::{Covered, Expectation, Expectations};
use crate::suggest::suggest;

/// What is wrong with a file of expectations, and where.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {message}")]
pub struct ReadError {
    /// The file, and the line where there is one.
    pub place: String,
    /// What was expected and what came.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    expect: Vec<Spanned<Table>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    check: Option<Spanned<String>>,
    clause: Option<Spanned<String>>,
    because: Option<Spanned<String>>,
    see: Option<String>,
    until: Option<Spanned<Value>>,
}

/// Reads a file of expectations about the checks with these ids; entries that end before `today`
/// are over.
///
/// # Errors
/// When the file can't be read, is no such file, or an entry covers nothing or gives no reason.
pub fn read(
    path: &Path,
    check_ids: &[&'static str],
    today: Date,
) -> Result<Expectations, ReadError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| ReadError {
        place: name.clone(),
        message: format!("can't read the expectations: {error}"),
    })?;
    let source = Source { name, text: &text, check_ids };
    let file: File = toml::from_str(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        source.error(at, error.message().to_owned())
    })?;
    let entries = file.expect.into_iter().map(|table| source.entry(table, today));
    Ok(Expectations { entries: entries.collect::<Result<_, _>>()? })
}

/// The day, in UTC.
pub fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

struct Source<'a> {
    name: String,
    text: &'a str,
    check_ids: &'a [&'static str],
}

impl Source<'_> {
    fn place(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or(self.text);
        format!("{}:{}", self.name, before.matches('\n').count() + 1)
    }

    fn error(&self, at: usize, message: String) -> ReadError {
        ReadError { place: self.place(at), message }
    }

    fn entry(&self, table: Spanned<Table>, today: Date) -> Result<Expectation, ReadError> {
        let start = table.span().start;
        let table = table.into_inner();
        let (pattern, covered) = match (table.check, table.clause) {
            (Some(check), None) => (check.clone(), self.checks(&check)?),
            (None, Some(clause)) => (clause.clone(), self.clauses(&clause)?),
            (Some(_), Some(_)) => {
                let message = "expected `check` or `clause`, got both: write two entries";
                return Err(self.error(start, message.to_owned()));
            }
            (None, None) => {
                let message = "expected `check` or `clause`: what is expected to deviate";
                return Err(self.error(start, message.to_owned()));
            }
        };
        let because = self.reason(start, table.because)?;
        let until = table.until.map(|until| self.date(&until)).transpose()?;
        Ok(Expectation {
            place: self.place(pattern.span().start),
            pattern: pattern.into_inner(),
            covered,
            because,
            see: table.see,
            until,
            over: until.is_some_and(|until| until < today),
        })
    }

    fn reason(&self, start: usize, because: Option<Spanned<String>>) -> Result<String, ReadError> {
        let Some(because) = because else {
            let message = "expected `because`: why the deviation is accepted";
            return Err(self.error(start, message.to_owned()));
        };
        let text = because.as_ref().trim();
        if text.is_empty() || text == UNEXPLAINED {
            let message = "`because` is still to be filled in: say why the deviation is accepted";
            return Err(self.error(because.span().start, message.to_owned()));
        }
        Ok(text.to_owned())
    }

    fn date(&self, until: &Spanned<Value>) -> Result<Date, ReadError> {
        let text = match until.as_ref() {
            Value::String(text) => text.clone(),
            Value::Datetime(date) if date.time.is_none() => date.to_string(),
            other => other.type_str().to_owned(),
        };
        // The civil date alone: with a time it would be ambiguous when the day ends.
        let date = Some(&text).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
        date.ok_or_else(|| {
            let message = format!("`until`: expected a date like 2027-01-31, got {text}");
            self.error(until.span().start, message)
        })
    }

    fn glob(&self, pattern: &Spanned<String>) -> Result<GlobMatcher, ReadError> {
        let glob = Glob::new(pattern.as_ref()).map_err(|error| {
            self.error(pattern.span().start, format!("expected a glob: {error}"))
        })?;
        Ok(glob.compile_matcher())
    }

    fn checks(&self, pattern: &Spanned<String>) -> Result<Covered, ReadError> {
        let glob = self.glob(pattern)?;
        let ids = || self.check_ids.iter().copied();
        let covered: BTreeSet<_> = ids().filter(|id| glob.is_match(id)).collect();
        if covered.is_empty() {
            return Err(self.nothing(pattern, "check", ids()));
        }
        Ok(Covered::Checks(covered))
    }

    fn clauses(&self, pattern: &Spanned<String>) -> Result<Covered, ReadError> {
        let glob = self.glob(pattern)?;
        let slugs = || Clause::ALL.iter().map(|clause| clause.slug());
        let named = Clause::ALL.iter().filter(|clause| glob.is_match(clause.slug()));
        let named: Vec<Clause> = named.copied().collect();
        if named.is_empty() {
            return Err(self.nothing(pattern, "clause", slugs()));
        }
        let covered: BTreeSet<_> =
            named.into_iter().filter(|clause| clause.level() != Level::May).collect();
        if covered.is_empty() {
            let message =
                format!("`{}` leaves the answer open, nothing breaks it", pattern.as_ref());
            return Err(self.error(pattern.span().start, message));
        }
        Ok(Covered::Clauses(covered))
    }

    fn nothing<'a>(
        &self,
        pattern: &Spanned<String>,
        key: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> ReadError {
        let text = pattern.as_ref();
        let hint = match suggest(text, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if key == "check" => "`atlas-conformance list` shows the checks".to_owned(),
            None => "`atlas-conformance list` shows the clauses".to_owned(),
        };
        self.error(pattern.span().start, format!("`{text}` matches no {key}; {hint}"))
    }
}
