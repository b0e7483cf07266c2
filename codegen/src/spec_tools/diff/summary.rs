//! Schemas in a few words.

use super::flatten::{Direction, flatten};
use super::shape::{Shape, View};

/// How many arrays in one another are named.
const SUMMARY_DEPTH: usize = 4;

/// The type; what has properties or items is an object or array even if it doesn't say so.
pub(crate) fn kind<'s>(shape: &'s Shape<'_>) -> &'s str {
    match &shape.kind {
        Some(fact) => &fact.text,
        None if !shape.properties.is_empty() => "object",
        None if !shape.items.is_empty() => "array",
        None => "any",
    }
}

/// A type in a few words.
pub(crate) fn summary(view: &View<'_>) -> String {
    nested_summary(view, 0)
}

/// An array may be one of itself, so that there is no end to its items.
fn nested_summary(view: &View<'_>, depth: usize) -> String {
    let shape = flatten(view, Direction::Response);
    let kind = kind(&shape);
    match (&shape.format, shape.alternatives.first()) {
        _ if kind == "array" && !shape.items.is_empty() && depth < SUMMARY_DEPTH => {
            format!("array of {}", nested_summary(&shape.items, depth + 1))
        }
        (Some(format), _) => format!("{kind} ({})", format.text),
        (None, Some(alternatives)) if kind == "any" => alternatives.keyword.to_owned(),
        _ => kind.to_owned(),
    }
}
