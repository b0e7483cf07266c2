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
    /// Whether references to other files were told.
    told_of_files: bool,
    /// The schemas without a name that references lead to and that are being lowered.
    pub(super) inside: Vec<*const Node<'t>>,
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
        Self {
            tree,
            purpose,
            components,
            errors: Vec::new(),
            warnings: Vec::new(),
            told_of_files: false,
            inside: Vec::new(),
        }
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
            (name, node) = self.target(node, reference, section)?;
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
    ) -> Option<(Option<&'a str>, &'a Node<'t>)> {
        let text = reference.raw().unwrap_or_default();
        let name = name_in(text, section);
        if let Some(target) = name.and_then(|name| self.component(section, name)) {
            return Some((name, target));
        }
        if !text.starts_with('#') {
            self.other_file(node);
            return None;
        }
        // A contract names what it judges by.
        let below = text.strip_prefix("#/").filter(|_| !self.is_contract());
        let Some(pointer) = below else {
            let out = name.is_none();
            let problem = if out {
                "leads out of the section that it has to name"
            } else {
                "leads to nothing"
            };
            self.wrong_reference(node, problem);
            return None;
        };
        let target = follow(&self.tree.root, pointer);
        if target.is_none() {
            self.wrong_reference(node, "leads to nothing");
        }
        target.map(|target| (None, target))
    }

    /// References to other files have one cause, and are told once.
    pub(super) fn other_file(&mut self, node: &Node<'_>) {
        if !std::mem::replace(&mut self.told_of_files, true) {
            let problem = "leads to another file; bundle the document into one file first, for \
                           instance with `redocly bundle`";
            self.wrong_reference(node, problem);
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

/// What a JSON pointer, in a fragment of a URI, leads to.
fn follow<'a, 't>(root: &'a Node<'t>, pointer: &str) -> Option<&'a Node<'t>> {
    pointer.split('/').try_fold(root, |node, segment| {
        let segment = percent_encoding::percent_decode_str(segment).decode_utf8_lossy();
        let segment = segment.replace("~1", "/").replace("~0", "~");
        match node.items() {
            [] => node.get(&segment),
            items => items.get(segment.parse::<usize>().ok()?),
        }
    })
}

/// The name in `#/components/<section>/<name>`.
pub(super) fn name_in<'a>(reference: &'a str, section: &str) -> Option<&'a str> {
    reference.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')
}
