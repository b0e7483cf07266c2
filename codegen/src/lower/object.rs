//! Objects: properties, conditional requirements, further properties.

use openapiv3::AdditionalProperties;
use serde::Deserialize;

use crate::ir::{Kind, Property, RequiredWhen, Schema};
use crate::lower::keywords::Keywords;
use crate::lower::placed::{Placed, Slot};
use crate::lower::walk::Walk;
use crate::source_map::below;

/// The one extension that is read: requirements that depend on a property's value.
const REQUIRED_WHEN: &str = "x-required-when";

/// One condition as a document has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Condition {
    property: String,
    equals: String,
    required: Vec<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn object(&mut self, schema: &Placed<'a, openapiv3::Schema>) -> Kind {
        let required = schema.value.required();
        let mut properties = Vec::new();
        for (name, property) in schema.value.properties() {
            let slot = Slot::boxed(property, below(&schema.at("properties"), name));
            let required = required.iter().any(|one| one == name);
            properties.push(Property {
                name: name.to_owned(),
                required,
                schema: self.schema(&slot),
            });
        }
        let required_when = self.required_when(schema);
        let conditional = required_when.iter().flat_map(|w| w.required.iter().chain([&w.property]));
        self.no_strangers(&schema.pointer, &properties, required.iter().chain(conditional));
        Kind::Object { properties, required_when, additional: self.additional(schema) }
    }

    /// What is required has to be a property; a client does without.
    pub(super) fn no_strangers<'n>(
        &mut self,
        pointer: &str,
        properties: &[Property],
        mut required: impl Iterator<Item = &'n String>,
    ) {
        let stranger = required.find(|name| !properties.iter().any(|known| known.name == **name));
        if let Some(stranger) = stranger {
            let pointer = below(pointer, "required");
            if self.is_contract() {
                let expected = "names of properties of this object";
                return self.unexpected(&pointer, expected, &format!("`{stranger}`"));
            }
            let construct = format!("the required property `{stranger}`, which is not described,");
            self.warn(&pointer, &construct, "describe it; it is left out");
        }
    }

    pub(super) fn additional(
        &mut self,
        schema: &Placed<'a, openapiv3::Schema>,
    ) -> Option<Box<Schema>> {
        match schema.value.additional()? {
            AdditionalProperties::Any(false) => None,
            AdditionalProperties::Any(true) if self.is_contract() => None,
            AdditionalProperties::Any(true) => Some(Box::default()),
            AdditionalProperties::Schema(more) => {
                let slot = Slot::new(more, schema.at("additionalProperties"));
                Some(Box::new(self.schema(&slot)))
            }
        }
    }

    fn required_when(&mut self, schema: &Placed<'a, openapiv3::Schema>) -> Vec<RequiredWhen> {
        let Some(value) = schema.value.schema_data.extensions.get(REQUIRED_WHEN) else {
            return Vec::new();
        };
        match Vec::<Condition>::deserialize(value) {
            Ok(conditions) if !conditions.is_empty() => conditions
                .into_iter()
                .map(|Condition { property, equals, required }| RequiredWhen {
                    property,
                    equals,
                    required,
                })
                .collect(),
            _ => {
                let expected = "a list of {property, equals, required}";
                self.unexpected(&schema.at(REQUIRED_WHEN), expected, "something else");
                Vec::new()
            }
        }
    }
}
