//! A value that is never shown.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// A secret of the configuration, written there or named as `{ env = "NAME" }`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    value: String,
    variable: Option<String>,
}

impl Secret {
    /// The value itself, for the wire and for redaction.
    pub fn expose(&self) -> &str {
        &self.value
    }

    /// The variable that a file names for it.
    pub fn variable(&self) -> Option<&str> {
        self.variable.as_deref()
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self { value, variable: None }
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
            Written::Plain(value) if value.is_empty() => {
                Err(D::Error::custom("an empty secret; write it out or name a variable"))
            }
            Written::Plain(value) => Ok(value.into()),
            Written::Named(Named { env }) => match std::env::var(&env) {
                Ok(value) if !value.is_empty() => Ok(Self { value, variable: Some(env) }),
                _ => Err(D::Error::custom(format!("the variable {env} is not set"))),
            },
        }
    }
}
