//! `oneOf`, `anyOf`, and the shapes that a discriminator names.

use std::collections::HashSet;

use openapiv3::{Discriminator, Schema};

use crate::ir::{self, Kind, Text, Union, Variant};
use crate::lower::keywords::Keywords;
use crate::lower::placed::{Placed, Slot, Target};
use crate::lower::walk::{Walk, name_in};
use crate::source_map::below;

/// The shapes that are listed.
pub(super) fn listed<'a>(schema: &Placed<'a, Schema>) -> Vec<Slot<'a, Schema>> {
    let mut listed = Slot::list(schema.value.one_of(), &schema.at("oneOf"));
    listed.extend(Slot::list(schema.value.any_of(), &schema.at("anyOf")));
    listed
}

impl<'a> Walk<'a> {
    pub(super) fn union(&mut self, schema: &Placed<'a, Schema>) -> Kind {
        let listed = listed(schema);
        if let Some(text) = self.merged_text(&listed) {
            return Kind::Text(text);
        }
        if let [only] = listed.as_slice() {
            return self.schema(only).kind;
        }
        let tells = schema.value.schema_data.discriminator.as_ref();
        let mapping = tells.map(|tells| self.mapping(tells, &schema.at("discriminator")));
        let mapping = mapping.unwrap_or_default();
        let mut variants: Vec<Variant> = Vec::new();
        if listed.is_empty() {
            for (value, name) in &mapping {
                let shape = Kind::Named((*name).to_owned());
                match variants.iter_mut().find(|known| known.schema.kind == shape) {
                    Some(known) => known.values.push((*value).to_owned()),
                    None => variants.push(Variant {
                        name: (*name).to_owned(),
                        values: vec![(*value).to_owned()],
                        schema: ir::Schema { kind: shape, ..ir::Schema::default() },
                    }),
                }
            }
        } else {
            for item in &listed {
                let schema = self.schema(item);
                let name = variant_name(item, &schema);
                let values = mapping.iter().filter(|(_, target)| *target == name);
                let values = values.map(|(value, _)| (*value).to_owned()).collect();
                variants.push(Variant { name, values, schema });
            }
        }
        let named = tells.map(|tells| tells.property_name.clone()).filter(|name| !name.is_empty());
        let discriminator = match named {
            Some(named) => {
                implicit_values(&mapping, &mut variants);
                Some(named)
            }
            None => self.implied(&listed, &mut variants),
        };
        self.nothing_beside(schema, &listed);
        Kind::Union(Union { discriminator, variants })
    }

    /// Value and schema of each entry of the mapping.
    fn mapping(&mut self, tells: &'a Discriminator, pointer: &str) -> Vec<(&'a str, &'a str)> {
        let mut read = Vec::new();
        for (value, target) in &tells.mapping {
            let name = name_in(target, "schemas").unwrap_or(target);
            if self.has_schema(name) {
                read.push((value.as_str(), name));
            } else {
                let pointer = below(&below(pointer, "mapping"), value);
                self.unexpected(&pointer, "the name of a schema", &format!("`{target}`"));
            }
        }
        read
    }

    /// All values in one enumeration, where every shape is one.
    fn merged_text(&mut self, listed: &[Slot<'a, Schema>]) -> Option<Text> {
        let mut merged = Text::default();
        for item in listed {
            let (target, _) = self.resolve(item)?;
            if target.value.ty() != Some("string") || !target.value.has_enum() {
                return None;
            }
            for value in self.text(&target).values {
                if !merged.values.contains(&value) {
                    merged.values.push(value);
                }
            }
        }
        (!listed.is_empty()).then_some(merged)
    }

    /// A property whose values tell the shapes apart although no discriminator is named: each shape
    /// has an enumeration there, and no value is in two.
    fn implied(&mut self, listed: &[Slot<'a, Schema>], variants: &mut [Variant]) -> Option<String> {
        let mut shapes = Vec::new();
        for item in listed {
            let (target, _) = self.resolve(item)?;
            shapes.push(self.all_properties(target));
        }
        let (first, others) = shapes.split_first()?;
        for (name, property) in first {
            let same = others.iter().map(|shape| shape.iter().find(|(other, _)| other == name));
            let Some(same): Option<Vec<_>> = same.collect() else { continue };
            let all = std::iter::once(property).chain(same.into_iter().map(|(_, same)| same));
            let enums: Option<Vec<Text>> = all.map(|slot| self.merged_or_own(slot)).collect();
            let Some(enums) = enums else { continue };
            let mut seen = HashSet::new();
            if enums.iter().flat_map(|text| &text.values).all(|value| seen.insert(value.clone())) {
                for (variant, text) in variants.iter_mut().zip(enums) {
                    variant.values = text.values;
                }
                return Some((*name).to_owned());
            }
        }
        None
    }

    fn merged_or_own(&mut self, slot: &Slot<'a, Schema>) -> Option<Text> {
        let (target, _) = self.resolve(slot)?;
        let parts = Slot::list(target.value.one_of(), &target.at("oneOf"));
        match parts.is_empty() {
            true => self.merged_text(&[(&target).into()]),
            false => self.merged_text(&parts),
        }
    }

    /// What stands beside `oneOf` must be in every shape, or it would be lost.
    fn nothing_beside(&mut self, schema: &Placed<'a, Schema>, listed: &[Slot<'a, Schema>]) {
        let mut beside = schema.value.properties().map(|(name, _)| name).peekable();
        if beside.peek().is_none() {
            return;
        }
        let beside: Vec<&str> = beside.collect();
        for item in listed {
            let Some((target, _)) = self.resolve(item) else { continue };
            let inside = self.all_properties(target);
            let lost = beside.iter().find(|name| !inside.iter().any(|(known, _)| known == *name));
            if let Some(lost) = lost {
                let construct = format!("the property `{lost}` beside oneOf");
                let pointer = below(&schema.at("properties"), lost);
                self.unsupported(&pointer, &construct, "write it into each of the shapes");
            }
        }
    }
}

/// OpenAPI 3.0: the name of a schema is a value of the discriminator beside those of a mapping.
fn implicit_values(mapping: &[(&str, &str)], variants: &mut [Variant]) {
    for variant in variants {
        let implicit = match &variant.schema.kind {
            Kind::Named(name) => name.clone(),
            _ => variant.name.clone(),
        };
        if let [value] = variant.values.as_slice() {
            variant.name = value.clone();
        }
        if !mapping.iter().any(|(value, _)| *value == implicit) {
            variant.values.push(implicit);
        }
    }
}

/// The schema's own name, or what kind of value it is.
fn variant_name(slot: &Slot<'_, Schema>, schema: &ir::Schema) -> String {
    let title = match slot.target {
        Target::Item(item) => item.schema_data.title.clone(),
        Target::Reference(_) => None,
    };
    match &schema.kind {
        Kind::Named(name) => name.clone(),
        Kind::Boolean => "Boolean".to_owned(),
        Kind::Integer { .. } => "Integer".to_owned(),
        Kind::Number { .. } => "Number".to_owned(),
        Kind::Text(_) => "Text".to_owned(),
        Kind::Array { .. } => "List".to_owned(),
        Kind::Object { .. } | Kind::Union(_) | Kind::Any => {
            title.unwrap_or_else(|| "Object".to_owned())
        }
    }
}
