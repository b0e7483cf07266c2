//! JSON pointers (RFC 6901), and a node together with its pointer.

use super::node::{Document, Node};
use crate::error::place::Place;

/// How many references may lead on to a further one.
const CHAIN_LIMIT: usize = 32;

/// The pointer of a child.
pub fn below(pointer: &str, segment: &str) -> String {
    if segment.contains(['~', '/']) {
        format!("{pointer}/{}", segment.replace('~', "~0").replace('/', "~1"))
    } else {
        format!("{pointer}/{segment}")
    }
}

/// The segments of a pointer, unescaped.
pub(crate) fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}

/// The last segment of a pointer, unescaped: the name of a component, for one that leads to it.
pub fn name_of(pointer: &str) -> String {
    segments(pointer).last().unwrap_or_default()
}

/// The pointer that a `$ref` within the document holds.
pub(crate) fn target(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let pointer = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?;
    (pointer.is_empty() || pointer.starts_with('/')).then(|| pointer.into_owned())
}

/// A node, where it stands, and the document that it stands in.
#[derive(Debug, Clone)]
pub struct At<'a> {
    pub document: &'a Document,
    pub node: &'a Node,
    pub pointer: String,
}

impl<'a> At<'a> {
    /// The root of a document.
    pub fn root(document: &'a Document) -> Self {
        Self { document, node: &document.root, pointer: String::new() }
    }

    /// What stands at a pointer.
    pub fn find(document: &'a Document, pointer: &str) -> Option<Self> {
        let mut node = &document.root;
        for segment in segments(pointer) {
            node = match segment.parse::<usize>() {
                Ok(index) if !node.items().is_empty() => node.items().get(index)?,
                _ => node.get(&segment)?,
            };
        }
        Some(Self { document, node, pointer: pointer.to_owned() })
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Self> {
        let node = self.node.get(key)?;
        Some(Self { document: self.document, node, pointer: below(&self.pointer, key) })
    }

    /// The entries of a mapping.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let (document, pointer) = (self.document, self.pointer.clone());
        self.node.entries().iter().map(move |entry| {
            let pointer = below(&pointer, &entry.key);
            (entry.key.as_str(), Self { document, node: &entry.value, pointer })
        })
    }

    /// The items of a sequence.
    pub fn items(&self) -> impl Iterator<Item = Self> + use<'a> {
        let (document, pointer) = (self.document, self.pointer.clone());
        self.node.items().iter().enumerate().map(move |(index, node)| Self {
            document,
            node,
            pointer: format!("{pointer}/{index}"),
        })
    }

    /// What the `$ref` here leads to, through further ones; without one, or with one that leads
    /// nowhere, the node itself.
    #[must_use]
    pub fn follow(mut self) -> Self {
        for _ in 0..CHAIN_LIMIT {
            let next = self.node.get_text("$ref").and_then(target);
            match next.and_then(|pointer| Self::find(self.document, &pointer)) {
                Some(next) => self = next,
                None => break,
            }
        }
        self
    }

    /// Where it stands. What is the value of a key stands where the key does.
    pub fn place(&self) -> Place {
        self.document.place(&self.pointer)
    }

    /// Where the value of a key stands, or would.
    pub fn place_of(&self, key: &str) -> Place {
        self.document.place(&below(&self.pointer, key))
    }
}

impl Document {
    /// The place of what a pointer leads to, or of the nearest that is there.
    pub fn place(&self, pointer: &str) -> Place {
        let (mut node, mut position) = (&self.root, self.root.position);
        for segment in segments(pointer) {
            if let Some(entry) = node.entries().iter().find(|entry| entry.key == segment) {
                (node, position) = (&entry.value, entry.position);
            } else if let Some(item) =
                segment.parse().ok().and_then(|at: usize| node.items().get(at))
            {
                (node, position) = (item, item.position);
            } else {
                break;
            }
        }
        Place { file: self.name.clone(), position, pointer: pointer.to_owned() }
    }
}
