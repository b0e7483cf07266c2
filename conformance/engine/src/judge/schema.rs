//! A JSON value against a schema of the generated contract.

use std::collections::HashSet;

pub use atlas_api::clauses::BreachKind;
use atlas_api::contract::{Kind, RequiredWhen, Schema};
use serde_json::{Map, Value};

use crate::contract;
use crate::exchange::envelope::integer;
use crate::exchange::shorten;
use crate::judge::format;

/// One departure of a value from its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// JSON pointer of the value.
    pub pointer: String,
    /// What the schema asks for.
    pub expected: String,
    pub received: String,
    /// What kind of breach it is.
    pub kind: BreachKind,
}

/// How many breaches are told of one value, roughly: a target may send any number.
const MOST: usize = 64;

/// The breaches in `value`, depth first; of very many the first.
pub fn validate(schema: &Schema, value: &Value) -> Vec<Breach> {
    let mut breaches = Vec::new();
    walk(schema, value, "", &mut breaches);
    breaches
}

fn walk(schema: &Schema, value: &Value, pointer: &str, breaches: &mut Vec<Breach>) {
    if value.is_null() && (schema.nullable || matches!(schema.kind, Kind::Any)) {
        return;
    }
    let mut wrong = |expected: String| {
        breaches.push(Breach {
            pointer: pointer.to_owned(),
            expected,
            received: excerpt(value),
            kind: BreachKind::Value,
        });
    };
    match (&schema.kind, value) {
        (Kind::Any, _) | (Kind::Boolean, Value::Bool(_)) => {}
        (Kind::Integer { minimum, maximum }, Value::Number(number)) => match integer(number) {
            None => wrong("an integer".to_owned()),
            Some(whole) => {
                let low = minimum.map_or(i128::MIN, i128::from);
                let high = maximum.map_or(i128::MAX, i128::from);
                if whole < low || whole > high {
                    wrong(format!("an integer from {low} to {high}"));
                }
            }
        },
        (Kind::Number { minimum, maximum }, Value::Number(number)) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            if minimum.is_some_and(|low| number < low) || maximum.is_some_and(|high| number > high)
            {
                wrong("a number within its bounds".to_owned());
            }
        }
        (Kind::String { .. }, Value::String(text)) => {
            if let Some(expected) = string_breach(&schema.kind, text) {
                wrong(expected);
            }
        }
        (Kind::Array { items, min_items, max_items, unique_items }, Value::Array(array)) => {
            if min_items.is_some_and(|least| array.len() < least) {
                wrong(format!("at least {} element(s)", min_items.unwrap_or_default()));
            }
            if max_items.is_some_and(|most| array.len() > most) {
                wrong(format!("at most {} element(s)", max_items.unwrap_or_default()));
            }
            let mut seen = HashSet::new();
            if *unique_items && !array.iter().all(|item| seen.insert(item.to_string())) {
                wrong("distinct elements".to_owned());
            }
            for (index, item) in array.iter().enumerate() {
                if breaches.len() >= MOST {
                    break;
                }
                walk(items, item, &format!("{pointer}/{index}"), breaches);
            }
        }
        (Kind::Object { properties, required_when }, Value::Object(object)) => {
            for property in *properties {
                let place = format!("{pointer}/{}", property.name);
                match object.get(property.name) {
                    Some(value) => walk(property.schema, value, &place, breaches),
                    None if property.required => {
                        breaches.push(missing(place, "present", BreachKind::Missing));
                    }
                    None => {}
                }
            }
            for condition in *required_when {
                conditionally_missing(condition, object, pointer, breaches);
            }
        }
        (kind, _) => wrong(kind_name(kind).to_owned()),
    }
}

fn conditionally_missing(
    condition: &RequiredWhen,
    object: &Map<String, Value>,
    pointer: &str,
    breaches: &mut Vec<Breach>,
) {
    if object.get(condition.property).and_then(Value::as_str) != Some(condition.equals) {
        return;
    }
    for name in condition.required.iter().filter(|name| !object.contains_key(**name)) {
        let expected = format!("present where {} is {}", condition.property, condition.equals);
        let place = format!("{pointer}/{name}");
        breaches.push(missing(place, &expected, BreachKind::MissingByCondition));
    }
}

fn missing(pointer: String, expected: &str, kind: BreachKind) -> Breach {
    Breach { pointer, expected: expected.to_owned(), received: "nothing".to_owned(), kind }
}

fn string_breach(kind: &Kind, text: &str) -> Option<String> {
    let Kind::String { format, pattern, min_length, max_length, values } = *kind else {
        return None;
    };
    let length = text.chars().count();
    if !values.is_empty() && !values.contains(&text) {
        return Some(format!("one of {}", values.join(", ")));
    }
    if let Some(pattern) = pattern.filter(|pattern| !contract::pattern(pattern).is_match(text)) {
        return Some(format!("a string that matches {pattern}"));
    }
    if min_length.is_some_and(|least| length < least) || max_length.is_some_and(|m| length > m) {
        return Some("a string within its bounds of length".to_owned());
    }
    format.and_then(|name| format::check(name, text).err()).map(str::to_owned)
}

const fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Any => "any value",
        Kind::Boolean => "a boolean",
        Kind::Integer { .. } => "an integer",
        Kind::Number { .. } => "a number",
        Kind::String { .. } => "a string",
        Kind::Array { .. } => "an array",
        Kind::Object { .. } => "an object",
    }
}

/// The value as JSON, cut where it gets long.
pub fn excerpt(value: &Value) -> String {
    shorten(&value.to_string(), 120).into_owned()
}
