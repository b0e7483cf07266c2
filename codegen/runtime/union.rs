//! Values that have one of several shapes.

use std::cell::Cell;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How deep unions without a discriminator may nest before their values are kept as they came:
/// each level tries all shapes, so that the work multiplies.
const DEPTH_LIMIT: u32 = 6;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Whether another level may be tried.
#[doc(hidden)]
pub fn descend() -> bool {
    DEPTH.with(|depth| {
        let deeper = depth.get() < DEPTH_LIMIT;
        if deeper {
            depth.set(depth.get() + 1);
        }
        deeper
    })
}

/// The end of a level that was tried.
#[doc(hidden)]
pub fn ascend() {
    DEPTH.with(|depth| depth.set(depth.get().saturating_sub(1)));
}

/// Takes the value for a shape if it fits, and if more of it is kept than by the best so far.
#[doc(hidden)]
pub fn consider<T: DeserializeOwned + Serialize, U>(
    value: &Value,
    best: &mut Option<(usize, U)>,
    wrap: impl FnOnce(T) -> U,
) {
    let Ok(shape) = T::deserialize(value) else { return };
    let kept = serde_json::to_value(&shape).map_or(0, |kept| same(value, &kept));
    if best.as_ref().is_none_or(|(most, _)| kept > *most) {
        *best = Some((kept, wrap(shape)));
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

/// One of several shapes, and any other value as it came.
#[doc(hidden)]
#[macro_export]
macro_rules! one_of {
    (
        $(#[$meta:meta])*
        pub enum $name:ident by $by:literal {
            $($variant:ident($shape:ty) = [$($value:literal),* $(,)?],)*
        }
    ) => {
        $crate::one_of!(@define $(#[$meta])* $name { $($variant($shape),)* });

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
                let by = value.get($by).and_then(serde_json::Value::as_str).unwrap_or_default();
                $({
                    const VALUES: &[&str] = &[$($value),*];
                    if VALUES.contains(&by) {
                        let shape = serde_json::from_value(value).map_err(serde::de::Error::custom)?;
                        return Ok(Self::$variant(shape));
                    }
                })*
                Ok(Self::Unknown(value))
            }
        }
    };
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident($shape:ty),)* }) => {
        $crate::one_of!(@define $(#[$meta])* $name { $($variant($shape),)* });

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
                if !$crate::union::descend() {
                    return Ok(Self::Unknown(value));
                }
                let mut best = None;
                $($crate::union::consider(&value, &mut best, |shape: $shape| {
                    Self::$variant(Box::new(shape))
                });)*
                $crate::union::ascend();
                Ok(best.map_or(Self::Unknown(value), |(_, shape)| shape))
            }
        }
    };
    (@define $(#[$meta:meta])* $name:ident { $($variant:ident($shape:ty),)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $(#[doc = concat!("A `", stringify!($shape), "`.")] $variant(Box<$shape>),)*
            /// A value that has none of the shapes of the document.
            Unknown(serde_json::Value),
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(shape) => serde::Serialize::serialize(shape, serializer),)*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}
