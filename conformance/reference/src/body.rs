//! Reading a body: one JSON value, no key twice.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::refusal::Flaw;

/// What becomes of a key that an object has twice.
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

/// Takes a property that must be a string.
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
        // The only thing that the visitor below objects to.
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
