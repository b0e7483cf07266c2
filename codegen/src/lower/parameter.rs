//! Parameters: in the path, the query, a header field or a cookie.

use crate::document::Node;
use crate::ir::{Kind, Location, Parameter, Schema};
use crate::lower::walk::Walk;

impl<'a, 't> Walk<'a, 't> {
    /// The parameters of an operation, those of its path among them.
    pub(super) fn parameters(
        &mut self,
        shared: Option<&'a Node<'t>>,
        own: Option<&'a Node<'t>>,
    ) -> Vec<Parameter> {
        let mut lowered: Vec<Parameter> = Vec::new();
        for node in [shared, own].into_iter().flatten().flat_map(Node::items) {
            let Some(parameter) = self.parameter(node) else { continue };
            let same = |known: &&mut Parameter| {
                known.name == parameter.name && known.location == parameter.location
            };
            // An operation's own description takes the place of its path's.
            match lowered.iter_mut().find(same) {
                Some(known) => *known = parameter,
                None => lowered.push(parameter),
            }
        }
        lowered
    }

    fn parameter(&mut self, item: &'a Node<'t>) -> Option<Parameter> {
        let (node, shared) = self.resolve(item, "parameters")?;
        let Some(name) = node.get("name").and_then(Node::raw) else {
            self.unexpected(node, "", "the key `name`", "none");
            return None;
        };
        let location = match node.get("in").and_then(Node::text) {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            Some("header") if !self.is_contract() => Location::Header,
            Some("cookie") if !self.is_contract() => Location::Cookie,
            Some("header" | "cookie") => {
                let advice = "only path and query parameters are generated";
                self.unsupported(node, "in", "a parameter in a header or cookie", advice);
                return None;
            }
            _ => {
                self.unexpected(node, "in", "one of path, query, header, cookie", "something else");
                return None;
            }
        };
        let flag = |key| node.get(key).and_then(Node::boolean);
        let style = node.get("style").and_then(Node::text);
        let usual =
            if matches!(location, Location::Path | Location::Header) { "simple" } else { "form" };
        if style.is_some_and(|style| style != usual) {
            self.unsupported(node, "style", "this style", "use the default style");
        }
        let text = |key| node.get(key).and_then(Node::raw).map(str::to_owned);
        let schema = self.parameter_schema(node);
        Some(Parameter {
            name: name.to_owned(),
            shared: shared.is_some(),
            docs: text("description").unwrap_or_default(),
            location,
            required: flag("required").unwrap_or_default(),
            explode: flag("explode").unwrap_or(usual == "form"),
            schema,
        })
    }

    fn parameter_schema(&mut self, node: &'a Node<'t>) -> Schema {
        let Some(item) = node.get("schema") else {
            self.unsupported(node, "content", "a parameter by content", "describe it by `schema`");
            return text();
        };
        let lowered = self.schema(item);
        if self.is_contract() {
            let scalar =
                matches!(lowered.kind, Kind::Boolean | Kind::Integer { .. } | Kind::Text(_));
            if !scalar {
                self.unsupported(item, "", "a parameter that is no scalar", "use a scalar");
            }
            return lowered;
        }
        let lowered = self.inlined(item, lowered);
        let fits = match &lowered.kind {
            Kind::Array { items, .. } => is_scalar(&items.kind),
            kind => is_scalar(kind),
        };
        if fits {
            return lowered;
        }
        let advice = "use a scalar, or a list of scalars";
        self.unsupported(item, "", "a parameter that is no scalar and no list of scalars", advice);
        text()
    }

    /// A parameter that refers to a scalar is that scalar; an enumeration keeps its name.
    fn inlined(&mut self, item: &'a Node<'t>, lowered: Schema) -> Schema {
        let lowered = match lowered.kind {
            Kind::Named(_) => match self.resolve(item, "schemas") {
                Some((target, _)) => {
                    let inner = self.schema(target);
                    if is_enumeration(&inner.kind) { lowered } else { inner }
                }
                None => lowered,
            },
            _ => lowered,
        };
        match lowered.kind {
            Kind::Array { items, min_items, max_items, unique } => {
                let items = match item.get("items") {
                    Some(node) => Box::new(self.inlined(node, *items)),
                    None => items,
                };
                Schema { kind: Kind::Array { items, min_items, max_items, unique }, ..lowered }
            }
            _ => lowered,
        }
    }
}

fn text() -> Schema {
    Schema { kind: Kind::Text(crate::ir::Text::default()), ..Schema::default() }
}

fn is_enumeration(kind: &Kind) -> bool {
    matches!(kind, Kind::Text(text) if !text.values.is_empty())
}

/// What is written as one word; a named kind is an enumeration here.
fn is_scalar(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Boolean | Kind::Integer { .. } | Kind::Number { .. } | Kind::Text(_) | Kind::Named(_)
    )
}
