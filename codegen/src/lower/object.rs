//! Objects: properties, conditional requirements, further properties.

use crate::document::Node;
use crate::ir::{Kind, Property, RequiredWhen, Schema};
use crate::lower::walk::Walk;

/// The one extension that is read: requirements that depend on a property's value.
const REQUIRED_WHEN: &str = "x-required-when";

impl<'a, 't> Walk<'a, 't> {
    pub(super) fn object(&mut self, node: &'a Node<'t>) -> Kind {
        let required = required(node);
        let mut properties = Vec::new();
        for entry in node.get("properties").map(Node::entries).unwrap_or_default() {
            let name = entry.key.to_string();
            let required = required.contains(&name.as_str());
            properties.push(Property { name, required, schema: self.schema(&entry.node) });
        }
        let required_when = self.required_when(node);
        let conditional = required_when.iter().flat_map(|w| w.required.iter().chain([&w.property]));
        let names = required.iter().copied().chain(conditional.map(String::as_str));
        self.no_strangers(node, &properties, names);
        Kind::Object { properties, required_when, additional: self.additional(node) }
    }

    /// What is required has to be a property; a client does without.
    pub(super) fn no_strangers<'n>(
        &mut self,
        node: &Node<'_>,
        properties: &[Property],
        mut required: impl Iterator<Item = &'n str>,
    ) {
        let stranger = required.find(|name| !properties.iter().any(|known| known.name == *name));
        if let Some(stranger) = stranger {
            if self.is_contract() {
                let expected = "names of properties of this object";
                return self.unexpected(node, "required", expected, &format!("`{stranger}`"));
            }
            let construct = format!("the required property `{stranger}`, which is not described,");
            self.warn(node, "required", &construct, "describe it; it is left out");
        }
    }

    pub(super) fn additional(&mut self, node: &'a Node<'t>) -> Option<Box<Schema>> {
        let more = node.get("additionalProperties")?;
        match more.boolean() {
            Some(false) => None,
            Some(true) if self.is_contract() => None,
            Some(true) => Some(Box::default()),
            None => Some(Box::new(self.schema(more))),
        }
    }

    fn required_when(&mut self, node: &'a Node<'t>) -> Vec<RequiredWhen> {
        let conditions = node.get(REQUIRED_WHEN).map(Node::items).unwrap_or_default();
        let read = |condition: &Node<'_>| {
            let text = |key| condition.get(key).and_then(Node::raw).map(str::to_owned);
            let names = condition.get("required")?.items().iter().map(|name| name.raw());
            Some(RequiredWhen {
                property: text("property")?,
                equals: text("equals")?,
                required: names.map(|name| name.map(str::to_owned)).collect::<Option<_>>()?,
            })
        };
        let lowered: Option<Vec<_>> = conditions.iter().map(read).collect();
        let known = node.get(REQUIRED_WHEN).is_none_or(|list| !list.items().is_empty());
        let strict = conditions.iter().all(|condition| condition.entries().len() == 3);
        lowered.filter(|_| known && strict).unwrap_or_else(|| {
            let expected = "a list of {property, equals, required}";
            self.unexpected(node, REQUIRED_WHEN, expected, "something else");
            Vec::new()
        })
    }
}

/// The names under `required`.
pub(super) fn required<'n>(node: &'n Node<'_>) -> Vec<&'n str> {
    node.get("required").map(Node::items).unwrap_or_default().iter().filter_map(Node::raw).collect()
}
