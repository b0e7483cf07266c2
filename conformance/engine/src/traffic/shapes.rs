//! The shapes of a run's responses by check and status, to compare two runs, and whole responses to
//! questions that the documentation leaves open.

use std::collections::{BTreeMap, BTreeSet};

use atlas_api::clauses::Clause;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::sample::{Placeholders, Sample, sample};
use crate::exchange::{Exchange, Response};
use crate::judge::media_type;

/// The maximum number of fields of a shape, and of values of a header or error code.
const LIMIT: usize = 64;

/// The maximum length of a body that has a shape, in bytes; documented ones are below 2 KiB.
const LONGEST: usize = 64 * 1024;

/// Headers whose presence matters to a client, but whose values change.
const PRESENT: [&str; 3] = ["Location", "Retry-After", "Set-Cookie"];

/// The responses of a run, in bounded space.
#[derive(Debug, Clone, Default)]
pub struct ObservedResponses {
    shapes: BTreeMap<(&'static str, u16), ShapeCounts>,
    observed: BTreeMap<Question, BTreeSet<Sample>>,
}

/// A question that the documentation leaves open, as one check asks it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    pub check: &'static str,
    /// The clause that leaves it open.
    pub clause: Clause,
    pub text: String,
}

/// The common and differing parts of all responses to one check with one status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub check: String,
    pub status: u16,
    /// The media types, without parameters; empty where Content-Type was absent.
    pub media_types: BTreeSet<String>,
    /// The values of `errorCode`.
    pub error_codes: BTreeSet<String>,
    /// The headers that matter to a client, lower case.
    pub headers: BTreeMap<String, BTreeSet<String>>,
    /// The types of each field, by its path; the path of an optional field ends in `?`.
    pub fields: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Default)]
struct ShapeCounts {
    responses: u64,
    media_types: BTreeSet<String>,
    error_codes: BTreeSet<String>,
    headers: BTreeMap<String, BTreeSet<String>>,
    fields: BTreeMap<String, Field>,
}

/// The number of responses that had a field, and its types.
#[derive(Debug, Clone, Default)]
struct Field {
    responses: u64,
    types: BTreeSet<&'static str>,
}

impl ObservedResponses {
    /// Adds a response to a check.
    pub fn record(&mut self, check: &'static str, exchange: &Exchange) {
        if let Some(response) = exchange.response() {
            self.shapes.entry((check, response.status)).or_default().add(response);
        }
    }

    /// Adds a response to an open question.
    pub fn record_observed(
        &mut self,
        check: &'static str,
        clause: Clause,
        question: &str,
        exchange: &Exchange,
        placeholders: Placeholders<'_>,
    ) {
        if let Some(response) = exchange.response() {
            let question = Question { check, clause, text: question.to_owned() };
            self.observed.entry(question).or_default().insert(sample(response, placeholders));
        }
    }

    /// Adds the responses to other checks.
    pub fn append(&mut self, other: Self) {
        self.shapes.extend(other.shapes);
        self.observed.extend(other.observed);
    }

    /// The whole responses to each open question.
    pub fn samples(&self) -> impl Iterator<Item = (&Question, &BTreeSet<Sample>)> {
        self.observed.iter()
    }

    /// The shapes in the order of checks and statuses, with every text cleaned for output.
    pub fn shapes(&self, clean: &dyn Fn(&str) -> String) -> Vec<Shape> {
        let cleaned = |texts: &BTreeSet<String>| texts.iter().map(|text| clean(text)).collect();
        let shape = |(key, counts): (&(&'static str, u16), &ShapeCounts)| Shape {
            check: key.0.to_owned(),
            status: key.1,
            media_types: cleaned(&counts.media_types),
            error_codes: cleaned(&counts.error_codes),
            headers: counts
                .headers
                .iter()
                .map(|(name, values)| (name.clone(), cleaned(values)))
                .collect(),
            fields: counts
                .fields
                .iter()
                .map(|(path, field)| {
                    let mark = if field.responses < counts.responses { "?" } else { "" };
                    let types: Vec<_> = field.types.iter().copied().collect();
                    (format!("{}{mark}", clean(path)), types.join("|"))
                })
                .collect(),
        };
        self.shapes.iter().map(shape).collect()
    }
}

impl ShapeCounts {
    fn add(&mut self, response: &Response) {
        self.responses += 1;
        insert(&mut self.media_types, response.header("Content-Type").map(|value| essence(&value)));
        for (name, value) in headers(response) {
            insert(self.headers.entry(name).or_default(), [value]);
        }
        let mut paths = BTreeMap::new();
        // A body that is too long to be read has no shape.
        let long = response.body().len() > LONGEST;
        let body = if long { None } else { response.json() };
        match &body {
            Some(value) => walk(String::new(), value, &mut paths),
            None if long => insert_type(&mut paths, "", "very long"),
            None => insert_type(
                &mut paths,
                "",
                if response.body().is_empty() { "empty" } else { "no JSON" },
            ),
        }
        for (path, types) in paths {
            if self.fields.len() < LIMIT || self.fields.contains_key(&path) {
                let field = self.fields.entry(path).or_default();
                field.responses += 1;
                field.types.extend(types);
            }
        }
        let inner = body.as_ref().and_then(|body| body.get("content")).or(body.as_ref());
        let code = inner.and_then(|body| body.get("errorCode")).and_then(Value::as_str);
        insert(&mut self.error_codes, code.map(str::to_owned));
    }
}

fn insert(set: &mut BTreeSet<String>, values: impl IntoIterator<Item = String>) {
    for value in values {
        if set.len() < LIMIT {
            set.insert(value);
        }
    }
}

fn essence(content_type: &str) -> String {
    media_type::essence(content_type).unwrap_or_else(|| content_type.to_owned())
}

/// The headers that a client may depend on, without values that change between responses.
fn headers(response: &Response) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for value in response.header_values("WWW-Authenticate") {
        let scheme = value.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        found.push(("www-authenticate".to_owned(), scheme));
    }
    for value in response.header_values("Allow") {
        let mut methods: Vec<_> = value.split(',').map(str::trim).collect();
        methods.sort_unstable();
        found.push(("allow".to_owned(), methods.join(", ")));
    }
    for value in response.header_values("Content-Encoding") {
        found.push(("content-encoding".to_owned(), value.to_ascii_lowercase()));
    }
    for name in PRESENT {
        if response.header(name).is_some() {
            found.push((name.to_ascii_lowercase(), "present".to_owned()));
        }
    }
    found
}

type Paths = BTreeMap<String, BTreeSet<&'static str>>;

fn insert_type(paths: &mut Paths, path: &str, kind: &'static str) {
    paths.entry(format!("body{path}")).or_default().insert(kind);
}

fn walk(path: String, value: &Value, paths: &mut Paths) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    insert_type(paths, &path, kind);
    match value {
        Value::Array(items) => {
            items.iter().for_each(|item| walk(format!("{path}[]"), item, paths));
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| walk(format!("{path}.{key}"), value, paths));
        }
        _ => {}
    }
}
