//! Header fields of answers.

use crate::document::Node;
use crate::ir::{Header, Kind};
use crate::lower::walk::Walk;

impl<'a, 't> Walk<'a, 't> {
    /// The header fields of a response. The contract as data has none.
    pub(super) fn headers(&mut self, response: &'a Node<'t>) -> Vec<Header> {
        let entries = response.get("headers").map(Node::entries).unwrap_or_default();
        if self.is_contract() {
            return Vec::new();
        }
        let mut lowered = Vec::new();
        for entry in entries {
            let Some((node, shared)) = self.resolve(&entry.node, "headers") else { continue };
            let docs = node.get("description").and_then(Node::raw).unwrap_or_default().to_owned();
            // A header by `content` is text to a client.
            let kind = node.get("schema").and_then(|schema| self.resolve(schema, "schemas"));
            let kind = kind.map_or(Kind::Any, |(schema, _)| self.schema(schema).kind);
            let shared = shared.is_some();
            lowered.push(Header { name: entry.key.to_string(), shared, docs, kind });
        }
        lowered
    }
}
