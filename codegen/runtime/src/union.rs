//! Values that have one of several shapes.

use std::cell::Cell;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Writes a shape with the value that chooses it under `by`, unless it has one of its own that does.
///
/// # Errors
/// When the shape can't be written.
pub fn tagged<T: Serialize, S: Serializer>(
    shape: &T,
    by: &str,
    values: &[&str],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut written = serde_json::to_value(shape).map_err(S::Error::custom)?;
    if let (Value::Object(object), Some(value)) = (&mut written, values.first()) {
        let own = object.get(by).and_then(Value::as_str);
        if !own.is_some_and(|own| values.contains(&own)) {
            object.insert(by.to_owned(), (*value).into());
        }
    }
    written.serialize(serializer)
}

/// Reads a value whose shape is known.
///
/// # Errors
/// When it has another shape.
pub fn shape<T: DeserializeOwned, E: serde::de::Error>(value: Value) -> Result<Box<T>, E> {
    serde_json::from_value(value).map(Box::new).map_err(E::custom)
}

/// How deep unions without a discriminator may nest before their values are kept as they came:
/// each level tries all shapes, so that the work multiplies.
const DEPTH_LIMIT: u32 = 6;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// The shape that keeps most of a value, of those that were tried.
#[derive(Debug)]
pub struct Best<'v, U> {
    value: &'v Value,
    best: Option<(usize, U)>,
    /// Whether this level may be tried.
    goes_on: bool,
}

impl<'v, U> Best<'v, U> {
    /// Nothing yet of this value.
    pub fn of(value: &'v Value) -> Self {
        let goes_on = DEPTH.get() < DEPTH_LIMIT;
        if goes_on {
            DEPTH.set(DEPTH.get() + 1);
        }
        Self { value, best: None, goes_on }
    }

    /// Takes the value for a shape if it fits, and if more of it is kept than by the best so far.
    pub fn consider<T: DeserializeOwned + Serialize>(&mut self, wrap: fn(Box<T>) -> U) {
        if !self.goes_on {
            return;
        }
        let Ok(shape) = T::deserialize(self.value) else { return };
        let kept = serde_json::to_value(&shape).map_or(0, |kept| same(self.value, &kept));
        if self.best.as_ref().is_none_or(|(most, _)| kept > *most) {
            self.best = Some((kept, wrap(Box::new(shape))));
        }
    }

    /// The best shape, if any fits.
    pub fn found(mut self) -> Option<U> {
        self.best.take().map(|(_, shape)| shape)
    }
}

impl<U> Drop for Best<'_, U> {
    fn drop(&mut self) {
        if self.goes_on {
            DEPTH.set(DEPTH.get().saturating_sub(1));
        }
    }
}

/// How many parts of a value another has at the same place.
fn same(left: &Value, right: &Value) -> usize {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => left
            .iter()
            .filter_map(|(key, value)| right.get(key).map(|other| 1 + same(value, other)))
            .sum(),
        (Value::Array(left), Value::Array(right)) => {
            left.iter().zip(right).map(|(left, right)| same(left, right)).sum()
        }
        _ => usize::from(left == right),
    }
}
