//! Schemas.

use openapiv3::{
    AdditionalProperties, IntegerFormat, ReferenceOr, Schema, SchemaKind, Type,
    VariantOrUnknownOrEmpty,
};

use crate::error::Error;
use crate::ir::{Api, Kind, Property, RequiredWhen, Text};
use crate::load::{Document, below};
use crate::resolve::name_in;
use crate::{ir, names};

/// The one extension that is read: requirements that depend on a property's value.
const REQUIRED_WHEN: &str = "x-required-when";

/// Lowers the named schemas of a document; the same name twice must be the same shape.
pub(crate) fn named_schemas(document: &Document, api: &mut Api) -> Result<(), Error> {
    let Some(components) = &document.api.components else { return Ok(()) };
    for (name, item) in &components.schemas {
        let pointer = below("/components/schemas", name);
        let collision = |reason: String| Error::Collision {
            place: document.places.at(&pointer),
            what: "the schema name",
            name: name.clone(),
            reason,
        };
        let lowered = schema(document, item, &pointer)?;
        if matches!(&lowered.kind, Kind::Named(_)) {
            return Err(unsupported(
                document,
                &pointer,
                "a schema that is only a reference",
                "name its target",
            ));
        }
        let twin =
            api.schemas.keys().find(|known| *known != name && names::ty(known) == names::ty(name));
        if let Some(twin) = twin {
            return Err(collision(format!("in Rust `{twin}` has the same name")));
        }
        if api.schemas.get(name).is_some_and(|known| *known != lowered) {
            return Err(collision("another document gives it another shape".to_owned()));
        }
        api.schemas.insert(name.clone(), lowered);
    }
    Ok(())
}

/// Lowers one schema; a reference stays a name.
pub(crate) fn schema(
    document: &Document,
    item: &ReferenceOr<Schema>,
    pointer: &str,
) -> Result<ir::Schema, Error> {
    match item {
        ReferenceOr::Reference { reference } => named(document, reference, pointer),
        ReferenceOr::Item(schema) => inline(document, schema, pointer),
    }
}

fn named(document: &Document, reference: &str, pointer: &str) -> Result<ir::Schema, Error> {
    let wrong = |problem| Error::Reference {
        place: document.places.at(pointer),
        target: reference.to_owned(),
        problem,
    };
    let name =
        name_in(reference, "schemas").ok_or_else(|| wrong("is no `#/components/schemas/…`"))?;
    let schemas = document.api.components.as_ref().map(|components| &components.schemas);
    if !schemas.is_some_and(|schemas| schemas.contains_key(name)) {
        return Err(wrong("leads to nothing"));
    }
    Ok(ir::Schema { docs: String::new(), nullable: false, kind: Kind::Named(name.to_owned()) })
}

fn boxed(
    document: &Document,
    item: &ReferenceOr<Box<Schema>>,
    pointer: &str,
) -> Result<ir::Schema, Error> {
    match item {
        ReferenceOr::Reference { reference } => named(document, reference, pointer),
        ReferenceOr::Item(schema) => inline(document, schema, pointer),
    }
}

fn inline(document: &Document, schema: &Schema, pointer: &str) -> Result<ir::Schema, Error> {
    let data = &schema.schema_data;
    let not_yet = |key: &str| {
        Err(unsupported(document, &below(pointer, key), key, "describe the shape without it"))
    };
    if data.discriminator.is_some() {
        return not_yet("discriminator");
    }
    let kind = match &schema.schema_kind {
        SchemaKind::OneOf { .. } => return not_yet("oneOf"),
        SchemaKind::AllOf { .. } => return not_yet("allOf"),
        SchemaKind::AnyOf { .. } => return not_yet("anyOf"),
        SchemaKind::Not { .. } => return not_yet("not"),
        SchemaKind::Any(any)
            if any.typ.is_none()
                && any.properties.is_empty()
                && any.one_of.is_empty()
                && any.all_of.is_empty()
                && any.any_of.is_empty()
                && any.enumeration.is_empty() =>
        {
            Kind::Any
        }
        SchemaKind::Any(_) => {
            let construct = "this mixture of keywords";
            return Err(unsupported(
                document,
                pointer,
                construct,
                "give it one `type` and that type's keywords",
            ));
        }
        SchemaKind::Type(Type::Boolean(_)) => Kind::Boolean,
        SchemaKind::Type(Type::Integer(integer)) => {
            if integer.multiple_of.is_some() {
                return not_yet("multipleOf");
            }
            if integer.exclusive_minimum || integer.exclusive_maximum {
                return not_yet("exclusiveMinimum or exclusiveMaximum");
            }
            if !integer.enumeration.is_empty() {
                return not_yet("enum");
            }
            let wide = integer.format != VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32);
            let (low, high) = if wide {
                (None, None)
            } else {
                (Some(i64::from(i32::MIN)), Some(i64::from(i32::MAX)))
            };
            Kind::Integer {
                minimum: integer.minimum.or(low),
                maximum: integer.maximum.or(high),
                wide,
            }
        }
        SchemaKind::Type(Type::Number(number)) => {
            if number.multiple_of.is_some() || number.exclusive_minimum || number.exclusive_maximum
            {
                return not_yet("multipleOf, exclusiveMinimum or exclusiveMaximum");
            }
            Kind::Number { minimum: number.minimum, maximum: number.maximum }
        }
        SchemaKind::Type(Type::String(string)) => Kind::Text(text(document, string, pointer)?),
        SchemaKind::Type(Type::Array(array)) => {
            let items = match &array.items {
                Some(items) => boxed(document, items, &below(pointer, "items"))?,
                None => ir::Schema { docs: String::new(), nullable: true, kind: Kind::Any },
            };
            Kind::Array {
                items: Box::new(items),
                min_items: array.min_items,
                max_items: array.max_items,
                unique: array.unique_items,
            }
        }
        SchemaKind::Type(Type::Object(object)) => object_kind(document, object, schema, pointer)?,
    };
    Ok(ir::Schema {
        docs: data.description.clone().unwrap_or_default(),
        nullable: data.nullable,
        kind,
    })
}

fn text(document: &Document, string: &openapiv3::StringType, pointer: &str) -> Result<Text, Error> {
    if let Some(pattern) = &string.pattern
        && let Err(error) = regex_syntax::parse(pattern)
    {
        return Err(Error::Unexpected {
            place: document.places.at(&below(pointer, "pattern")),
            expected: "a regular expression without look-around".to_owned(),
            got: format!("`{pattern}` ({})", error.to_string().lines().last().unwrap_or_default()),
        });
    }
    let format = match &string.format {
        VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::DateTime) => {
            Some("date-time".to_owned())
        }
        VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::Date) => Some("date".to_owned()),
        VariantOrUnknownOrEmpty::Item(other) => {
            let construct = format!("the string format {other:?}");
            return Err(unsupported(
                document,
                &below(pointer, "format"),
                &construct,
                "use plain text",
            ));
        }
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    };
    Ok(Text {
        format,
        pattern: string.pattern.clone(),
        min_length: string.min_length,
        max_length: string.max_length,
        values: string.enumeration.iter().flatten().cloned().collect(),
    })
}

fn object_kind(
    document: &Document,
    object: &openapiv3::ObjectType,
    schema: &Schema,
    pointer: &str,
) -> Result<Kind, Error> {
    let not_yet = |key: &str| {
        Err(unsupported(document, &below(pointer, key), key, "describe the shape without it"))
    };
    if matches!(&object.additional_properties, Some(AdditionalProperties::Schema(_))) {
        return not_yet("additionalProperties");
    }
    if object.min_properties.is_some() || object.max_properties.is_some() {
        return not_yet("minProperties or maxProperties");
    }
    let mut properties = Vec::new();
    for (name, item) in &object.properties {
        let pointer = below(&below(pointer, "properties"), name);
        properties.push(Property {
            name: name.clone(),
            required: object.required.contains(name),
            schema: boxed(document, item, &pointer)?,
        });
    }
    let known = |name: &String| object.properties.contains_key(name);
    let required_when = required_when(document, schema, pointer)?;
    let conditional =
        required_when.iter().flat_map(|when| when.required.iter().chain([&when.property]));
    if let Some(stranger) = object.required.iter().chain(conditional).find(|name| !known(name)) {
        return Err(Error::Unexpected {
            place: document.places.at(&below(pointer, "required")),
            expected: "names of properties of this object".to_owned(),
            got: format!("`{stranger}`"),
        });
    }
    Ok(Kind::Object { properties, required_when })
}

fn required_when(
    document: &Document,
    schema: &Schema,
    pointer: &str,
) -> Result<Vec<RequiredWhen>, Error> {
    let Some(value) = schema.schema_data.extensions.get(REQUIRED_WHEN) else {
        return Ok(Vec::new());
    };
    serde_json::from_value(value.clone()).map_err(|error| Error::Unexpected {
        place: document.places.at(&below(pointer, REQUIRED_WHEN)),
        expected: "a list of {property, equals, required}".to_owned(),
        got: error.to_string(),
    })
}

/// An error about a construct that is valid and not known.
pub(crate) fn unsupported(
    document: &Document,
    pointer: &str,
    construct: &str,
    advice: &str,
) -> Error {
    Error::Unsupported {
        place: document.places.at(pointer),
        construct: construct.to_owned(),
        advice: advice.to_owned(),
    }
}
