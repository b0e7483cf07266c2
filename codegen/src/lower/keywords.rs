//! The keywords of a schema, whichever of openapiv3's kinds holds them.

use openapiv3::{
    AdditionalProperties, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaKind,
    StringFormat, Type, VariantOrUnknownOrEmpty,
};

/// What a schema says. A keyword that is absent and an empty list are one.
pub(super) trait Keywords {
    fn ty(&self) -> Option<&str>;
    fn format(&self) -> Option<&str>;
    fn pattern(&self) -> Option<&str>;
    /// The least and the greatest length of text.
    fn lengths(&self) -> [Option<usize>; 2];
    fn has_enum(&self) -> bool;
    /// The values of an enumeration, as they are written.
    fn values(&self) -> Vec<String>;
    /// The least and the greatest number.
    fn bounds(&self) -> [Option<f64>; 2];
    /// The same of an integer; what is no `i64` is none.
    fn integer_bounds(&self) -> [Option<i64>; 2];
    /// What a contract can't judge among the keywords of numbers and objects, by name.
    fn unjudged(&self) -> Option<&'static str>;
    fn properties(&self) -> impl Iterator<Item = (&str, &ReferenceOr<Box<Schema>>)>;
    fn required(&self) -> &[String];
    fn additional(&self) -> Option<&AdditionalProperties>;
    fn items(&self) -> Option<&ReferenceOr<Box<Schema>>>;
    /// The least and the greatest number of items.
    fn sizes(&self) -> [Option<usize>; 2];
    fn unique(&self) -> bool;
    fn all_of(&self) -> &[ReferenceOr<Schema>];
    fn one_of(&self) -> &[ReferenceOr<Schema>];
    fn any_of(&self) -> &[ReferenceOr<Schema>];
    fn not(&self) -> Option<&ReferenceOr<Schema>>;
}

impl Keywords for Schema {
    fn ty(&self) -> Option<&str> {
        match &self.schema_kind {
            SchemaKind::Type(ty) => Some(match ty {
                Type::String(_) => "string",
                Type::Number(_) => "number",
                Type::Integer(_) => "integer",
                Type::Object(_) => "object",
                Type::Array(_) => "array",
                Type::Boolean(_) => "boolean",
            }),
            SchemaKind::Any(any) => any.typ.as_deref(),
            _ => None,
        }
    }

    fn format(&self) -> Option<&str> {
        match &self.schema_kind {
            SchemaKind::Type(Type::String(text)) => written(&text.format, |format| match format {
                StringFormat::Date => "date",
                StringFormat::DateTime => "date-time",
                StringFormat::Password => "password",
                StringFormat::Byte => "byte",
                StringFormat::Binary => "binary",
            }),
            SchemaKind::Type(Type::Integer(integer)) => {
                written(&integer.format, |format| match format {
                    IntegerFormat::Int32 => "int32",
                    IntegerFormat::Int64 => "int64",
                })
            }
            SchemaKind::Type(Type::Number(number)) => {
                written(&number.format, |format| match format {
                    NumberFormat::Float => "float",
                    NumberFormat::Double => "double",
                })
            }
            SchemaKind::Any(any) => any.format.as_deref(),
            _ => None,
        }
    }

    fn pattern(&self) -> Option<&str> {
        match &self.schema_kind {
            SchemaKind::Type(Type::String(text)) => text.pattern.as_deref(),
            SchemaKind::Any(any) => any.pattern.as_deref(),
            _ => None,
        }
    }

    fn lengths(&self) -> [Option<usize>; 2] {
        match &self.schema_kind {
            SchemaKind::Type(Type::String(text)) => [text.min_length, text.max_length],
            SchemaKind::Any(any) => [any.min_length, any.max_length],
            _ => [None, None],
        }
    }

    fn has_enum(&self) -> bool {
        match &self.schema_kind {
            SchemaKind::Type(Type::String(text)) => !text.enumeration.is_empty(),
            SchemaKind::Type(Type::Number(number)) => !number.enumeration.is_empty(),
            SchemaKind::Type(Type::Integer(integer)) => !integer.enumeration.is_empty(),
            SchemaKind::Type(Type::Boolean(boolean)) => !boolean.enumeration.is_empty(),
            SchemaKind::Any(any) => !any.enumeration.is_empty(),
            _ => false,
        }
    }

    fn values(&self) -> Vec<String> {
        match &self.schema_kind {
            SchemaKind::Type(Type::String(text)) => {
                text.enumeration.iter().flatten().cloned().collect()
            }
            SchemaKind::Any(any) => any
                .enumeration
                .iter()
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn bounds(&self) -> [Option<f64>; 2] {
        match &self.schema_kind {
            SchemaKind::Type(Type::Number(number)) => [number.minimum, number.maximum],
            SchemaKind::Any(any) => [any.minimum, any.maximum],
            _ => [None, None],
        }
    }

    fn integer_bounds(&self) -> [Option<i64>; 2] {
        match &self.schema_kind {
            SchemaKind::Type(Type::Integer(integer)) => [integer.minimum, integer.maximum],
            // A mixture of keywords has its numbers as floats.
            _ => self.bounds().map(|bound| format!("{:.0}", bound?).parse().ok()),
        }
    }

    fn unjudged(&self) -> Option<&'static str> {
        let (multiple, exclusive, sizes) = match &self.schema_kind {
            SchemaKind::Type(Type::Number(it)) => {
                (it.multiple_of.is_some(), [it.exclusive_minimum, it.exclusive_maximum], [None; 2])
            }
            SchemaKind::Type(Type::Integer(it)) => {
                (it.multiple_of.is_some(), [it.exclusive_minimum, it.exclusive_maximum], [None; 2])
            }
            SchemaKind::Type(Type::Object(it)) => {
                (false, [false; 2], [it.min_properties, it.max_properties])
            }
            SchemaKind::Any(it) => (
                it.multiple_of.is_some(),
                [it.exclusive_minimum, it.exclusive_maximum].map(Option::unwrap_or_default),
                [it.min_properties, it.max_properties],
            ),
            _ => return None,
        };
        let told = [
            ("multipleOf", multiple),
            ("minProperties", sizes[0].is_some()),
            ("maxProperties", sizes[1].is_some()),
            ("exclusiveMinimum", exclusive[0]),
            ("exclusiveMaximum", exclusive[1]),
        ];
        told.into_iter().find(|(_, is_there)| *is_there).map(|(key, _)| key)
    }

    fn properties(&self) -> impl Iterator<Item = (&str, &ReferenceOr<Box<Schema>>)> {
        let properties = match &self.schema_kind {
            SchemaKind::Type(Type::Object(object)) => Some(&object.properties),
            SchemaKind::Any(any) => Some(&any.properties),
            _ => None,
        };
        properties.into_iter().flatten().map(|(name, schema)| (name.as_str(), schema))
    }

    fn required(&self) -> &[String] {
        match &self.schema_kind {
            SchemaKind::Type(Type::Object(object)) => &object.required,
            SchemaKind::Any(any) => &any.required,
            _ => &[],
        }
    }

    fn additional(&self) -> Option<&AdditionalProperties> {
        match &self.schema_kind {
            SchemaKind::Type(Type::Object(object)) => object.additional_properties.as_ref(),
            SchemaKind::Any(any) => any.additional_properties.as_ref(),
            _ => None,
        }
    }

    fn items(&self) -> Option<&ReferenceOr<Box<Schema>>> {
        match &self.schema_kind {
            SchemaKind::Type(Type::Array(array)) => array.items.as_ref(),
            SchemaKind::Any(any) => any.items.as_ref(),
            _ => None,
        }
    }

    fn sizes(&self) -> [Option<usize>; 2] {
        match &self.schema_kind {
            SchemaKind::Type(Type::Array(array)) => [array.min_items, array.max_items],
            SchemaKind::Any(any) => [any.min_items, any.max_items],
            _ => [None, None],
        }
    }

    fn unique(&self) -> bool {
        match &self.schema_kind {
            SchemaKind::Type(Type::Array(array)) => array.unique_items,
            SchemaKind::Any(any) => any.unique_items.unwrap_or_default(),
            _ => false,
        }
    }

    fn all_of(&self) -> &[ReferenceOr<Schema>] {
        match &self.schema_kind {
            SchemaKind::AllOf { all_of } => all_of,
            SchemaKind::Any(any) => &any.all_of,
            _ => &[],
        }
    }

    fn one_of(&self) -> &[ReferenceOr<Schema>] {
        match &self.schema_kind {
            SchemaKind::OneOf { one_of } => one_of,
            SchemaKind::Any(any) => &any.one_of,
            _ => &[],
        }
    }

    fn any_of(&self) -> &[ReferenceOr<Schema>] {
        match &self.schema_kind {
            SchemaKind::AnyOf { any_of } => any_of,
            SchemaKind::Any(any) => &any.any_of,
            _ => &[],
        }
    }

    fn not(&self) -> Option<&ReferenceOr<Schema>> {
        match &self.schema_kind {
            SchemaKind::Not { not } => Some(not),
            SchemaKind::Any(any) => any.not.as_deref(),
            _ => None,
        }
    }
}

/// A format as a document has it.
fn written<T>(
    format: &VariantOrUnknownOrEmpty<T>,
    known: impl Fn(&T) -> &'static str,
) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Item(format) => Some(known(format)),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}
