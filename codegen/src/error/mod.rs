//! What can be wrong with a specification. Each error has a place.

pub(crate) mod place;

use std::fmt;

use crate::error::place::Place;

/// Why a text, or what it says, is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct ReadError {
    pub place: Place,
    /// What was expected, and what came.
    pub reason: String,
}

/// Why nothing is generated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The text can't be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Something stands where something else is expected.
    #[error("{place}: expected {expected}, got {got}")]
    Unexpected { place: Place, expected: String, got: String },
    /// Valid OpenAPI that the generator does not know.
    #[error("{place}: {construct} is not supported; {advice}")]
    Unsupported { place: Place, construct: String, advice: String },
    /// A reference that leads nowhere, or in a circle.
    #[error("{place}: the reference {target} {problem}")]
    Reference {
        place: Place,
        target: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Two things would have one name.
    #[error("{place}: {what} `{name}` is taken: {reason}")]
    Collision {
        place: Place,
        what: &'static str,
        name: String,
        /// What else has it.
        reason: String,
    },
    /// What was generated is no Rust, which is the generator's fault.
    #[error("{place}: the generated source does not parse: {reason}")]
    Source { place: Place, reason: String },
    /// The types of all schemas together have more fields than any client.
    #[error("the schemas together have too many properties; does one repeat the others?")]
    TooLarge,
}

impl Error {
    /// Where it is, if it is at one place.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Read(ReadError { place, .. })
            | Self::Unexpected { place, .. }
            | Self::Unsupported { place, .. }
            | Self::Reference { place, .. }
            | Self::Collision { place, .. }
            | Self::Source { place, .. } => Some(place),
            Self::TooLarge => None,
        }
    }

    /// What is wrong, without its place.
    pub fn message(&self) -> String {
        let text = self.to_string();
        match self.place() {
            Some(place) => text.strip_prefix(&format!("{place}: ")).unwrap_or(&text).to_owned(),
            None => text,
        }
    }
}

/// Everything that is wrong, at least one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors(pub Vec<Error>);

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}
