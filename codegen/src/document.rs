//! A document as a tree: plain data with the place of every node, borrowed from the text.

use std::borrow::Cow;

use crate::error::place::{Place, Position};

/// One value, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node<'t> {
    pub(crate) position: Position,
    pub(crate) value: Value<'t>,
}

#[derive(Debug, Clone)]
pub(crate) enum Value<'t> {
    Mapping(Vec<Entry<'t>>),
    Sequence(Vec<Node<'t>>),
    /// Quoted text, which is nothing but text.
    Text(Cow<'t, str>),
    /// A plain scalar, which may be text, a number, a boolean or null (YAML 1.2, core schema).
    Plain(Cow<'t, str>),
}

/// One entry of a mapping.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) position: Position,
    pub(crate) node: Node<'t>,
}

impl<'t> Node<'t> {
    /// The same, on its own.
    pub(crate) fn into_owned(self) -> Node<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let value = match self.value {
            Value::Mapping(entries) => Value::Mapping(
                entries
                    .into_iter()
                    .map(|entry| Entry {
                        key: own(entry.key),
                        position: entry.position,
                        node: entry.node.into_owned(),
                    })
                    .collect(),
            ),
            Value::Sequence(items) => {
                Value::Sequence(items.into_iter().map(Node::into_owned).collect())
            }
            Value::Text(text) => Value::Text(own(text)),
            Value::Plain(text) => Value::Plain(own(text)),
        };
        Node { position: self.position, value }
    }

    /// How many nodes it is made of.
    pub(crate) fn count(&self) -> usize {
        let entries = self.entries().iter().map(|entry| entry.node.count());
        1 + entries.chain(self.items().iter().map(Self::count)).sum::<usize>()
    }

    /// The entries of a mapping; none where it is something else.
    pub(crate) fn entries(&self) -> &[Entry<'t>] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none where it is something else.
    pub(crate) fn items(&self) -> &[Node<'t>] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// A scalar as it is written.
    pub(crate) fn raw(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Plain(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Plain(text) if matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL"))
    }

    pub(crate) fn boolean(&self) -> Option<bool> {
        match &self.value {
            Value::Plain(text) => match text.as_ref() {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match &self.value {
            Value::Plain(text)
                if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) =>
            {
                text.parse().ok().filter(|number: &f64| number.is_finite())
            }
            _ => None,
        }
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        match &self.value {
            Value::Plain(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Text: quoted, or plain and nothing else.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::Plain(text)
                if !self.is_null() && self.boolean().is_none() && self.number().is_none() =>
            {
                Some(text)
            }
            _ => None,
        }
    }

    /// What it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Mapping(_) => "a mapping",
            Value::Sequence(_) => "a list",
            Value::Text(_) => "text",
            Value::Plain(_) if self.is_null() => "null",
            Value::Plain(_) if self.boolean().is_some() => "a boolean",
            Value::Plain(_) if self.number().is_some() => "a number",
            Value::Plain(_) => "text",
        }
    }
}

/// A file and its tree.
#[derive(Debug)]
pub(crate) struct Tree<'t> {
    pub(crate) file: &'t str,
    pub(crate) root: Node<'t>,
}

impl Tree<'_> {
    /// The place of a node of this tree. It is searched for: only errors need places.
    pub(crate) fn place(&self, node: &Node<'_>) -> Place {
        let mut pointer = Vec::new();
        let position = search(&self.root, self.root.position, node, &mut pointer);
        pointer.reverse();
        Place {
            file: self.file.to_owned(),
            position: position.unwrap_or_default(),
            pointer: pointer
                .into_iter()
                .fold(String::new(), |path, segment| below(&path, &segment)),
        }
    }

    /// The place of what a node has, or should have, under a key.
    pub(crate) fn place_of(&self, node: &Node<'_>, key: &str) -> Place {
        match node.get(key) {
            Some(child) => self.place(child),
            None => {
                let place = self.place(node);
                Place { pointer: below(&place.pointer, key), ..place }
            }
        }
    }
}

/// Where `wanted` stands: at its key, if it has one. Pushes the segments of its pointer, last first.
fn search(
    node: &Node<'_>,
    position: Position,
    wanted: &Node<'_>,
    pointer: &mut Vec<String>,
) -> Option<Position> {
    if std::ptr::addr_eq(node, wanted) {
        return Some(position);
    }
    for entry in node.entries() {
        if let Some(found) = search(&entry.node, entry.position, wanted, pointer) {
            pointer.push(entry.key.to_string());
            return Some(found);
        }
    }
    for (index, item) in node.items().iter().enumerate() {
        if let Some(found) = search(item, item.position, wanted, pointer) {
            pointer.push(index.to_string());
            return Some(found);
        }
    }
    None
}

/// The JSON pointer of a child (RFC 6901).
pub(crate) fn below(pointer: &str, segment: &str) -> String {
    format!("{pointer}/{}", segment.replace('~', "~0").replace('/', "~1"))
}
