//! Objects: properties that may be absent, or null, which is something else.

use serde::{Deserialize, Deserializer};

/// Reads a property that is there: null is `Some(None)`. With `#[serde(default)]`, an absent one is `None`.
///
/// # Errors
/// When it has another shape.
pub fn some<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
