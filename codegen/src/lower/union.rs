//! `oneOf`, `anyOf`, and the shapes that a discriminator names.

use std::collections::HashSet;

use crate::document::Node;
use crate::ir::{Kind, Schema, Text, Union, Variant};
use crate::lower::walk::{Walk, name_in};

impl<'a, 't> Walk<'a, 't> {
    pub(super) fn union(&mut self, node: &'a Node<'t>) -> Kind {
        let listed = ["oneOf", "anyOf"].into_iter().filter_map(|key| node.get(key));
        let listed: Vec<_> = listed.flat_map(Node::items).collect();
        if let Some(text) = self.merged_text(&listed) {
            return Kind::Text(text);
        }
        if let [only] = listed.as_slice() {
            return self.schema(only).kind;
        }
        let mapping = self.mapping(node);
        let mut variants: Vec<Variant> = Vec::new();
        if listed.is_empty() {
            for (value, name) in &mapping {
                let shape = Kind::Named((*name).to_owned());
                match variants.iter_mut().find(|known| known.schema.kind == shape) {
                    Some(known) => known.values.push((*value).to_owned()),
                    None => variants.push(Variant {
                        name: (*name).to_owned(),
                        values: vec![(*value).to_owned()],
                        schema: Schema { kind: shape, ..Schema::default() },
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
        let tells = node.get("discriminator").and_then(|tells| tells.get("propertyName"));
        let mut discriminator = tells.and_then(Node::raw).map(str::to_owned);
        if discriminator.is_some() {
            for variant in &mut variants {
                // OpenAPI 3.0: the name of a schema is a value beside those of a mapping.
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
        } else {
            discriminator = self.implied(&listed, &mut variants);
        }
        self.nothing_beside(node, &listed);
        Kind::Union(Union { discriminator, variants })
    }

    /// Value and schema of each entry of the mapping.
    fn mapping(&mut self, node: &'a Node<'t>) -> Vec<(&'a str, &'a str)> {
        let mapping = node.get("discriminator").and_then(|tells| tells.get("mapping"));
        let mut read = Vec::new();
        for entry in mapping.map(Node::entries).unwrap_or_default() {
            let target = entry.node.raw().unwrap_or_default();
            let name = name_in(target, "schemas").unwrap_or(target);
            if self.component("schemas", name).is_some() {
                read.push((entry.key.as_ref(), name));
            } else {
                self.unexpected(&entry.node, "", "the name of a schema", &format!("`{target}`"));
            }
        }
        read
    }

    /// All values in one enumeration, where every shape is one.
    fn merged_text(&mut self, listed: &[&'a Node<'t>]) -> Option<Text> {
        let mut merged = Text::default();
        for item in listed {
            let (target, _) = self.resolve(item, "schemas")?;
            let is_text = target.get("type").and_then(Node::text) == Some("string");
            if !is_text || target.get("enum").is_none() {
                return None;
            }
            for value in self.text(target).values {
                if !merged.values.contains(&value) {
                    merged.values.push(value);
                }
            }
        }
        (!listed.is_empty()).then_some(merged)
    }

    /// A property whose values tell the shapes apart although no discriminator is named: each shape
    /// has an enumeration there, and no value is in two.
    fn implied(&mut self, listed: &[&'a Node<'t>], variants: &mut [Variant]) -> Option<String> {
        let mut shapes = Vec::new();
        for item in listed {
            let (target, _) = self.resolve(item, "schemas")?;
            shapes.push(self.property_nodes(target));
        }
        let (first, others) = shapes.split_first()?;
        for (name, node) in first {
            let same = others.iter().map(|shape| shape.iter().find(|(other, _)| other == name));
            let Some(same): Option<Vec<_>> = same.collect() else { continue };
            let nodes = std::iter::once(*node).chain(same.into_iter().map(|(_, node)| *node));
            let enums: Option<Vec<Text>> = nodes.map(|node| self.merged_or_own(node)).collect();
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

    fn merged_or_own(&mut self, node: &'a Node<'t>) -> Option<Text> {
        let (target, _) = self.resolve(node, "schemas")?;
        let parts = target.get("oneOf").map(|parts| parts.items().iter().collect::<Vec<_>>());
        self.merged_text(&parts.unwrap_or_else(|| vec![target]))
    }

    /// What stands beside `oneOf` must be in every shape, or it would be lost.
    fn nothing_beside(&mut self, node: &'a Node<'t>, listed: &[&'a Node<'t>]) {
        let beside = node.get("properties").map(Node::entries).unwrap_or_default();
        if beside.is_empty() {
            return;
        }
        for item in listed {
            let Some((target, _)) = self.resolve(item, "schemas") else { continue };
            let inside = self.property_nodes(target);
            let lost =
                beside.iter().find(|entry| !inside.iter().any(|(name, _)| *name == entry.key));
            if let Some(lost) = lost {
                let construct = format!("the property `{}` beside oneOf", lost.key);
                let advice = "write it into each of the shapes";
                self.unsupported(&lost.node, "", &construct, advice);
            }
        }
    }
}

/// The schema's own name, or what kind of value it is.
fn variant_name(node: &Node<'_>, schema: &Schema) -> String {
    let text = |key| node.get(key).and_then(Node::raw).map(str::to_owned);
    match &schema.kind {
        Kind::Named(name) => name.clone(),
        Kind::Boolean => "Boolean".to_owned(),
        Kind::Integer { .. } => "Integer".to_owned(),
        Kind::Number { .. } => "Number".to_owned(),
        Kind::Text(_) => "Text".to_owned(),
        Kind::Array { .. } => "List".to_owned(),
        Kind::Object { .. } | Kind::Union(_) | Kind::Any => {
            text("title").unwrap_or_else(|| "Object".to_owned())
        }
    }
}
