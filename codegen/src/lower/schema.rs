//! Schemas.

use std::collections::BTreeMap;

use openapiv3::{AdditionalProperties, Schema};

use crate::error::Error;
use crate::ir::{self, Api, Kind, Width};
use crate::lower::difference::difference;
use crate::lower::keywords::Keywords;
use crate::lower::placed::{Placed, Slot, Target};
use crate::lower::union::listed;
use crate::lower::walk::{Walk, name_in};
use crate::names;
use crate::source_map::below;

const ADVICE: &str = "describe the shape without it";

impl<'a> Walk<'a> {
    /// Lowers the named schemas of a document; the same name twice must be the same shape.
    pub(super) fn named_schemas(&mut self, api: &mut Api) {
        let known = api.schemas.keys().map(|name| (names::ty(name), name.clone()));
        let mut rust_names: BTreeMap<String, String> = known.collect();
        for (name, schema) in &self.typed.components.schemas {
            let slot = Slot::new(schema, below("/components/schemas", name));
            let lowered = self.schema_named(&slot, Some(name));
            if self.is_contract() && matches!(&lowered.kind, Kind::Named(_)) {
                let construct = "a schema that is only a reference";
                self.unsupported(&slot.pointer, construct, "name its target");
            }
            let twin = rust_names.insert(names::ty(name), name.clone());
            if let Some(twin) = twin.filter(|twin| twin != name)
                && self.is_contract()
            {
                let reason = format!("in Rust `{twin}` has the same name");
                self.collision(&slot.pointer, name, reason);
            }
            if let Some(known) = api.schemas.get(name)
                && let Some(difference) = difference(known, &lowered)
            {
                let there = api.places.get(name).map(ToString::to_string).unwrap_or_default();
                let reason = format!("{there} gives it another shape: {difference}");
                self.collision(&slot.pointer, name, reason);
            }
            api.places.insert(name.clone(), self.place(&slot.pointer));
            api.schemas.insert(name.clone(), lowered);
        }
    }

    fn collision(&mut self, pointer: &str, name: &str, reason: String) {
        let place = self.place(pointer);
        let (what, name) = ("the schema name", name.to_owned());
        self.fail(Error::Collision { place, what, name, reason });
    }

    /// Lowers one schema; a reference stays a name.
    pub(super) fn schema(&mut self, slot: &Slot<'a, Schema>) -> ir::Schema {
        self.schema_named(slot, None)
    }

    fn schema_named(&mut self, slot: &Slot<'a, Schema>, name: Option<&str>) -> ir::Schema {
        let schema = match slot.target {
            Target::Item(item) => Placed::new(item, slot.pointer.clone()),
            Target::Reference(reference) => {
                return ir::Schema { kind: self.named(slot, reference), ..ir::Schema::default() };
            }
        };
        let data = &schema.value.schema_data;
        let docs = data.description.as_ref().or(data.title.as_ref());
        ir::Schema {
            docs: docs.cloned().unwrap_or_default(),
            nullable: data.nullable,
            deprecated: data.deprecated,
            read_only: data.read_only,
            write_only: data.write_only,
            kind: self.kind(&schema, name),
        }
    }

    /// A reference, which leads somewhere and in no circle.
    fn named(&mut self, slot: &Slot<'a, Schema>, reference: &str) -> Kind {
        let named = name_in(reference, "schemas").filter(|name| self.has_schema(name));
        match (self.resolve(slot), named) {
            (Some(_), Some(name)) => Kind::Named(name.to_owned()),
            (Some((_, Some(name))), None) => Kind::Named(name.to_owned()),
            (Some((target, None)), None) => self.unnamed(slot, reference, &target),
            (None, _) => Kind::Any,
        }
    }

    /// A schema that a reference leads to and that has no name: it is written out where it is used.
    fn unnamed(
        &mut self,
        slot: &Slot<'a, Schema>,
        reference: &str,
        target: &Placed<'a, Schema>,
    ) -> Kind {
        if self.inside.iter().any(|known| std::ptr::eq(*known, target.value)) {
            let problem = "leads in a circle through a schema without a name";
            self.wrong_reference(&slot.pointer, reference, problem);
            return Kind::Any;
        }
        self.inside.push(target.value);
        let kind = self.schema(&target.into()).kind;
        self.inside.pop();
        kind
    }

    fn kind(&mut self, schema: &Placed<'a, Schema>, name: Option<&str>) -> Kind {
        if schema.value.not().is_some() {
            // It says nothing of the shape: a judge can't do without it, a client need not check it.
            let instead = "the shape is taken without it, and values are not checked";
            self.done_without(&schema.pointer, "not", ADVICE, instead);
        }
        if self.is_contract() && !self.fits_a_contract(schema) {
            return Kind::Any;
        }
        let shapes = listed(schema);
        if !shapes.is_empty() && !shapes.iter().all(only_requires) {
            return self.union(schema);
        }
        if !schema.value.all_of().is_empty() {
            return self.all_of(schema, name);
        }
        let tells = &schema.value.schema_data.discriminator;
        if tells.as_ref().is_some_and(|tells| !tells.mapping.is_empty()) {
            return self.union(schema);
        }
        self.typed(schema)
    }

    fn typed(&mut self, schema: &Placed<'a, Schema>) -> Kind {
        let value = schema.value;
        let is_object = value.properties().next().is_some() || value.additional().is_some();
        match value.ty() {
            Some("boolean") => Kind::Boolean,
            Some("integer") => {
                let width = match value.format() {
                    Some("int32") => Width::I32,
                    Some("uint64") => Width::U64,
                    _ => Width::I64,
                };
                let (low, high) = match width {
                    Width::I32 => (Some(i32::MIN.into()), Some(i32::MAX.into())),
                    Width::I64 => (None, None),
                    Width::U64 => (Some(0), None),
                };
                let [minimum, maximum] = value.integer_bounds();
                Kind::Integer { minimum: minimum.or(low), maximum: maximum.or(high), width }
            }
            Some("number") => {
                let [minimum, maximum] = value.bounds();
                Kind::Number { minimum, maximum }
            }
            Some("string") => Kind::Text(self.text(schema)),
            Some("array") => self.array(schema),
            Some("object") => self.object(schema),
            _ if is_object => self.object(schema),
            _ if value.items().is_some() => self.array(schema),
            _ if value.has_enum() => Kind::Text(self.text(schema)),
            _ => Kind::Any,
        }
    }

    fn array(&mut self, schema: &Placed<'a, Schema>) -> Kind {
        let items = match schema.value.items() {
            Some(items) => self.schema(&Slot::boxed(items, schema.at("items"))),
            None => ir::Schema { nullable: true, ..ir::Schema::default() },
        };
        let [min_items, max_items] = schema.value.sizes();
        let unique = schema.value.unique();
        Kind::Array { items: Box::new(items), min_items, max_items, unique }
    }

    /// The contract as data holds less than a client needs to know.
    fn fits_a_contract(&mut self, schema: &Placed<'a, Schema>) -> bool {
        let value = schema.value;
        let is_scalar = matches!(value.ty(), Some("integer" | "number" | "boolean"));
        let additional = matches!(value.additional(), Some(AdditionalProperties::Schema(_)));
        let refused = [
            ("oneOf", !value.one_of().is_empty()),
            ("allOf", !value.all_of().is_empty()),
            ("anyOf", !value.any_of().is_empty()),
            ("discriminator", value.schema_data.discriminator.is_some()),
            ("enum", is_scalar && value.has_enum()),
            ("additionalProperties", additional),
        ];
        let wrong = refused.into_iter().find(|(_, is_there)| *is_there).map(|(key, _)| key);
        if let Some(key) = wrong.or_else(|| value.unjudged()) {
            self.unsupported(&schema.at(key), key, ADVICE);
            return false;
        }
        let keyed = value.properties().next().is_some() || value.items().is_some();
        if value.ty().is_none() && (keyed || value.has_enum()) {
            let advice = "give it one `type` and that type's keywords";
            self.unsupported(&schema.pointer, "this mixture of keywords", advice);
            return false;
        }
        true
    }
}

/// Whether a shape of a union says only which properties have to be there, and no shape.
fn only_requires(slot: &Slot<'_, Schema>) -> bool {
    let Target::Item(schema) = slot.target else { return false };
    let shaped = schema.ty().is_some()
        || schema.format().is_some()
        || schema.properties().next().is_some()
        || schema.additional().is_some()
        || schema.items().is_some()
        || schema.has_enum()
        || schema.schema_data.nullable
        || ![schema.all_of(), schema.one_of(), schema.any_of()].concat().is_empty();
    let says = !schema.required().is_empty()
        || schema.not().is_some()
        || schema.unjudged().is_some()
        || schema.schema_data.description.is_some();
    !shaped && says
}
