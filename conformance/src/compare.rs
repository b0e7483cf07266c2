//! Compares two JSON reports: of two implementations, or of one at two times.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use atlas_engine::traffic::shapes::Shape;

/// The version of the report that this program reads.
const SCHEMA_VERSION: u32 = 1;

/// The parts of a JSON report that a comparison needs.
#[derive(Debug, Clone, Deserialize)]
pub struct Report {
    pub target: String,
    /// The seed of the run.
    pub seed: u64,
    checks: Vec<Check>,
    observations: Vec<Observation>,
    answers: Vec<Shape>,
}

#[derive(Debug, Clone, Deserialize)]
struct Check {
    id: String,
    verdict: String,
    broken: Vec<String>,
    known: Vec<Known>,
}

#[derive(Debug, Clone, Deserialize)]
struct Known {
    clause: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Observation {
    clause: String,
    question: String,
    seen: String,
}

/// The comparison of two runs.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    schema_version: u32,
    pub a: Side,
    pub b: Side,
    /// True if nothing differs.
    pub same: bool,
    /// The number of checks with a verdict in both runs.
    pub compared: usize,
    /// Checks without a verdict in one of the runs.
    pub not_compared: Vec<Uncompared>,
    pub differences: Vec<Difference>,
}

/// One of the two runs.
#[derive(Debug, Clone, Serialize)]
pub struct Side {
    pub target: String,
    /// The seed of the run.
    pub seed: u64,
}

/// A check that was not judged in both runs.
#[derive(Debug, Clone, Serialize)]
pub struct Uncompared {
    pub check: String,
    /// How it ended in the first run.
    pub a: String,
    /// How it ended in the second run.
    pub b: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    /// The kind of difference.
    pub aspect: Aspect,
    /// The subject: a question, a header, a field.
    pub what: String,
    /// The value in the first run.
    pub a: String,
    /// The value in the second run.
    pub b: String,
    /// The checks that found it.
    pub checks: Vec<String>,
}

/// The kinds of differences, the most severe first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// The verdict of a check.
    Verdict,
    /// The response to an open question.
    Observation,
    /// The statuses of the responses to a check.
    Status,
    MediaType,
    /// The values of `errorCode`.
    ErrorCode,
    /// A header that matters.
    Header,
    /// A field of a body.
    Field,
}

impl Aspect {
    /// Its name in the report for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Verdict => "verdicts",
            Self::Observation => "answers that the documentation leaves open",
            Self::Status => "statuses",
            Self::MediaType => "media types",
            Self::ErrorCode => "error codes",
            Self::Header => "headers",
            Self::Field => "fields of bodies",
        }
    }
}

impl Report {
    /// Reads a JSON report.
    ///
    /// # Errors
    /// A message, if the text is not a report of the supported version.
    pub fn read(text: &str) -> Result<Self, String> {
        let value: serde_json::Value = serde_json::from_str(text)
            .map_err(|error| format!("expected a JSON report: {error}"))?;
        Self::from_value(value)
    }

    /// Reads a parsed JSON report.
    ///
    /// # Errors
    /// A message, if the value is not a report of the supported version.
    pub fn from_value(value: serde_json::Value) -> Result<Self, String> {
        let version = value.get("schema_version").and_then(serde_json::Value::as_u64);
        match version {
            Some(version) if version == u64::from(SCHEMA_VERSION) => {}
            Some(version) => {
                return Err(format!(
                    "expected a report of schema version {SCHEMA_VERSION}, got {version}"
                ));
            }
            None => {
                return Err("expected a JSON report of `atlas-conformance run`: it has no \
                            `schema_version`"
                    .to_owned());
            }
        }
        serde_json::from_value(value).map_err(|error| {
            format!("expected a JSON report of this version of atlas-conformance: {error}")
        })
    }

    fn side(&self) -> Side {
        Side { target: self.target.clone(), seed: self.seed }
    }
}

impl Check {
    fn judged(&self) -> bool {
        !matches!(self.verdict.as_str(), "skip" | "error")
    }

    /// What the target does, whatever is expected of it and however strict the run was.
    fn finding(&self) -> String {
        let known = self.known.iter().map(|known| known.clause.as_str());
        let broken: BTreeSet<&str> = self.broken.iter().map(String::as_str).chain(known).collect();
        if broken.is_empty() { "pass".to_owned() } else { format!("breaks {}", joined(&broken)) }
    }
}

/// Compares two runs.
///
/// # Errors
/// A message, if no check has a verdict in both runs.
pub fn compare(a: &Report, b: &Report) -> Result<Comparison, String> {
    let mut found = Found::default();
    let mut not_compared = Vec::new();
    let mut compared = BTreeSet::new();
    let ids: BTreeSet<&str> = a.checks.iter().chain(&b.checks).map(|c| c.id.as_str()).collect();
    for id in ids {
        let of = |report: &Report| report.checks.iter().find(|check| check.id == id).cloned();
        match (of(a), of(b)) {
            (Some(one), Some(other)) if one.judged() && other.judged() => {
                found.note((Aspect::Verdict, id.to_owned()), one.finding(), other.finding(), id);
                compared.insert(id);
            }
            (one, other) => {
                let ended = |check: Option<Check>| {
                    check.map_or_else(|| "not selected".to_owned(), |check| check.verdict)
                };
                not_compared.push(Uncompared {
                    check: id.to_owned(),
                    a: ended(one),
                    b: ended(other),
                });
            }
        }
    }
    if compared.is_empty() {
        return Err("the two runs have no judged check in common".to_owned());
    }
    observations(a, b, &mut found);
    for id in &compared {
        answers(id, &shapes(a, id), &shapes(b, id), &mut found);
    }
    let differences = found.into_differences();
    Ok(Comparison {
        schema_version: SCHEMA_VERSION,
        a: a.side(),
        b: b.side(),
        same: differences.is_empty(),
        compared: compared.len(),
        not_compared,
        differences,
    })
}

/// Questions that were asked in both runs.
fn observations(a: &Report, b: &Report, found: &mut Found) {
    let seen = |report: &Report| {
        let mut seen: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for observation in &report.observations {
            let key = (observation.clause.clone(), observation.question.clone());
            seen.entry(key).or_default().insert(observation.seen.clone());
        }
        seen
    };
    let (one, other) = (seen(a), seen(b));
    for ((clause, question), seen) in &one {
        if let Some(others) = other.get(&(clause.clone(), question.clone())) {
            let what = (Aspect::Observation, format!("{question} [{clause}]"));
            found.note(what, texts(seen), texts(others), "");
        }
    }
}

type Shapes<'a> = BTreeMap<u16, &'a Shape>;

fn shapes<'a>(report: &'a Report, check: &str) -> Shapes<'a> {
    let shapes = report.answers.iter().filter(|shape| shape.check == check);
    shapes.map(|shape| (shape.status, shape)).collect()
}

/// The responses to one check.
fn answers(check: &str, a: &Shapes<'_>, b: &Shapes<'_>, found: &mut Found) {
    let statuses = |shapes: &Shapes<'_>| texts(&shapes.keys().map(u16::to_string).collect());
    found.note((Aspect::Status, "statuses".to_owned()), statuses(a), statuses(b), check);
    for (status, one) in a {
        let Some(other) = b.get(status) else { continue };
        let of = |aspect, what: &str| (aspect, format!("{status} {what}"));
        for (key, one, other) in [
            (of(Aspect::MediaType, "media type"), &one.media_types, &other.media_types),
            (of(Aspect::ErrorCode, "errorCode"), &one.error_codes, &other.error_codes),
        ] {
            found.note(key, texts(one), texts(other), check);
        }
        for name in one.headers.keys().chain(other.headers.keys()) {
            let value = |shape: &Shape| shape.headers.get(name).map_or_else(absent, texts);
            found.note(of(Aspect::Header, name), value(one), value(other), check);
        }
        let (one, other) = (fields(one), fields(other));
        for path in one.keys().chain(other.keys()) {
            let kind =
                |fields: &BTreeMap<&str, String>| fields.get(path).cloned().unwrap_or_else(absent);
            found.note(of(Aspect::Field, path), kind(&one), kind(&other), check);
        }
    }
}

/// Each field with its types; an optional field is marked.
fn fields(shape: &Shape) -> BTreeMap<&str, String> {
    shape
        .fields
        .iter()
        .map(|(path, types)| match path.strip_suffix('?') {
            Some(path) => (path, format!("{types}, not always")),
            None => (path.as_str(), types.clone()),
        })
        .collect()
}

/// The differences by subject, with the checks that found each.
#[derive(Default)]
struct Found(BTreeMap<(Aspect, String, String, String), BTreeSet<String>>);

impl Found {
    fn note(&mut self, (aspect, what): (Aspect, String), a: String, b: String, check: &str) {
        if a != b {
            self.0.entry((aspect, what, a, b)).or_default().insert(check.to_owned());
        }
    }

    fn into_differences(self) -> Vec<Difference> {
        let difference = |((aspect, what, a, b), checks): (_, BTreeSet<String>)| Difference {
            aspect,
            what,
            a,
            b,
            checks: checks.into_iter().filter(|check| !check.is_empty()).collect(),
        };
        self.0.into_iter().map(difference).collect()
    }
}

fn texts(texts: &BTreeSet<String>) -> String {
    if texts.is_empty() { absent() } else { joined(&texts.iter().map(String::as_str).collect()) }
}

fn joined(texts: &BTreeSet<&str>) -> String {
    texts.iter().copied().collect::<Vec<_>>().join(", ")
}

fn absent() -> String {
    "none".to_owned()
}
