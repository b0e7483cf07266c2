//! Parameters: in the path, the query, a header field or a cookie.

use crate::document::Node;
use crate::ir::{Kind, Location, Parameter, Schema, Style};
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
        let text = |key| node.get(key).and_then(Node::raw).map(str::to_owned);
        // OpenAPI has them ignored: other parts of a document describe them.
        let described_elsewhere = ["accept", "content-type", "authorization"];
        if location == Location::Header
            && described_elsewhere.contains(&name.to_ascii_lowercase().as_str())
        {
            return None;
        }
        let is_form = matches!(location, Location::Query | Location::Cookie);
        let explode = flag("explode").unwrap_or(is_form);
        if flag("allowReserved").unwrap_or_default() {
            // They are written as all others are: a server reads them alike.
            let instead = "they are percent-encoded all the same";
            self.done_without(node, "allowReserved", "remove it", instead);
        }
        let (style, schema) = match node.get("content") {
            Some(content) => (Style::Json, self.parameter_by_content(node, content, location)),
            None => self.parameter_schema(node, location, explode),
        };
        Some(Parameter {
            name: name.to_owned(),
            shared: shared.is_some(),
            docs: text("description").unwrap_or_default(),
            location,
            required: flag("required").unwrap_or_default(),
            explode,
            style,
            schema,
        })
    }

    /// A parameter that is JSON text in a query or a header field.
    fn parameter_by_content(
        &mut self,
        node: &'a Node<'t>,
        content: &'a Node<'t>,
        location: Location,
    ) -> Schema {
        let fits = match (location, content.entries()) {
            (Location::Query | Location::Header, [only]) if !self.is_contract() => {
                only.node.get("schema").filter(|_| crate::media::is_json(&only.key))
            }
            _ => None,
        };
        let Some(schema) = fits else {
            let construct = "this parameter by content";
            let advice = "describe it by `schema`, or as JSON in a query or a header field";
            self.unsupported(node, "content", construct, advice);
            return text();
        };
        self.schema(schema)
    }

    fn parameter_schema(
        &mut self,
        node: &'a Node<'t>,
        location: Location,
        explode: bool,
    ) -> (Style, Schema) {
        let Some(item) = node.get("schema") else {
            self.unexpected(node, "", "the key `schema` or `content`", "neither");
            return (Style::Usual, text());
        };
        let lowered = self.schema(item);
        if self.is_contract() {
            let scalar =
                matches!(lowered.kind, Kind::Boolean | Kind::Integer { .. } | Kind::Text(_));
            if !scalar {
                self.unsupported(item, "", "a parameter that is no scalar", "use a scalar");
            }
            self.style(node, location, explode, &lowered.kind);
            return (Style::Usual, lowered);
        }
        let lowered = self.inlined(item, lowered);
        // An object keeps its name, and is judged by what the name stands for.
        let kind = match (&lowered.kind, self.resolve(item, "schemas")) {
            (Kind::Named(_), Some((target, _))) => self.schema(target).kind,
            (kind, _) => kind.clone(),
        };
        match self.style(node, location, explode, &kind) {
            Some(style) => (style, lowered),
            None => (Style::Usual, text()),
        }
    }

    /// How a value of this kind is written, if that is defined.
    fn style(
        &mut self,
        node: &'a Node<'t>,
        location: Location,
        explode: bool,
        kind: &Kind,
    ) -> Option<Style> {
        let usual =
            if matches!(location, Location::Path | Location::Header) { "simple" } else { "form" };
        let style = node.get("style").and_then(Node::text).unwrap_or(usual);
        let in_query = location == Location::Query && !self.is_contract();
        let is_list = matches!(kind, Kind::Array { items, .. } if is_scalar(&items.kind));
        let style = match style {
            _ if style == usual && (is_scalar(kind) || is_list) => Some(Style::Usual),
            "form" if in_query && explode && is_flat(kind) => Some(Style::Object),
            "deepObject" if in_query && is_flat(kind) => Some(Style::DeepObject),
            "spaceDelimited" if in_query && !explode && is_list => Some(Style::SpaceDelimited),
            "pipeDelimited" if in_query && !explode && is_list => Some(Style::PipeDelimited),
            _ => None,
        };
        if style.is_none() {
            let wanted = node.get("style").and_then(Node::text).unwrap_or(usual);
            let construct = format!("the style {wanted} of this parameter");
            let advice = "use a scalar or a list of scalars in the default style, or an object of \
                          scalars in a query as form or deepObject";
            self.unsupported(node, "style", &construct, advice);
        }
        style
    }

    /// A parameter that refers to a scalar is that scalar; an enumeration keeps its name.
    fn inlined(&mut self, item: &'a Node<'t>, lowered: Schema) -> Schema {
        let lowered = match lowered.kind {
            Kind::Named(_) => match self.resolve(item, "schemas") {
                Some((target, _)) => {
                    let inner = self.schema(target);
                    let keeps_name =
                        is_enumeration(&inner.kind) || matches!(inner.kind, Kind::Object { .. });
                    if keeps_name { lowered } else { inner }
                }
                None => lowered,
            },
            _ => lowered,
        };
        let lowered = Schema { kind: self.written(lowered.kind), ..lowered };
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

impl Walk<'_, '_> {
    /// One of several scalars is text, as is a value of which nothing is said; one or many are many.
    fn written(&mut self, kind: Kind) -> Kind {
        match kind {
            Kind::Any => text().kind,
            Kind::Union(union) => {
                let mut shapes = union.variants.iter().map(|variant| &variant.schema.kind);
                let list = shapes.clone().find(|kind| matches!(kind, Kind::Array { .. }));
                let fits = |kind: &Kind| match kind {
                    Kind::Array { items, .. } => is_scalar(&items.kind),
                    other => is_scalar(other),
                };
                match (shapes.all(fits), list) {
                    (true, Some(list)) => list.clone(),
                    (true, None) => text().kind,
                    (false, _) => Kind::Union(union),
                }
            }
            other => other,
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

/// An object whose values are scalars, which a query can hold.
fn is_flat(kind: &Kind) -> bool {
    let Kind::Object { properties, additional, .. } = kind else { return false };
    let known = properties.iter().all(|property| is_scalar(&property.schema.kind));
    known && additional.as_ref().is_none_or(|values| is_scalar(&values.kind))
}
