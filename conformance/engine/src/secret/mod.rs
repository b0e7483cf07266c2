//! A value that is never shown, and that is overwritten when it is no longer used.

pub mod encodings;
pub mod unescape;

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use zeroize::Zeroizing;

/// What authenticates: a secret of the configuration, written there or named as
/// `{ env = "NAME" }`, or a token. Its clones are one value.
///
/// What is sent and what comes back is evidence and isn't overwritten: reports take secrets out.
#[derive(Clone)]
pub struct Secret(Arc<Kept>);

struct Kept {
    value: Zeroizing<String>,
    variable: Option<String>,
    encodings: OnceLock<Zeroizing<Vec<String>>>,
}

impl Secret {
    /// The value itself, for the wire and for redaction.
    pub fn expose(&self) -> &str {
        &self.0.value
    }

    /// The ways in which a text may repeat it, worked out once.
    pub fn encodings(&self) -> &[String] {
        self.0.encodings.get_or_init(|| Zeroizing::new(encodings::recognizable(&self.0.value)))
    }

    /// The variable that a file names for it.
    pub fn variable(&self) -> Option<&str> {
        self.0.variable.as_deref()
    }

    fn new(value: String, variable: Option<String>) -> Self {
        let value = Zeroizing::new(value);
        Self(Arc::new(Kept { value, variable, encodings: OnceLock::new() }))
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self::new(value, None)
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
                Ok(value) if !value.is_empty() => Ok(Self::new(value, Some(env))),
                _ => Err(D::Error::custom(format!("the variable {env} is not set"))),
            },
        }
    }
}
