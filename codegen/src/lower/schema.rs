//! Schemas.

use std::collections::BTreeMap;

use crate::document::Node;
use crate::error::Error;
use crate::ir::{Api, Kind, Schema, Width};
use crate::lower::difference::difference;
use crate::lower::walk::{Walk, name_in};
use crate::names;

const ADVICE: &str = "describe the shape without it";

impl<'a, 't> Walk<'a, 't> {
    /// Lowers the named schemas of a document; the same name twice must be the same shape.
    pub(super) fn named_schemas(&mut self, api: &mut Api) {
        let Some(schemas) = self.tree.root.get("components").and_then(|c| c.get("schemas")) else {
            return;
        };
        let known = api.schemas.keys().map(|name| (names::ty(name), name.clone()));
        let mut rust_names: BTreeMap<String, String> = known.collect();
        for entry in schemas.entries() {
            let name = entry.key.as_ref();
            let lowered = self.schema_named(&entry.node, Some(name));
            if self.is_contract() && matches!(&lowered.kind, Kind::Named(_)) {
                let construct = "a schema that is only a reference";
                self.unsupported(&entry.node, "", construct, "name its target");
            }
            let twin = rust_names.insert(names::ty(name), name.to_owned());
            if let Some(twin) = twin.filter(|twin| twin != name)
                && self.is_contract()
            {
                self.collision(&entry.node, name, format!("in Rust `{twin}` has the same name"));
            }
            if let Some(known) = api.schemas.get(name)
                && let Some(difference) = difference(known, &lowered)
            {
                let there = api.places.get(name).map(ToString::to_string).unwrap_or_default();
                let reason = format!("{there} gives it another shape: {difference}");
                self.collision(&entry.node, name, reason);
            }
            api.places.insert(name.to_owned(), self.tree.place(&entry.node));
            api.schemas.insert(name.to_owned(), lowered);
        }
    }

    fn collision(&mut self, node: &Node<'_>, name: &str, reason: String) {
        let place = self.tree.place(node);
        self.fail(Error::Collision {
            place,
            what: "the schema name",
            name: name.to_owned(),
            reason,
        });
    }

    /// Lowers one schema; a reference stays a name.
    pub(super) fn schema(&mut self, node: &'a Node<'t>) -> Schema {
        self.schema_named(node, None)
    }

    fn schema_named(&mut self, node: &'a Node<'t>, name: Option<&'a str>) -> Schema {
        if node.get("$ref").is_some() {
            return Schema { kind: self.named(node), ..Schema::default() };
        }
        let text = |key| node.get(key).and_then(Node::raw).map(str::to_owned);
        let flag = |key| node.get(key).and_then(Node::boolean).unwrap_or_default();
        Schema {
            docs: text("description").or_else(|| text("title")).unwrap_or_default(),
            nullable: flag("nullable"),
            deprecated: flag("deprecated"),
            read_only: flag("readOnly"),
            write_only: flag("writeOnly"),
            kind: self.kind(node, name),
        }
    }

    /// A reference, which leads somewhere and in no circle.
    fn named(&mut self, node: &'a Node<'t>) -> Kind {
        let reference = node.get("$ref").and_then(Node::raw).unwrap_or_default();
        let named =
            name_in(reference, "schemas").filter(|name| self.component("schemas", name).is_some());
        match (self.resolve(node, "schemas"), named) {
            (Some(_), Some(name)) => Kind::Named(name.to_owned()),
            (Some((target, Some(name))), None) if self.component("schemas", name).is_some() => {
                let _ = target;
                Kind::Named(name.to_owned())
            }
            (Some((target, _)), None) => self.unnamed(node, target),
            (None, _) => Kind::Any,
        }
    }

    /// A schema that a reference leads to and that has no name: it is written out where it is used.
    fn unnamed(&mut self, node: &'a Node<'t>, target: &'a Node<'t>) -> Kind {
        if self.inside.iter().any(|known| std::ptr::eq(*known, target)) {
            self.wrong_reference(node, "leads in a circle through a schema without a name");
            return Kind::Any;
        }
        self.inside.push(target);
        let kind = self.schema(target).kind;
        self.inside.pop();
        kind
    }

    fn kind(&mut self, node: &'a Node<'t>, name: Option<&'a str>) -> Kind {
        if node.get("not").is_some() {
            // It says nothing of the shape: a judge can't do without it, a client need not check it.
            let instead = "the shape is taken without it, and values are not checked";
            self.done_without(node, "not", ADVICE, instead);
        }
        if self.is_contract() && !self.fits_a_contract(node) {
            return Kind::Any;
        }
        if (node.get("oneOf").is_some() || node.get("anyOf").is_some()) && !only_requires(node) {
            return self.union(node);
        }
        if node.get("allOf").is_some() {
            return self.all_of(node, name);
        }
        if node.get("discriminator").is_some_and(|tells| tells.get("mapping").is_some()) {
            return self.union(node);
        }
        self.typed(node)
    }

    fn typed(&mut self, node: &'a Node<'t>) -> Kind {
        let named = |key: &str| node.get(key).is_some();
        match node.get("type").and_then(Node::text) {
            Some("boolean") => Kind::Boolean,
            Some("integer") => {
                let width = match node.get("format").and_then(Node::raw) {
                    Some("int32") => Width::I32,
                    Some("uint64") => Width::U64,
                    _ => Width::I64,
                };
                let (low, high) = match width {
                    Width::I32 => (Some(i32::MIN.into()), Some(i32::MAX.into())),
                    Width::I64 => (None, None),
                    Width::U64 => (Some(0), None),
                };
                let bound = |key| node.get(key).and_then(Node::integer);
                let (minimum, maximum) = (bound("minimum").or(low), bound("maximum").or(high));
                Kind::Integer { minimum, maximum, width }
            }
            Some("number") => {
                let bound = |key| node.get(key).and_then(Node::number);
                Kind::Number { minimum: bound("minimum"), maximum: bound("maximum") }
            }
            Some("string") => Kind::Text(self.text(node)),
            Some("array") => self.array(node),
            Some("object") => self.object(node),
            _ if named("properties") || named("additionalProperties") => self.object(node),
            _ if named("items") => self.array(node),
            _ if named("enum") => Kind::Text(self.text(node)),
            _ => Kind::Any,
        }
    }

    fn array(&mut self, node: &'a Node<'t>) -> Kind {
        let items = match node.get("items") {
            Some(items) => self.schema(items),
            None => Schema { nullable: true, ..Schema::default() },
        };
        let size =
            |key| node.get(key).and_then(Node::integer).and_then(|n| usize::try_from(n).ok());
        let unique = node.get("uniqueItems").and_then(Node::boolean).unwrap_or_default();
        let (min_items, max_items) = (size("minItems"), size("maxItems"));
        Kind::Array { items: Box::new(items), min_items, max_items, unique }
    }

    /// The contract as data holds less than a client needs to know.
    fn fits_a_contract(&mut self, node: &'a Node<'t>) -> bool {
        let ty = node.get("type").and_then(Node::text);
        let refused = [
            "oneOf",
            "allOf",
            "anyOf",
            "discriminator",
            "multipleOf",
            "minProperties",
            "maxProperties",
        ];
        let mut wrong = refused.into_iter().find(|key| node.get(key).is_some());
        let exclusive = ["exclusiveMinimum", "exclusiveMaximum"].into_iter();
        let is_true = |key: &&str| node.get(key).and_then(Node::boolean).unwrap_or_default();
        wrong = wrong.or_else(|| exclusive.clone().find(is_true));
        if matches!(ty, Some("integer" | "number" | "boolean")) {
            wrong = wrong.or_else(|| node.get("enum").map(|_| "enum"));
        }
        if node.get("additionalProperties").is_some_and(|more| more.boolean().is_none()) {
            wrong = wrong.or(Some("additionalProperties"));
        }
        if let Some(key) = wrong {
            self.unsupported(node, key, key, ADVICE);
            return false;
        }
        if ty.is_none() && ["properties", "enum", "items"].iter().any(|key| node.get(key).is_some())
        {
            let advice = "give it one `type` and that type's keywords";
            self.unsupported(node, "", "this mixture of keywords", advice);
            return false;
        }
        true
    }
}

/// Whether the shapes of a union say only which properties have to be there, and no shape.
fn only_requires(node: &Node<'_>) -> bool {
    let says_nothing = |item: &Node<'_>| {
        let keys = ["required", "title", "description", "not", "minProperties", "maxProperties"];
        let entries = item.entries();
        !entries.is_empty() && entries.iter().all(|entry| keys.contains(&entry.key.as_ref()))
    };
    let listed = ["oneOf", "anyOf"].into_iter().filter_map(|key| node.get(key));
    listed.flat_map(Node::items).all(says_nothing)
}
