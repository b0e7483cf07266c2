//! Text to a tree. The generator's own reading; `second_reading.rs` holds it against another's.

use std::borrow::Cow;
use std::collections::HashSet;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::Source;
use crate::document::{Entry, Node, Tree, Value};
use crate::error::Error;
use crate::place::{Place, Position};

/// How deep a document may nest; the deepest that real ones do is a fraction of it.
const DEPTH_LIMIT: usize = 100;

/// How long a text may be; a tree takes some thirty times its text.
const TEXT_LIMIT: usize = 32 << 20;

/// From how many keys on a mapping's duplicates are found by hashing.
const FEW_KEYS: usize = 16;

/// Reads YAML, of which JSON is a part: one document, without aliases, without a key twice.
pub(crate) fn load(source: &Source) -> Result<Tree<'_>, Error> {
    if source.text.len() > TEXT_LIMIT {
        let place = Place::at(&source.name, Position::default());
        let (limit, bytes) = (TEXT_LIMIT >> 20, source.text.len());
        return Err(Error::TooLong { place, limit, bytes });
    }
    let wrong = |(position, reason)| syntax(source, position, reason);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(&source.text) {
        let (event, span) = event.map_err(|error| {
            let marker = error.marker();
            syntax(source, Position::new(marker.line(), marker.col() + 1), error.info().to_owned())
        })?;
        let position = position(&span);
        let done = match event {
            Event::Scalar(text, style, _, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = if plain { Value::Plain(text) } else { Value::Text(text) };
                Some(Node { position, value })
            }
            Event::MappingStart(..) => {
                open.push(Open { position, children: Children::Mapping(Vec::new(), None) });
                None
            }
            Event::SequenceStart(..) => {
                open.push(Open { position, children: Children::Sequence(Vec::new()) });
                None
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop().map(Open::close).transpose().map_err(wrong)?
            }
            // A few of them can make a small text explode, and no document needs them.
            Event::Alias(_) => {
                let reason = "an alias; write out what it stands for";
                return Err(wrong((position, reason.to_owned())));
            }
            Event::DocumentStart(_) if root.is_some() => {
                let reason = "expected one document, got a second";
                return Err(wrong((position, reason.to_owned())));
            }
            _ => None,
        };
        if open.len() > DEPTH_LIMIT {
            let reason = format!("expected at most {DEPTH_LIMIT} levels, got more");
            return Err(wrong((position, reason)));
        }
        let Some(node) = done else { continue };
        match open.last_mut() {
            Some(parent) => parent.take(node).map_err(wrong)?,
            None => root = Some(node),
        }
    }
    let root = root.ok_or_else(|| {
        syntax(source, Position::default(), "expected a document, got none".to_owned())
    })?;
    Ok(Tree { file: &source.name, root })
}

/// A collection that is being read.
struct Open<'t> {
    position: Position,
    children: Children<'t>,
}

enum Children<'t> {
    /// The entries so far, and the key whose value comes next.
    Mapping(Vec<Entry<'t>>, Option<(Cow<'t, str>, Position)>),
    Sequence(Vec<Node<'t>>),
}

impl<'t> Open<'t> {
    fn take(&mut self, node: Node<'t>) -> Result<(), (Position, String)> {
        match &mut self.children {
            Children::Sequence(items) => items.push(node),
            Children::Mapping(entries, key) => match key.take() {
                Some((key, position)) => entries.push(Entry { key, position, node }),
                None => match node.value {
                    Value::Text(text) | Value::Plain(text) => {
                        // A long mapping is looked over once, when it ends.
                        if entries.len() <= FEW_KEYS
                            && entries.iter().any(|entry| entry.key == text)
                        {
                            return Err((node.position, format!("the key `{text}` comes twice")));
                        }
                        *key = Some((text, node.position));
                    }
                    _ => return Err((node.position, "expected text as a key".to_owned())),
                },
            },
        }
        Ok(())
    }

    fn close(self) -> Result<Node<'t>, (Position, String)> {
        let value = match self.children {
            Children::Mapping(entries, _) => {
                if entries.len() > FEW_KEYS {
                    no_duplicate(&entries)?;
                }
                Value::Mapping(entries)
            }
            Children::Sequence(items) => Value::Sequence(items),
        };
        Ok(Node { position: self.position, value })
    }
}

fn no_duplicate(entries: &[Entry<'_>]) -> Result<(), (Position, String)> {
    let mut seen = HashSet::with_capacity(entries.len());
    match entries.iter().find(|entry| !seen.insert(entry.key.as_ref())) {
        Some(twice) => Err((twice.position, format!("the key `{}` comes twice", twice.key))),
        None => Ok(()),
    }
}

fn position(span: &Span) -> Position {
    Position::new(span.start.line(), span.start.col() + 1)
}

fn syntax(source: &Source, position: Position, reason: String) -> Error {
    Error::Syntax { place: Place::at(&source.name, position), reason }
}
