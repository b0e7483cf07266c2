//! Elements of a published document as a fragment has them: facts without words.

use crate::source_map::{Entry, Node, Value};
use crate::spec_tools::kind::Kind;

/// Stands where a new element needs words of our own.
pub const PLACEHOLDER: &str = "TODO: say in our own words what this is";

/// Keys that say nothing which a check could rest on.
const LEFT_OUT: [&str; 10] = [
    "example",
    "examples",
    "externalDocs",
    "headers",
    "links",
    "readOnly",
    "summary",
    "tags",
    "title",
    "writeOnly",
];

/// Keywords that a fragment writes out as one flat object, which takes a person.
const COMPOSED: [&str; 5] = ["allOf", "oneOf", "anyOf", "not", "discriminator"];

/// The facts of a node, or `None` if they are put together in a way that a fragment doesn't have.
pub(super) fn facts(kind: Kind, node: &Node) -> Option<Node> {
    if let Some(reference) = node.get("$ref").filter(|target| target.as_text().is_some())
        && kind.may_refer()
    {
        return Some(Node::map([Entry::new("$ref", reference.clone())]));
    }
    let value = match &node.value {
        Value::Map(entries) => Value::Map(entries_of(kind, entries)?),
        Value::List(items) => {
            let items = items.iter().map(|item| facts(kind.child(""), item));
            Value::List(items.collect::<Option<_>>()?)
        }
        other => other.clone(),
    };
    Some(Node::new(value))
}

fn entries_of(kind: Kind, entries: &[Entry]) -> Option<Vec<Entry>> {
    let describes = matches!(
        kind,
        Kind::Schema | Kind::Parameter | Kind::Response | Kind::Body | Kind::SecurityScheme
    );
    if kind == Kind::Schema && entries.iter().any(|entry| COMPOSED.contains(&entry.key.as_str())) {
        return None;
    }
    let mut kept = Vec::new();
    for entry in entries {
        let key = entry.key.as_str();
        let names_something = !matches!(kind, Kind::Schemas | Kind::Data);
        if names_something && (LEFT_OUT.contains(&key) || key.starts_with("x-")) {
            continue;
        }
        let value = match (describes, key) {
            (true, "description") => Node::text(PLACEHOLDER),
            _ => facts(kind.child(key), &entry.value)?,
        };
        kept.push(Entry::new(key, value));
    }
    Some(kept)
}
