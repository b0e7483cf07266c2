// Written by `cargo xtask codegen`; edits are lost.
// From codegen/runtime/text.rs.

//! Text that is more than text: enumerations, patterns, secrets.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// Text that is not what its type asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {name} to match {pattern}, got `{got}`")]
pub struct PatternError {
    /// What it was to be.
    pub name: &'static str,
    /// The pattern of the document.
    pub pattern: &'static str,
    /// What came.
    pub got: String,
}

/// Text that `Debug` does not show.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// An expression that is compiled when it is first needed; `None` if it can't be.
#[doc(hidden)]
pub type Pattern = LazyLock<Option<Regex>>;

/// The text, if it matches.
#[doc(hidden)]
pub fn matching(
    regex: &Pattern,
    name: &'static str,
    pattern: &'static str,
    text: &str,
) -> Result<String, PatternError> {
    if regex.as_ref().is_some_and(|regex| regex.is_match(text)) {
        return Ok(text.to_owned());
    }
    Err(PatternError { name, pattern, got: text.to_owned() })
}

/// Text with a pattern: a type whose `FromStr` checks it.
#[doc(hidden)]
#[macro_export]
macro_rules! patterned {
    ($(#[$meta:meta])* pub struct $name:ident = $label:literal, $pattern:literal;) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The pattern of the document.
            pub const PATTERN: &'static str = $pattern;

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::PatternError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                static REGEX: $crate::text::Pattern =
                    $crate::text::Pattern::new(|| regex::Regex::new($name::PATTERN).ok());
                $crate::text::matching(&REGEX, $label, Self::PATTERN, text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// The values that a document names, and any other as it came.
#[doc(hidden)]
#[macro_export]
macro_rules! enumeration {
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident = $value:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $value, "`")] $variant,)*
            /// A value that the document does not name.
            Unknown(String),
        }

        impl $name {
            /// The value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(text),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}
