//! Parameters: in the path, the query, a header field or a cookie.

use openapiv3::{
    Content, CookieStyle, HeaderStyle, Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr, Schema,
};

use crate::ir::{self, Kind, Location, Style};
use crate::lower::keywords::Keywords;
use crate::lower::placed::{Placed, Slot, Target};
use crate::lower::walk::Walk;
use crate::source_map::below;

impl<'a> Walk<'a> {
    /// The parameters of an operation, those of its path first.
    pub(super) fn parameters(&mut self, slots: &[Slot<'a, Parameter>]) -> Vec<ir::Parameter> {
        let mut lowered: Vec<ir::Parameter> = Vec::new();
        for slot in slots {
            let Some(parameter) = self.parameter(slot) else { continue };
            let same = |known: &&mut ir::Parameter| {
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

    fn parameter(&mut self, slot: &Slot<'a, Parameter>) -> Option<ir::Parameter> {
        let (placed, shared) = self.resolve(slot)?;
        let parameter = placed.value;
        let location = match parameter {
            Parameter::Path { .. } => Location::Path,
            Parameter::Query { .. } => Location::Query,
            Parameter::Header { .. } => Location::Header,
            Parameter::Cookie { .. } => Location::Cookie,
        };
        if self.is_contract() && matches!(location, Location::Header | Location::Cookie) {
            let advice = "only path and query parameters are generated";
            let construct = "a parameter in a header or cookie";
            self.unsupported(&placed.at("in"), construct, advice);
            return None;
        }
        let data = parameter.parameter_data_ref();
        // OpenAPI has them ignored: other parts of a document describe them.
        let described_elsewhere = ["accept", "content-type", "authorization"];
        if location == Location::Header
            && described_elsewhere.contains(&data.name.to_ascii_lowercase().as_str())
        {
            return None;
        }
        let is_form = matches!(location, Location::Query | Location::Cookie);
        let explode = data.explode.unwrap_or(is_form);
        if matches!(parameter, Parameter::Query { allow_reserved: true, .. }) {
            // They are written as all others are: a server reads them alike.
            let instead = "they are percent-encoded all the same";
            self.done_without(&placed.pointer, "allowReserved", "remove it", instead);
        }
        let (style, schema) = match &data.format {
            ParameterSchemaOrContent::Content(content) => {
                (Style::Json, self.parameter_by_content(&placed, content, location))
            }
            ParameterSchemaOrContent::Schema(schema) => {
                self.parameter_by_schema(&placed, schema, location, explode)
            }
        };
        Some(ir::Parameter {
            name: data.name.clone(),
            shared: shared.is_some(),
            docs: data.description.clone().unwrap_or_default(),
            location,
            required: data.required,
            explode,
            style,
            schema,
        })
    }

    /// A parameter that is JSON text in a query or a header field.
    fn parameter_by_content(
        &mut self,
        parameter: &Placed<'a, Parameter>,
        content: &'a Content,
        location: Location,
    ) -> ir::Schema {
        let pointer = parameter.at("content");
        let mut contents = content.iter();
        let fits = match (location, contents.next(), contents.next()) {
            (Location::Query | Location::Header, Some((media_type, only)), None)
                if !self.is_contract() && crate::media::is_json(media_type) =>
            {
                only.schema.as_ref().map(|schema| (media_type, schema))
            }
            _ => None,
        };
        let Some((media_type, schema)) = fits else {
            let construct = "this parameter by content";
            let advice = "describe it by `schema`, or as JSON in a query or a header field";
            self.unsupported(&pointer, construct, advice);
            return text();
        };
        self.schema(&Slot::new(schema, below(&below(&pointer, media_type), "schema")))
    }

    fn parameter_by_schema(
        &mut self,
        parameter: &Placed<'a, Parameter>,
        schema: &'a ReferenceOr<Schema>,
        location: Location,
        explode: bool,
    ) -> (Style, ir::Schema) {
        let slot = Slot::new(schema, parameter.at("schema"));
        let lowered = self.schema(&slot);
        if self.is_contract() {
            let scalar =
                matches!(lowered.kind, Kind::Boolean | Kind::Integer { .. } | Kind::Text(_));
            if !scalar {
                self.unsupported(&slot.pointer, "a parameter that is no scalar", "use a scalar");
            }
            self.style(parameter, location, explode, &lowered.kind);
            return (Style::Usual, lowered);
        }
        let lowered = self.inlined(&slot, lowered);
        // An object keeps its name, and is judged by what the name stands for.
        let kind = match (&lowered.kind, self.resolve(&slot)) {
            (Kind::Named(_), Some((target, _))) => self.schema(&(&target).into()).kind,
            (kind, _) => kind.clone(),
        };
        match self.style(parameter, location, explode, &kind) {
            Some(style) => (style, lowered),
            None => (Style::Usual, text()),
        }
    }

    /// How a value of this kind is written, if that is defined.
    fn style(
        &mut self,
        parameter: &Placed<'a, Parameter>,
        location: Location,
        explode: bool,
        kind: &Kind,
    ) -> Option<Style> {
        let wanted = written_style(parameter.value);
        let in_query = location == Location::Query && !self.is_contract();
        let is_list = matches!(kind, Kind::Array { items, .. } if is_scalar(&items.kind));
        let style = match wanted {
            "form" | "simple" if is_scalar(kind) || is_list => Some(Style::Usual),
            "form" if in_query && explode && is_flat(kind) => Some(Style::Object),
            "deepObject" if in_query && is_flat(kind) => Some(Style::DeepObject),
            "spaceDelimited" if in_query && !explode && is_list => Some(Style::SpaceDelimited),
            "pipeDelimited" if in_query && !explode && is_list => Some(Style::PipeDelimited),
            _ => None,
        };
        if style.is_none() {
            let construct = format!("the style {wanted} of this parameter");
            let advice = "use a scalar or a list of scalars in the default style, or an object of \
                          scalars in a query as form or deepObject";
            self.unsupported(&parameter.at("style"), &construct, advice);
        }
        style
    }

    /// A parameter that refers to a scalar is that scalar; an enumeration keeps its name.
    fn inlined(&mut self, slot: &Slot<'a, Schema>, lowered: ir::Schema) -> ir::Schema {
        let lowered = match lowered.kind {
            Kind::Named(_) => match self.resolve(slot) {
                Some((target, _)) => {
                    let inner = self.schema(&(&target).into());
                    let keeps_name =
                        is_enumeration(&inner.kind) || matches!(inner.kind, Kind::Object { .. });
                    if keeps_name { lowered } else { inner }
                }
                None => lowered,
            },
            _ => lowered,
        };
        let lowered = ir::Schema { kind: written(lowered.kind), ..lowered };
        match lowered.kind {
            Kind::Array { items, min_items, max_items, unique } => {
                let own = match slot.target {
                    Target::Item(list) => list.items(),
                    Target::Reference(_) => None,
                };
                let items = match own {
                    Some(own) => {
                        self.inlined(&Slot::boxed(own, below(&slot.pointer, "items")), *items)
                    }
                    None => *items,
                };
                let items = Box::new(items);
                ir::Schema { kind: Kind::Array { items, min_items, max_items, unique }, ..lowered }
            }
            _ => lowered,
        }
    }
}

/// One of several scalars is text, as is a value of which nothing is said; one or many are many.
fn written(kind: Kind) -> Kind {
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

/// The style of a parameter, as a document has it.
fn written_style(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { style: QueryStyle::Form, .. }
        | Parameter::Cookie { style: CookieStyle::Form, .. } => "form",
        Parameter::Query { style: QueryStyle::SpaceDelimited, .. } => "spaceDelimited",
        Parameter::Query { style: QueryStyle::PipeDelimited, .. } => "pipeDelimited",
        Parameter::Query { style: QueryStyle::DeepObject, .. } => "deepObject",
        Parameter::Path { style: PathStyle::Simple, .. }
        | Parameter::Header { style: HeaderStyle::Simple, .. } => "simple",
        Parameter::Path { style: PathStyle::Label, .. } => "label",
        Parameter::Path { style: PathStyle::Matrix, .. } => "matrix",
    }
}

fn text() -> ir::Schema {
    ir::Schema { kind: Kind::Text(ir::Text::default()), ..ir::Schema::default() }
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
