//! What one walk over a document carries along: its components, and what it found wrong.

use std::collections::HashMap;

use crate::document::{Node, Tree};
use crate::error::Error;
use crate::ir::Api;

/// How many references may lead on to a further one.
const CHAIN_LIMIT: usize = 32;

/// What the representation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The contract as data: only what that data can hold.
    Contract,
    /// A client alone, which need not judge what it is sent.
    Client {
        /// Whether what can't be represented becomes an untyped value, and a warning.
        allow_unsupported: bool,
    },
}

/// Lowers one document into the whole. Returns what is only warned of, or all errors.
pub(crate) fn lower(
    tree: &Tree<'_>,
    purpose: Purpose,
    api: &mut Api,
) -> Result<Vec<Error>, Vec<Error>> {
    let mut walk = Walk::new(tree, purpose);
    if api.title.is_empty() {
        let title = tree.root.get("info").and_then(|info| info.get("title"));
        api.title = title.and_then(Node::raw).unwrap_or_default().to_owned();
    }
    for tag in tree.root.get("tags").map(Node::items).unwrap_or_default() {
        let text = |key| tag.get(key).and_then(Node::raw).map(str::to_owned);
        if let (Some(name), Some(docs)) = (text("name"), text("description")) {
            api.tags.insert(name, docs);
        }
    }
    walk.named_schemas(api);
    walk.operations(api);
    if walk.errors.is_empty() { Ok(walk.warnings) } else { Err(walk.errors) }
}

pub(crate) struct Walk<'a, 't> {
    pub(super) tree: &'a Tree<'t>,
    pub(super) purpose: Purpose,
    components: HashMap<&'a str, HashMap<&'a str, &'a Node<'t>>>,
    errors: Vec<Error>,
    warnings: Vec<Error>,
}

impl<'a, 't> Walk<'a, 't> {
    fn new(tree: &'a Tree<'t>, purpose: Purpose) -> Self {
        let sections = tree.root.get("components").map(Node::entries).unwrap_or_default();
        let components = sections.iter().map(|section| {
            let named = section.node.entries().iter();
            let named = named.map(|entry| (entry.key.as_ref(), &entry.node)).collect();
            (section.key.as_ref(), named)
        });
        let components = components.collect();
        Self { tree, purpose, components, errors: Vec::new(), warnings: Vec::new() }
    }

    pub(super) fn is_contract(&self) -> bool {
        self.purpose == Purpose::Contract
    }

    pub(super) fn fail(&mut self, error: Error) {
        // A place that is reached in several ways is wrong once.
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    pub(super) fn unexpected(&mut self, node: &Node<'_>, key: &str, expected: &str, got: &str) {
        let place =
            if key.is_empty() { self.tree.place(node) } else { self.tree.place_of(node, key) };
        self.fail(Error::Unexpected { place, expected: expected.to_owned(), got: got.to_owned() });
    }

    /// Notes a construct that is valid and can't be represented.
    pub(super) fn unsupported(
        &mut self,
        node: &Node<'_>,
        key: &str,
        construct: &str,
        advice: &str,
    ) {
        if self.purpose == (Purpose::Client { allow_unsupported: true }) {
            return self.warn(node, key, construct, advice);
        }
        let error = self.unsupported_error(node, key, construct, advice);
        self.fail(error);
    }

    /// Notes a construct that a client does without.
    pub(super) fn warn(&mut self, node: &Node<'_>, key: &str, construct: &str, advice: &str) {
        let error = self.unsupported_error(node, key, construct, advice);
        if !self.warnings.contains(&error) {
            self.warnings.push(error);
        }
    }

    /// Notes a key that a contract can't do without; for a client, what is done instead.
    pub(super) fn done_without(&mut self, node: &Node<'_>, key: &str, advice: &str, instead: &str) {
        let construct = format!("`{key}`");
        match self.is_contract() {
            true => self.unsupported(node, key, &construct, advice),
            false => self.warn(node, key, &construct, instead),
        }
    }

    fn unsupported_error(
        &self,
        node: &Node<'_>,
        key: &str,
        construct: &str,
        advice: &str,
    ) -> Error {
        let place =
            if key.is_empty() { self.tree.place(node) } else { self.tree.place_of(node, key) };
        Error::Unsupported { place, construct: construct.to_owned(), advice: advice.to_owned() }
    }

    /// What a node is, or refers to, and the name under which the section has it.
    pub(super) fn resolve(
        &mut self,
        node: &'a Node<'t>,
        section: &str,
    ) -> Option<(&'a Node<'t>, Option<&'a str>)> {
        let (mut node, mut name) = (node, None);
        for _ in 0..CHAIN_LIMIT {
            let Some(reference) = node.get("$ref") else { return Some((node, name)) };
            let target = self.target(node, reference, section)?;
            (node, name) = (target.1, Some(target.0));
        }
        self.wrong_reference(node, "leads in a circle");
        None
    }

    /// Name and node of a reference's target.
    fn target(
        &mut self,
        node: &'a Node<'t>,
        reference: &'a Node<'t>,
        section: &str,
    ) -> Option<(&'a str, &'a Node<'t>)> {
        let name = reference.raw().unwrap_or_default();
        let Some(name) = name_in(name, section) else {
            self.wrong_reference(node, "leads out of the section that it has to name");
            return None;
        };
        match self.component(section, name) {
            Some(target) => Some((name, target)),
            None => {
                self.wrong_reference(node, "leads to nothing");
                None
            }
        }
    }

    pub(super) fn component(&self, section: &str, name: &str) -> Option<&'a Node<'t>> {
        self.components.get(section)?.get(name).copied()
    }

    pub(super) fn wrong_reference(&mut self, node: &Node<'_>, problem: &'static str) {
        let target = node.get("$ref").and_then(Node::raw).unwrap_or_default().to_owned();
        let place = self.tree.place_of(node, "$ref");
        self.fail(Error::Reference { place, target, problem });
    }
}

/// The name in `#/components/<section>/<name>`.
pub(super) fn name_in<'a>(reference: &'a str, section: &str) -> Option<&'a str> {
    reference.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')
}
