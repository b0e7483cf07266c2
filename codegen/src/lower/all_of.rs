//! `allOf`: one object with the properties of all parts.

use std::collections::HashSet;

use crate::document::Node;
use crate::ir::{Kind, Property, Schema};
use crate::lower::object::required;
use crate::lower::walk::{Walk, name_in};

/// What was gathered from the parts.
#[derive(Default)]
struct Gathered<'n> {
    properties: Vec<Property>,
    required: HashSet<&'n str>,
    additional: Option<Box<Schema>>,
    /// The named parts; each is taken once, so that a circle or a bomb of references ends.
    seen: HashSet<&'n str>,
}

impl<'a, 't> Walk<'a, 't> {
    pub(super) fn all_of(&mut self, node: &'a Node<'t>, name: Option<&'a str>) -> Kind {
        let parts = node.get("allOf").map(Node::items).unwrap_or_default();
        if let [only] = parts
            && node.get("properties").is_none()
            && let Some((target, _)) = self.resolve(only, "schemas")
            && !is_object(target)
        {
            return self.schema(only).kind;
        }
        if let Some(kind) = self.one_part(node, parts) {
            return kind;
        }
        let mut gathered = Gathered::default();
        self.gather(node, name, &mut gathered);
        let Gathered { mut properties, required, additional, .. } = gathered;
        for property in &mut properties {
            property.required = required.contains(property.name.as_str());
        }
        self.no_strangers(node, &properties, required.into_iter());
        Kind::Object { properties, required_when: Vec::new(), additional }
    }

    /// Scalars, or a union, with nothing that has a shape beside them: one part says what it is.
    fn one_part(&mut self, node: &'a Node<'t>, parts: &'a [Node<'t>]) -> Option<Kind> {
        let mut shaped = Vec::new();
        for part in parts {
            let (target, _) = self.resolve(part, "schemas")?;
            if says_shape(target) {
                shaped.push((part, target));
            }
        }
        let beside = ["properties", "additionalProperties"];
        if shaped.is_empty() || beside.iter().any(|key| node.get(key).is_some()) {
            return None;
        }
        let scalar = shaped.iter().all(|(_, target)| !is_object(target) && !is_union(target));
        let union = shaped.len() == 1 && shaped.iter().all(|(_, target)| is_union(target));
        let alone = shaped.len() == 1 && !parts.iter().any(|part| part.get("required").is_some());
        if !(scalar || (union && alone)) {
            return None;
        }
        let enumeration = shaped.iter().find(|(_, target)| target.get("enum").is_some());
        let (part, _) = enumeration.or(shaped.first())?;
        Some(self.schema(part).kind)
    }

    fn gather(&mut self, node: &'a Node<'t>, name: Option<&'a str>, into: &mut Gathered<'a>) {
        for part in node.get("allOf").map(Node::items).unwrap_or_default() {
            let Some((target, part_name)) = self.resolve(part, "schemas") else { continue };
            if part_name.is_some_and(|part_name| !into.seen.insert(part_name)) {
                continue;
            }
            let is_foreign_union = is_union(target) && !has_variant(target, name);
            if is_foreign_union {
                let instead = "its properties are kept without types";
                self.warn(part, "", "a union as a part of allOf", instead);
                into.additional = Some(Box::default());
            }
            if !is_object(target) && !is_foreign_union {
                let advice = "make each part an object";
                self.unsupported(part, "", "a part of allOf that is no object", advice);
                continue;
            }
            self.gather(target, name, into);
        }
        into.required.extend(required(node));
        for entry in node.get("properties").map(Node::entries).unwrap_or_default() {
            let schema = self.schema(&entry.node);
            // A later part refines an earlier one.
            match into.properties.iter_mut().find(|known| known.name == entry.key) {
                Some(known) => known.schema = schema,
                None => into.properties.push(Property {
                    name: entry.key.to_string(),
                    required: false,
                    schema,
                }),
            }
        }
        if let Some(additional) = self.additional(node) {
            into.additional = Some(additional);
        }
    }

    /// The names of the properties of a schema, those of its parts included.
    pub(super) fn property_nodes(&mut self, node: &'a Node<'t>) -> Vec<(&'a str, &'a Node<'t>)> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        let mut pending = vec![node];
        while let Some(node) = pending.pop() {
            let properties = node.get("properties").map(Node::entries).unwrap_or_default();
            for entry in properties {
                if !found.iter().any(|(name, _)| *name == entry.key) {
                    found.push((entry.key.as_ref(), &entry.node));
                }
            }
            for part in node.get("allOf").map(Node::items).unwrap_or_default() {
                let Some((target, name)) = self.resolve(part, "schemas") else { continue };
                if name.is_none_or(|name| seen.insert(name)) {
                    pending.push(target);
                }
            }
        }
        found
    }
}

/// Whether a part says more than words, bounds or nullability.
fn says_shape(node: &Node<'_>) -> bool {
    let keys = [
        "type",
        "properties",
        "additionalProperties",
        "items",
        "enum",
        "allOf",
        "oneOf",
        "anyOf",
        "discriminator",
        "required",
    ];
    keys.iter().any(|key| node.get(key).is_some())
}

fn is_object(node: &Node<'_>) -> bool {
    let shaped = ["properties", "allOf"].iter().any(|key| node.get(key).is_some());
    shaped
        || (!is_union(node)
            && matches!(node.get("type").and_then(Node::text), Some("object") | None))
}

fn is_union(node: &Node<'_>) -> bool {
    ["oneOf", "anyOf", "discriminator"].iter().any(|key| node.get(key).is_some())
}

/// Whether a union has the schema of this name among its shapes.
fn has_variant(union: &Node<'_>, name: Option<&str>) -> bool {
    let listed = ["oneOf", "anyOf"].into_iter().filter_map(|key| union.get(key));
    let listed = listed.flat_map(Node::items).filter_map(|item| item.get("$ref"));
    let mapping = union.get("discriminator").and_then(|tells| tells.get("mapping"));
    let mapped = mapping.into_iter().flat_map(Node::entries).map(|entry| &entry.node);
    let mut names = listed.chain(mapped).filter_map(Node::raw);
    name.is_some_and(|name| names.any(|one| name_in(one, "schemas").unwrap_or(one) == name))
}
