//! JSON, read strictly: one value, UTF-8, and every repeated key noticed.

use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// How many repeated keys are told: a target may send any number.
const MOST: usize = 16;

/// A JSON text and the keys that one of its objects holds more than once.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The value; of repeated keys the last counts.
    pub value: Value,
    /// JSON pointers of repeated keys; of very many the first.
    pub repeated: Vec<String>,
}

/// Why bytes are not one JSON value, with line and column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Reads exactly one JSON value (RFC 8259).
///
/// # Errors
/// When the bytes are no UTF-8 or not exactly one JSON value.
pub fn read(bytes: &[u8]) -> Result<Document, Error> {
    let text = std::str::from_utf8(bytes).map_err(|error| Error(format!("not UTF-8: {error}")))?;
    let repeated = RefCell::new(Vec::new());
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = Seed { pointer: String::new(), repeated: &repeated };
    let value = seed.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(Document { value, repeated: repeated.into_inner() })
}

struct Seed<'a> {
    pointer: String,
    repeated: &'a RefCell<Vec<String>>,
}

impl<'a> Seed<'a> {
    fn child(&self, segment: &str) -> Seed<'a> {
        let segment = segment.replace('~', "~0").replace('/', "~1");
        Seed { pointer: format!("{}/{segment}", self.pointer), repeated: self.repeated }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self.child(&array.len().to_string()))? {
            array.push(item);
        }
        Ok(array.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let child = self.child(&key);
            let pointer = child.pointer.clone();
            let again = object.insert(key, entries.next_value_seed(child)?).is_some();
            let mut repeated = self.repeated.borrow_mut();
            if again && repeated.len() < MOST {
                repeated.push(pointer);
            }
        }
        Ok(object.into())
    }
}
