//! Objects: read by the names of their properties, written without those that are absent.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde::ser::{Impossible, Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

/// The properties of an object that is being read.
#[doc(hidden)]
pub struct Parts<E> {
    map: Map<String, Value>,
    error: PhantomData<E>,
}

impl<E: de::Error> Parts<E> {
    /// Reads all properties.
    pub fn read<'de, D: Deserializer<'de, Error = E>>(deserializer: D) -> Result<Self, E> {
        let map = de::Deserialize::deserialize(deserializer)?;
        Ok(Self { map, error: PhantomData })
    }

    /// Takes one property; an optional one may be absent.
    pub fn take<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, E> {
        match self.map.remove(name) {
            Some(value) => T::deserialize(value).map_err(|error| E::custom(Inner(name, &error))),
            None => T::deserialize(Absent(name, PhantomData)),
        }
    }

    /// Takes one property that may be absent, or null, which is something else.
    pub fn take_either<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, E> {
        if self.map.contains_key(name) { self.take(name).map(Some) } else { Ok(None) }
    }

    /// Takes what was not taken.
    pub fn rest<T: DeserializeOwned>(&mut self) -> Result<T, E> {
        let rest = Value::Object(std::mem::take(&mut self.map));
        T::deserialize(rest.into_deserializer()).map_err(E::custom)
    }
}

/// An error below a property.
struct Inner<'a>(&'static str, &'a serde_json::Error);

impl fmt::Display for Inner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0, self.1)
    }
}

/// A property that is absent: none for what is optional, an error for anything else.
struct Absent<E>(&'static str, PhantomData<E>);

impl<'de, E: de::Error> Deserializer<'de> for Absent<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.0))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Writes a property, unless it is `None`.
#[doc(hidden)]
pub fn put<M: SerializeMap, T: Serialize>(
    map: &mut M,
    name: &'static str,
    value: &T,
) -> Result<(), M::Error> {
    if value.serialize(IsNone).is_ok() { Ok(()) } else { map.serialize_entry(name, value) }
}

/// Succeeds with `None` alone.
struct IsNone;

/// What is not `None`.
#[derive(Debug)]
struct Something;

impl fmt::Display for Something {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("something")
    }
}

impl std::error::Error for Something {}

impl serde::ser::Error for Something {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Every kind of value but `None` is something.
macro_rules! something {
    ($($method:ident($($argument:ty),*) -> $ok:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$ok, Something> {
            Err(Something)
        })*
    };
}

impl Serializer for IsNone {
    type Ok = ();
    type Error = Something;
    type SerializeSeq = Impossible<(), Something>;
    type SerializeTuple = Impossible<(), Something>;
    type SerializeTupleStruct = Impossible<(), Something>;
    type SerializeTupleVariant = Impossible<(), Something>;
    type SerializeMap = Impossible<(), Something>;
    type SerializeStruct = Impossible<(), Something>;
    type SerializeStructVariant = Impossible<(), Something>;

    fn serialize_none(self) -> Result<(), Something> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Something> {
        Err(Something)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<(), Something> {
        Err(Something)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Something> {
        Err(Something)
    }

    something! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }
}

/// A struct that is an object in JSON. A property has the name of its field, or the one after `=`.
/// What is `None` is left out, or null where the property is there in any case (`or null`). Where
/// both are allowed (`or null or absent`), `None` is left out and `Some(None)` is null. After `..`
/// comes a field for all other properties.
///
/// This takes the compiler a fraction of what it takes to derive the same.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$docs:meta])* pub $field:ident: $ty:ty $(= $json:literal $(or $null:ident)*)?,)*
            $(.. $(#[$rest_docs:meta])* pub $rest:ident: $rest_ty:ty,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$docs])* pub $field: $ty,)*
            $($(#[$rest_docs])* pub $rest: $rest_ty,)?
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $($crate::object!(@put map, self.$field, [$field $($json $($null)*)?]);)*
                $(for (name, value) in &self.$rest {
                    serde::ser::SerializeMap::serialize_entry(&mut map, name, value)?;
                })?
                serde::ser::SerializeMap::end(map)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut parts = $crate::object::Parts::read(deserializer)?;
                Ok(Self {
                    $($field: $crate::object!(@take parts, [$field $($json $($null)*)?])?,)*
                    $($rest: parts.rest()?,)?
                })
            }
        }
    };
    (@take $parts:ident, [$field:ident]) => { $parts.take(stringify!($field)) };
    (@take $parts:ident, [$field:ident $json:literal null absent]) => { $parts.take_either($json) };
    (@take $parts:ident, [$field:ident $json:literal $($null:ident)?]) => { $parts.take($json) };
    (@put $map:ident, $value:expr, [$field:ident]) => {
        $crate::object::put(&mut $map, stringify!($field), &$value)?
    };
    (@put $map:ident, $value:expr, [$field:ident $json:literal $(null absent)?]) => {
        $crate::object::put(&mut $map, $json, &$value)?
    };
    (@put $map:ident, $value:expr, [$field:ident $json:literal null]) => {
        serde::ser::SerializeMap::serialize_entry(&mut $map, $json, &$value)?
    };
}
