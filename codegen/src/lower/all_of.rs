//! `allOf`: one object with the properties of all parts.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema};

use crate::ir::{self, Kind, Property};
use crate::lower::keywords::Keywords;
use crate::lower::placed::{Placed, Slot, Target};
use crate::lower::walk::{Walk, name_in};
use crate::source_map::below;

/// What was gathered from the parts.
#[derive(Default)]
struct Gathered<'a> {
    properties: Vec<Property>,
    required: HashSet<&'a String>,
    additional: Option<Box<ir::Schema>>,
    /// The named parts; each is taken once, so that a circle or a bomb of references ends.
    seen: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    pub(super) fn all_of(&mut self, schema: &Placed<'a, Schema>, name: Option<&str>) -> Kind {
        let parts = Slot::list(schema.value.all_of(), &schema.at("allOf"));
        if let [only] = parts.as_slice()
            && schema.value.properties().next().is_none()
            && let Some((target, _)) = self.resolve(only)
            && !is_object(target.value)
        {
            return self.schema(only).kind;
        }
        if let Some(kind) = self.one_part(schema.value, &parts) {
            return kind;
        }
        let mut gathered = Gathered::default();
        self.gather(schema, name, &mut gathered);
        let Gathered { mut properties, required, additional, .. } = gathered;
        for property in &mut properties {
            property.required = required.contains(&property.name);
        }
        self.no_strangers(&schema.pointer, &properties, required.into_iter());
        Kind::Object { properties, required_when: Vec::new(), additional }
    }

    /// Scalars, or a union, with nothing that has a shape beside them: one part says what it is.
    fn one_part(&mut self, schema: &Schema, parts: &[Slot<'a, Schema>]) -> Option<Kind> {
        let mut shaped = Vec::new();
        for part in parts {
            let (target, _) = self.resolve(part)?;
            if says_shape(target.value) {
                shaped.push((part, target.value));
            }
        }
        let beside = schema.properties().next().is_some() || schema.additional().is_some();
        if shaped.is_empty() || beside {
            return None;
        }
        let scalar = shaped.iter().all(|(_, target)| !is_object(target) && !is_union(target));
        let union = shaped.len() == 1 && shaped.iter().all(|(_, target)| is_union(target));
        let requires = |part: &Slot<'_, Schema>| match part.target {
            Target::Item(item) => !item.required().is_empty(),
            Target::Reference(_) => false,
        };
        if !(scalar || (union && !parts.iter().any(requires))) {
            return None;
        }
        let enumeration = shaped.iter().find(|(_, target)| target.has_enum());
        let (part, _) = enumeration.or(shaped.first())?;
        Some(self.schema(part).kind)
    }

    fn gather(&mut self, schema: &Placed<'a, Schema>, name: Option<&str>, into: &mut Gathered<'a>) {
        for part in Slot::list(schema.value.all_of(), &schema.at("allOf")) {
            let Some((target, part_name)) = self.resolve(&part) else { continue };
            if part_name.is_some_and(|part_name| !into.seen.insert(part_name)) {
                continue;
            }
            let is_foreign_union = is_union(target.value) && !has_variant(target.value, name);
            if is_foreign_union {
                let instead = "its properties are kept without types";
                self.warn(&part.pointer, "a union as a part of allOf", instead);
                into.additional = Some(Box::default());
            }
            if !is_object(target.value) && !is_foreign_union {
                let construct = "a part of allOf that is no object";
                self.unsupported(&part.pointer, construct, "make each part an object");
                continue;
            }
            self.gather(&target, name, into);
        }
        into.required.extend(schema.value.required());
        for (name, property) in schema.value.properties() {
            let slot = Slot::boxed(property, below(&schema.at("properties"), name));
            let lowered = self.schema(&slot);
            // A later part refines an earlier one.
            match into.properties.iter_mut().find(|known| known.name == name) {
                Some(known) => known.schema = lowered,
                None => into.properties.push(Property {
                    name: name.to_owned(),
                    required: false,
                    schema: lowered,
                }),
            }
        }
        if let Some(additional) = self.additional(schema) {
            into.additional = Some(additional);
        }
    }

    /// The properties of a schema, those of its parts included.
    pub(super) fn all_properties(
        &mut self,
        schema: Placed<'a, Schema>,
    ) -> Vec<(&'a str, Slot<'a, Schema>)> {
        let (mut found, mut seen) = (Vec::<(&str, Slot<'_, _>)>::new(), HashSet::new());
        let mut pending = vec![schema];
        while let Some(schema) = pending.pop() {
            for (name, property) in schema.value.properties() {
                if !found.iter().any(|(known, _)| *known == name) {
                    let pointer = below(&schema.at("properties"), name);
                    found.push((name, Slot::boxed(property, pointer)));
                }
            }
            for part in Slot::list(schema.value.all_of(), &schema.at("allOf")) {
                let Some((target, name)) = self.resolve(&part) else { continue };
                if name.is_none_or(|name| seen.insert(name)) {
                    pending.push(target);
                }
            }
        }
        found
    }
}

/// Whether a part says more than words, bounds or nullability.
fn says_shape(schema: &Schema) -> bool {
    schema.ty().is_some()
        || schema.properties().next().is_some()
        || schema.additional().is_some()
        || schema.items().is_some()
        || schema.has_enum()
        || !schema.all_of().is_empty()
        || is_union(schema)
        || !schema.required().is_empty()
}

fn is_object(schema: &Schema) -> bool {
    let shaped = schema.properties().next().is_some() || !schema.all_of().is_empty();
    shaped || (!is_union(schema) && matches!(schema.ty(), Some("object") | None))
}

fn is_union(schema: &Schema) -> bool {
    !schema.one_of().is_empty()
        || !schema.any_of().is_empty()
        || schema.schema_data.discriminator.is_some()
}

/// Whether a union has the schema of this name among its shapes.
fn has_variant(union: &Schema, name: Option<&str>) -> bool {
    let listed = union.one_of().iter().chain(union.any_of());
    let listed = listed.filter_map(|item| match item {
        ReferenceOr::Reference { reference } => Some(reference),
        ReferenceOr::Item(_) => None,
    });
    let mapping = union.schema_data.discriminator.iter().flat_map(|tells| tells.mapping.values());
    let mut names = listed.chain(mapping);
    name.is_some_and(|name| names.any(|one| name_in(one, "schemas").unwrap_or(one) == name))
}
