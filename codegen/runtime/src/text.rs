//! Text that is more than text: patterns, secrets.

use std::fmt;
use std::sync::OnceLock;

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

/// The pattern of a kind of text, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    name: &'static str,
    pattern: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The pattern of what is called so.
    pub const fn new(name: &'static str, pattern: &'static str) -> Self {
        Self { name, pattern, regex: OnceLock::new() }
    }

    /// The text, if it matches.
    ///
    /// # Errors
    /// When it does not.
    pub fn check(&self, text: &str) -> Result<String, PatternError> {
        let regex = self.regex.get_or_init(|| Regex::new(self.pattern).ok());
        if regex.as_ref().is_some_and(|regex| regex.is_match(text)) {
            return Ok(text.to_owned());
        }
        Err(PatternError { name: self.name, pattern: self.pattern, got: text.to_owned() })
    }
}
