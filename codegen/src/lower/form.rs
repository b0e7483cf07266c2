//! Bodies that are forms: fields, or parts with files among them.

use crate::document::Node;
use crate::ir::{Kind, Schema};
use crate::lower::walk::Walk;
use crate::media;

/// The fields that are to be sent as `name[property]`.
pub(super) fn deep_fields(content: &Node<'_>) -> Vec<String> {
    let fields = content.get("encoding").map(Node::entries).unwrap_or_default().iter();
    let is_deep = |node: &Node<'_>| node.get("style").and_then(Node::text) == Some("deepObject");
    fields.filter(|entry| is_deep(&entry.node)).map(|entry| entry.key.to_string()).collect()
}

impl<'a, 't> Walk<'a, 't> {
    /// A form is an object whose properties are known.
    pub(super) fn form(&mut self, media_type: &str, content: &'a Node<'t>) {
        if !media::form(media_type).is_fields() {
            return;
        }
        for entry in content.get("encoding").map(Node::entries).unwrap_or_default() {
            let known = |key: &str| matches!(key, "style" | "explode") || key.starts_with("x-");
            let style = entry.node.get("style").and_then(Node::text).unwrap_or("form");
            let json =
                entry.node.get("contentType").and_then(Node::raw).is_none_or(crate::media::is_json);
            let other = entry.node.entries().iter().any(|part| !known(&part.key));
            if !matches!(style, "form" | "deepObject") || (other && !json) {
                let construct = format!("the encoding of the field `{}`", entry.key);
                let instead = "text is sent as it is, objects as JSON, binaries as files";
                self.warn(&entry.node, "", &construct, instead);
            }
        }
        let Some(schema) = content.get("schema") else {
            return self.unsupported(content, "", "a form without a schema", "describe its fields");
        };
        let Some((node, _)) = self.resolve(schema, "schemas") else { return };
        let Schema { kind: Kind::Object { properties, additional, .. }, .. } = self.schema(node)
        else {
            let advice = "describe its fields as the properties of an object";
            return self.unsupported(schema, "", "a form that is no object", advice);
        };
        let none = properties.iter().all(|property| property.schema.read_only);
        if none || additional.is_some() {
            let construct = "a form with fields that have no name in the document";
            self.unsupported(node, "", construct, "name each field as a property");
        }
    }
}
