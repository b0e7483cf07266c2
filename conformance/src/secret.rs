//! A value that is never shown.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// A secret of the configuration, written there or named as `{ env = "NAME" }`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value itself, for the wire and for redaction.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected a string or { env = \"NAME\" }")]
        enum Written {
            Plain(String),
            Named(Named),
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Named {
            env: String,
        }
        match Written::deserialize(deserializer)? {
            Written::Plain(value) => Ok(Self(value)),
            Written::Named(Named { env }) => std::env::var(&env)
                .map(Self)
                .map_err(|_| D::Error::custom(format!("the variable {env} is not set"))),
        }
    }
}
