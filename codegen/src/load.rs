//! Text to a tree. The generator's own reading; `second_reading.rs` holds it against another's.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::Source;
use crate::document::{Entry, Node, Tree, Value};
use crate::error::Error;
use crate::error::place::{Place, Position};

/// How deep a document may nest; the deepest that real ones do is a fraction of it.
const DEPTH_LIMIT: usize = 100;

/// How long a text may be; a tree takes some thirty times its text.
const TEXT_LIMIT: usize = 32 << 20;

/// For how many values aliases may stand.
const ALIAS_LIMIT: usize = 100_000;

/// From how many keys on a mapping's duplicates are found by hashing.
const FEW_KEYS: usize = 16;

/// Reads YAML, of which JSON is a part: one document, without a key twice.
pub(crate) fn load(source: &Source) -> Result<Tree<'_>, Error> {
    if source.text.len() > TEXT_LIMIT {
        let place = Place::at(&source.name, Position::default());
        let (limit, bytes) = (TEXT_LIMIT >> 20, source.text.len());
        return Err(Error::TooLong { place, limit, bytes });
    }
    let wrong = |(position, reason)| syntax(source, position, reason);
    if let Some(text) = joined(&source.text) {
        let other = Source { name: source.name.clone(), text };
        let root = load(&other)?.root.into_owned();
        return Ok(Tree { file: &source.name, root });
    }
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut anchors: HashMap<usize, Node<'_>> = HashMap::new();
    let mut aliased = 0;
    let mut root = None;
    for event in Parser::new_from_str(&source.text) {
        let (event, span) = event.map_err(|error| {
            let marker = error.marker();
            syntax(source, Position::new(marker.line(), marker.col() + 1), error.info().to_owned())
        })?;
        let position = position(&span);
        let done = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = if plain { Value::Plain(text) } else { Value::Text(text) };
                let node = Node { position, value };
                if anchor > 0 {
                    anchors.insert(anchor, node.clone());
                }
                Some(node)
            }
            Event::MappingStart(anchor, _) => {
                let children = Children::Mapping(Vec::new(), None);
                open.push(Open { position, anchor, children });
                None
            }
            Event::SequenceStart(anchor, _) => {
                open.push(Open { position, anchor, children: Children::Sequence(Vec::new()) });
                None
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let anchor = open.last().map_or(0, |open| open.anchor);
                let node = open.pop().map(Open::close).transpose().map_err(wrong)?;
                if let Some(node) = node.as_ref().filter(|_| anchor > 0) {
                    anchors.insert(anchor, node.clone());
                }
                node
            }
            // A few of them can make a small text explode.
            Event::Alias(anchor) => {
                let Some(node) = anchors.get(&anchor) else {
                    let reason = "an alias within what it stands for".to_owned();
                    return Err(wrong((position, reason)));
                };
                aliased += node.count();
                if aliased > ALIAS_LIMIT {
                    let reason =
                        format!("expected aliases for at most {ALIAS_LIMIT} values, got more");
                    return Err(wrong((position, reason)));
                }
                Some(node.clone())
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
    anchor: usize,
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
                Value::Mapping(merged(entries))
            }
            Children::Sequence(items) => Value::Sequence(items),
        };
        Ok(Node { position: self.position, value })
    }
}

/// The entries with those of a mapping under `<<`, the merge key of YAML 1.1, which own ones replace.
fn merged(mut entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    let is_merge = |entry: &Entry<'_>| entry.key == "<<" && !entry.node.entries().is_empty();
    let Some(at) = entries.iter().position(is_merge) else { return entries };
    if let Value::Mapping(more) = entries.remove(at).node.value {
        for entry in more {
            if !entries.iter().any(|own| own.key == entry.key) {
                entries.push(entry);
            }
        }
    }
    entries
}

/// JSON with its surrogate pairs as the characters that they stand for, which YAML doesn't know; `None`
/// where there are none.
fn joined(text: &str) -> Option<String> {
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let surrogate =
        ["\\ud8", "\\ud9", "\\uda", "\\udb", "\\uD8", "\\uD9", "\\uDA", "\\uDB", "\\uDa", "\\uDb"];
    if !is_json || !surrogate.iter().any(|start| text.contains(start)) {
        return None;
    }
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut joined = String::with_capacity(text.len());
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text[at..].find('\\').map(|offset| at + offset) {
        at = found + 2;
        let pair = unit(found).zip(unit(found + 6)).map(|(high, low)| [high, low]);
        let c = pair.and_then(|pair| char::decode_utf16(pair).next()?.ok());
        if let Some(c) = c.filter(|c| c.len_utf16() == 2) {
            joined.push_str(&text[start..found]);
            joined.push(c);
            (start, at) = (found + 12, found + 12);
        }
        // An escaped character may have several bytes.
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    joined.push_str(&text[start..]);
    // Each pair that was joined makes it shorter; another reading ends.
    (joined.len() < text.len()).then_some(joined)
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
