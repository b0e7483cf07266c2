//! Bodies that are forms: fields, or parts with files among them.

use crate::document::Node;
use crate::ir::{Kind, Schema};
use crate::lower::walk::Walk;
use crate::media;

impl<'a, 't> Walk<'a, 't> {
    /// A form is an object whose properties are known.
    pub(super) fn form(&mut self, media_type: &str, content: &'a Node<'t>) {
        if !media::form(media_type).is_fields() {
            return;
        }
        if content.get("encoding").is_some_and(|encoding| !encoding.entries().is_empty()) {
            let advice = "remove it: text is sent as it is, objects as JSON, binaries as files";
            self.unsupported(content, "encoding", "the encoding of a form", advice);
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
