//! What can be wrong with a specification. Each error has a place.

pub(crate) mod place;

use std::fmt;

use crate::error::place::Place;

/// Why nothing is generated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The text is no YAML.
    #[error("{place}: no valid YAML: {reason}")]
    Syntax { place: Place, reason: String },
    /// The text is longer than any document.
    #[error("{place}: expected at most {limit} MiB of text, got {bytes} bytes")]
    TooLong {
        place: Place,
        /// How much would do.
        limit: usize,
        /// How much there is.
        bytes: usize,
    },
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
    /// Another reader of the document found something else in it.
    #[error("{place}: {says} is what {reader} reads alone; one of them misreads the document")]
    Disagreement {
        place: Place,
        says: String,
        /// Who reads it so.
        reader: &'static str,
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
            Self::Syntax { place, .. }
            | Self::TooLong { place, .. }
            | Self::Unexpected { place, .. }
            | Self::Unsupported { place, .. }
            | Self::Reference { place, .. }
            | Self::Collision { place, .. }
            | Self::Disagreement { place, .. }
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
