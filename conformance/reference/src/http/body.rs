//! Reading a body: one JSON value, no key twice.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The way in which an object with the same key twice is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Twice {
    /// The body is refused.
    #[default]
    Refused,
    /// The first value counts.
    First,
    /// The last value counts.
    Last,
}

/// A flaw of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    Missing,
    Encoding,
    /// It isn't one JSON value.
    Syntax,
    /// An object has a key twice.
    DuplicateKey,
    /// It isn't an object.
    NotAnObject,
    /// A property isn't there.
    Absent(&'static str),
    /// A property is null.
    Null(&'static str),
    /// A property has another type.
    Type(&'static str),
    /// A property has an invalid value.
    Value(&'static str),
}

impl Flaw {
    /// The application's name for it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Missing | Self::Encoding | Self::Syntax => "MALFORMED_JSON",
            Self::DuplicateKey | Self::NotAnObject => "INVALID_JSON",
            Self::Absent(_) | Self::Null(_) => "MISSING_ATTRIBUTE",
            Self::Type(_) => "INVALID_JSON_ATTRIBUTE",
            Self::Value(_) => "VALIDATION_ERROR",
        }
    }

    /// The sentence for people.
    pub(crate) fn detail(self) -> &'static str {
        match self {
            Self::Missing => "The request has no body.",
            Self::Encoding => "The body is not UTF-8.",
            Self::Syntax => "The body is not one JSON value.",
            Self::DuplicateKey => "An object in the body has a key twice.",
            Self::NotAnObject => "The body is not a JSON object.",
            Self::Absent(_) => "A required property is missing.",
            Self::Null(_) => "A required property is null.",
            Self::Type(_) => "A property has the wrong type.",
            Self::Value(_) => "A property has an invalid value.",
        }
    }

    /// The property that is wrong, if it is one.
    pub(crate) fn property(self) -> Option<&'static str> {
        match self {
            Self::Absent(name) | Self::Null(name) | Self::Type(name) | Self::Value(name) => {
                Some(name)
            }
            _ => None,
        }
    }
}

/// Reads a body that must be an object.
pub(crate) fn read_object(bytes: &[u8], twice: Twice) -> Result<Map<String, Value>, Flaw> {
    if bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
        return Err(Flaw::Missing);
    }
    let text = str::from_utf8(bytes).map_err(|_| Flaw::Encoding)?;
    match read_value(text, twice)? {
        Value::Object(object) => Ok(object),
        _ => Err(Flaw::NotAnObject),
    }
}

/// Reads a property that must be a string.
pub(crate) fn string_of(
    object: &Map<String, Value>,
    property: &'static str,
) -> Result<String, Flaw> {
    match object.get(property) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Null) => Err(Flaw::Null(property)),
        Some(_) => Err(Flaw::Type(property)),
        None => Err(Flaw::Absent(property)),
    }
}

fn read_value(text: &str, twice: Twice) -> Result<Value, Flaw> {
    let flaw = |error: serde_json::Error| match error.is_data() {
        // The only error of the visitor below.
        true => Flaw::DuplicateKey,
        false => Flaw::Syntax,
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Strict(twice).deserialize(&mut deserializer).map_err(flaw)?;
    deserializer.end().map_err(flaw)?;
    Ok(value)
}

/// Builds a value as serde_json does, which by itself keeps the last of two keys silently.
#[derive(Clone, Copy)]
struct Strict(Twice);

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(element) = elements.next_element_seed(self)? {
            array.push(element);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(self)?;
            match (object.contains_key(&key), self.0) {
                (true, Twice::Refused) => return Err(A::Error::custom("duplicate key")),
                (true, Twice::First) => {}
                _ => {
                    object.insert(key, value);
                }
            }
        }
        Ok(Value::Object(object))
    }
}
