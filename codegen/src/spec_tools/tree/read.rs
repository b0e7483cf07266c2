//! YAML, or JSON, to a tree.

use std::collections::HashSet;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use super::node::{Document, Entry, Node, Value};
use crate::error::place::{Place, Position};

/// How deep a document may nest; the deepest that real ones do is a fraction of it.
const DEPTH_LIMIT: usize = 100;

/// How long a text may be; a tree takes some thirty times its text.
const TEXT_LIMIT: usize = 32 << 20;

/// Why a text, or what it says, is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct ReadError {
    pub place: Place,
    /// What was expected, and what came.
    pub reason: String,
}

/// Reads one document.
///
/// # Errors
/// For what is no YAML, for several documents, and for what a specification can do without and a
/// reader can be harmed by: duplicate keys, aliases, and more than a hundred levels.
pub fn read(name: &str, text: &str) -> Result<Document, ReadError> {
    let wrong = |position, reason: String| ReadError { place: Place::at(name, position), reason };
    if text.len() > TEXT_LIMIT {
        let (limit, bytes) = (TEXT_LIMIT >> 20, text.len());
        let start = Position { line: 1, column: 1 };
        return Err(wrong(
            start,
            format!("expected at most {limit} MiB of text, got {bytes} bytes"),
        ));
    }
    let mut roots = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            wrong(position(error.marker()), format!("no valid YAML: {}", error.info()))
        })?;
        let at = position(&span.start);
        let node = match event {
            Event::Scalar(text, style, _, tag) => {
                Node { value: scalar(text.into_owned(), style, tag.as_deref()), position: at }
            }
            Event::MappingStart(..) => {
                open.push(Open {
                    node: Node { value: Value::Map(Vec::new()), position: at },
                    key: None,
                });
                depth(&open).map_err(|reason| wrong(at, reason))?;
                continue;
            }
            Event::SequenceStart(..) => {
                open.push(Open {
                    node: Node { value: Value::List(Vec::new()), position: at },
                    key: None,
                });
                depth(&open).map_err(|reason| wrong(at, reason))?;
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => match open.pop() {
                Some(closed) => {
                    unique(&closed.node).map_err(|(at, reason)| wrong(at, reason))?;
                    closed.node
                }
                None => return Err(wrong(at, "no valid YAML: an end without a start".to_owned())),
            },
            Event::Alias(_) => {
                let reason = "an alias, which can make a small text explode; write the value out";
                return Err(wrong(at, reason.to_owned()));
            }
            _ => continue,
        };
        match open.last_mut() {
            Some(parent) => parent.take(node).map_err(|(at, reason)| wrong(at, reason))?,
            None => roots.push(node),
        }
    }
    let found = roots.len();
    match roots.pop() {
        Some(root) if found == 1 => {
            Ok(Document { name: name.to_owned(), preamble: preamble(text), root })
        }
        _ => Err(wrong(Position::default(), format!("expected one document, got {found}"))),
    }
}

/// A mapping or sequence whose end has not come.
struct Open {
    node: Node,
    key: Option<(String, Position)>,
}

impl Open {
    fn take(&mut self, node: Node) -> Result<(), (Position, String)> {
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
}

fn depth(open: &[Open]) -> Result<(), String> {
    if open.len() > DEPTH_LIMIT {
        return Err(format!("expected at most {DEPTH_LIMIT} levels, got more"));
    }
    Ok(())
}

fn unique(node: &Node) -> Result<(), (Position, String)> {
    let mut seen = HashSet::with_capacity(node.entries().len());
    match node.entries().iter().find(|entry| !seen.insert(entry.key.as_str())) {
        Some(twice) => Err((twice.position, format!("the key `{}` comes twice", twice.key))),
        None => Ok(()),
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
pub(super) fn is_bare(text: &str) -> bool {
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
