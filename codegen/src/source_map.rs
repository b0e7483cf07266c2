//! Text to a tree that knows where each value stands: YAML, of which JSON is a part.

mod node;
mod pointer;
mod surrogates;

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use crate::error::ReadError;

pub use crate::error::place::{Place, Position};
pub use node::{Document, Entry, Node, Value};
pub use pointer::{At, below, name_of};
pub(crate) use pointer::{segments, target};

/// How deep a document may nest; the deepest that real ones do is a fraction of it.
const DEPTH_LIMIT: usize = 100;

/// How long a text may be; a tree takes some thirty times its text.
const TEXT_LIMIT: usize = 32 << 20;

/// How many values may have an anchor or stand for one; a long text counts as several.
const ALIAS_LIMIT: usize = 100_000;

/// Reads one document.
///
/// # Errors
/// For what is no YAML, for several documents, and for what a specification can do without and a
/// reader can be harmed by: duplicate keys, aliases that explode, and more than a hundred levels.
pub fn read(name: &str, text: &str) -> Result<Document, ReadError> {
    let at = |position| Place::at(name, position);
    if text.len() > TEXT_LIMIT {
        let (limit, bytes) = (TEXT_LIMIT >> 20, text.len());
        let reason = format!("expected at most {limit} MiB of text, got {bytes} bytes");
        return Err(ReadError { place: at(Position { line: 1, column: 1 }), reason });
    }
    let joined = surrogates::joined(text);
    let root = tree(joined.as_deref().unwrap_or(text)).map_err(|(position, reason)| ReadError {
        place: at(position),
        reason: format!("no valid YAML: {reason}"),
    })?;
    Ok(Document { name: name.to_owned(), preamble: preamble(text), root })
}

/// Where the text is wrong, and how.
type Wrong = (Position, String);

fn tree(text: &str) -> Result<Node, Wrong> {
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, Node> = HashMap::new();
    let mut copied = 0;
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| (position(error.marker()), error.info().to_owned()))?;
        let at = position(&span.start);
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(text.into_owned(), style, tag.as_deref());
                (anchor, Node { value, position: at })
            }
            Event::MappingStart(anchor, _) => {
                open.push(Open::new(anchor, Value::Map(Vec::new()), at, open.len())?);
                continue;
            }
            Event::SequenceStart(anchor, _) => {
                open.push(Open::new(anchor, Value::List(Vec::new()), at, open.len())?);
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => match open.pop() {
                Some(closed) => (closed.anchor, closed.close()?),
                None => return Err((at, "an end without a start".to_owned())),
            },
            // A few of them can make a small text explode.
            Event::Alias(anchor) => {
                let Some(node) = anchors.get(&anchor) else {
                    return Err((at, "an alias within what it stands for".to_owned()));
                };
                copied += node.weight();
                within_limit(copied, at)?;
                (0, node.clone())
            }
            Event::DocumentStart(_) if root.is_some() => {
                return Err((at, "expected one document, got a second".to_owned()));
            }
            _ => continue,
        };
        if anchor > 0 {
            copied += node.weight();
            within_limit(copied, at)?;
            anchors.insert(anchor, node.clone());
        }
        match open.last_mut() {
            Some(parent) => parent.take(node)?,
            None => root = Some(node),
        }
    }
    root.ok_or_else(|| (Position::default(), "expected a document, got none".to_owned()))
}

fn within_limit(copied: usize, at: Position) -> Result<(), Wrong> {
    let reason = || format!("expected aliases for at most {ALIAS_LIMIT} values, got more");
    if copied > ALIAS_LIMIT { Err((at, reason())) } else { Ok(()) }
}

/// A mapping or sequence whose end has not come.
struct Open {
    anchor: usize,
    node: Node,
    key: Option<(String, Position)>,
}

impl Open {
    fn new(anchor: usize, value: Value, position: Position, depth: usize) -> Result<Self, Wrong> {
        if depth >= DEPTH_LIMIT {
            return Err((position, format!("expected at most {DEPTH_LIMIT} levels, got more")));
        }
        Ok(Self { anchor, node: Node { value, position }, key: None })
    }

    fn take(&mut self, node: Node) -> Result<(), Wrong> {
        match &mut self.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match self.key.take() {
                Some((key, position)) => entries.push(Entry { key, position, value: node }),
                None => match node.value {
                    Value::Text(text) | Value::Bare(text) => self.key = Some((text, node.position)),
                    _ => return Err((node.position, "expected text as a key".to_owned())),
                },
            },
            Value::Text(_) | Value::Bare(_) => {}
        }
        Ok(())
    }

    fn close(mut self) -> Result<Node, Wrong> {
        if let Value::Map(entries) = &mut self.node.value {
            let mut seen = HashSet::with_capacity(entries.len());
            if let Some(twice) = entries.iter().find(|entry| !seen.insert(entry.key.as_str())) {
                return Err((twice.position, format!("the key `{}` comes twice", twice.key)));
            }
            merge(entries);
        }
        Ok(self.node)
    }
}

/// Adds the entries of a mapping under `<<`, the merge key of YAML 1.1, which own ones replace.
fn merge(entries: &mut Vec<Entry>) {
    let is_merge = |entry: &Entry| entry.key == "<<" && !entry.value.entries().is_empty();
    let Some(at) = entries.iter().position(is_merge) else { return };
    if let Value::Map(more) = entries.remove(at).value.value {
        for entry in more {
            if !entries.iter().any(|own| own.key == entry.key) {
                entries.push(entry);
            }
        }
    }
}

fn position(marker: &Marker) -> Position {
    Position::new(marker.line(), marker.col() + 1)
}

fn scalar(text: String, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    if style == ScalarStyle::Plain && !is_text && is_bare(&text) {
        Value::Bare(text)
    } else {
        Value::Text(text)
    }
}

/// Whether the core schema of YAML 1.2 takes a plain scalar for something other than text.
pub(crate) fn is_bare(text: &str) -> bool {
    if matches!(
        text,
        "" | "~"
            | "null"
            | "Null"
            | "NULL"
            | "true"
            | "True"
            | "TRUE"
            | "false"
            | "False"
            | "FALSE"
    ) {
        return true;
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    match digits.as_bytes() {
        [b'0', b'x', rest @ ..] => !rest.is_empty() && rest.iter().all(u8::is_ascii_hexdigit),
        [b'0', b'o', rest @ ..] => {
            !rest.is_empty() && rest.iter().all(|b| matches!(b, b'0'..=b'7'))
        }
        [b'.', b'i' | b'I' | b'n' | b'N', ..] => {
            matches!(digits, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN")
        }
        [b'0'..=b'9' | b'.', ..] => digits.parse::<f64>().is_ok(),
        _ => false,
    }
}

/// The comment lines at the beginning.
fn preamble(text: &str) -> String {
    text.split_inclusive('\n').take_while(|line| line.starts_with('#')).collect()
}
