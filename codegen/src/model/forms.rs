//! Bodies that are forms: a parameter for each property.

use crate::ir::{Content, Kind, Property, Schema};
use crate::media::{self, Form};
use crate::model::builder::Builder;
use crate::model::{Argument, Type};
use crate::names::{self, Scope};

/// The fields of a form; none of what is no form. `rust` names the types that they need.
pub(super) fn fields(content: &Content, rust: &str, builder: &mut Builder<'_>) -> Vec<Argument> {
    let form = media::form(&content.media_type);
    let schema = content.schema.as_ref().filter(|_| form.is_fields());
    let Some(properties) = schema.and_then(|schema| properties(schema, builder)) else {
        return Vec::new();
    };
    let mut scope = Scope::default();
    let (required, optional): (Vec<_>, Vec<_>) = properties
        .iter()
        .filter(|property| !property.schema.read_only)
        .partition(|property| property.required);
    let fields = required.into_iter().chain(optional).map(|property| {
        let (ty, adds) = field(form, property, rust, builder);
        let adds = if content.deep.contains(&property.name) { "deep_field" } else { adds };
        let docs = &property.schema.docs;
        Argument {
            name: scope.claim(names::snake(&property.name)),
            label: property.name.clone(),
            docs: docs.clone(),
            shared: false,
            required: property.required,
            adds,
            ty,
        }
    });
    fields.collect()
}

fn properties<'a>(schema: &'a Schema, builder: &Builder<'a>) -> Option<&'a [Property]> {
    match &schema.kind {
        Kind::Named(name) => match &builder.target(name)?.kind {
            Kind::Object { properties, .. } => Some(properties),
            _ => None,
        },
        Kind::Object { properties, .. } => Some(properties),
        _ => None,
    }
}

/// The type of a field, and the method of the runtime's call that adds it.
fn field(
    form: Form,
    property: &Property,
    rust: &str,
    builder: &mut Builder<'_>,
) -> (Type, &'static str) {
    let is_file = |kind: &Kind| {
        form == Form::Parts
            && matches!(kind, Kind::Text(text) if text.format.as_deref() == Some("binary"))
    };
    match &property.schema.kind {
        kind if is_file(kind) => return (Type::Bytes, "file"),
        Kind::Array { items, .. } if is_file(&items.kind) => {
            return (Type::List(Box::new(Type::Bytes)), "files");
        }
        _ => {}
    }
    let ty = builder.ty(&property.schema, rust, &property.name, "");
    let adds = match &property.schema.kind {
        kind if builder.is_word(kind) => "field",
        Kind::Array { items, .. } if builder.is_word(&items.kind) && !items.nullable => {
            "each_field"
        }
        _ => "json_field",
    };
    // What a form sends is text; a secret would be written as its placeholder.
    (if ty == Type::Secret { Type::Text } else { ty }, adds)
}
