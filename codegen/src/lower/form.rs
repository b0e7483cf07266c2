//! Bodies that are forms: fields, or parts with files among them.

use openapiv3::{MediaType, QueryStyle};

use crate::ir::{Kind, Schema};
use crate::lower::placed::{Placed, Slot};
use crate::lower::walk::Walk;
use crate::media;
use crate::source_map::below;

/// The fields that are to be sent as `name[property]`.
pub(super) fn deep_fields(content: &MediaType) -> Vec<String> {
    let fields = content.encoding.iter();
    let deep = fields.filter(|(_, encoding)| encoding.style == Some(QueryStyle::DeepObject));
    deep.map(|(name, _)| name.clone()).collect()
}

impl<'a> Walk<'a> {
    /// A form is an object whose properties are known.
    pub(super) fn form(&mut self, media_type: &str, content: &Placed<'a, MediaType>) {
        if !media::form(media_type).is_fields() {
            return;
        }
        for (name, encoding) in &content.value.encoding {
            let style =
                matches!(encoding.style, None | Some(QueryStyle::Form | QueryStyle::DeepObject));
            let json = encoding.content_type.as_deref().is_none_or(media::is_json);
            if !style || !json || encoding.allow_reserved || !encoding.headers.is_empty() {
                let construct = format!("the encoding of the field `{name}`");
                let instead = "text is sent as it is, objects as JSON, binaries as files";
                self.warn(&below(&content.at("encoding"), name), &construct, instead);
            }
        }
        let Some(schema) = &content.value.schema else {
            let advice = "describe its fields";
            return self.unsupported(&content.pointer, "a form without a schema", advice);
        };
        let slot = Slot::new(schema, content.at("schema"));
        let Some((resolved, _)) = self.resolve(&slot) else { return };
        let Schema { kind: Kind::Object { properties, additional, .. }, .. } =
            self.schema(&(&resolved).into())
        else {
            let advice = "describe its fields as the properties of an object";
            return self.unsupported(&slot.pointer, "a form that is no object", advice);
        };
        let none = properties.iter().all(|property| property.schema.read_only);
        if none || additional.is_some() {
            let construct = "a form with fields that have no name in the document";
            self.unsupported(&resolved.pointer, construct, "name each field as a property");
        }
    }
}
