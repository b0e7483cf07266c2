//! Where in a document something stands.

use std::fmt;

/// Line and column, both from 1. What no text holds has 0 for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}

impl Position {
    /// The position of which a parser tells line and column, both from 1.
    pub(crate) fn new(line: usize, column: usize) -> Self {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { line: number(line), column: number(column) }
    }

    /// Whether it is one in a text.
    pub fn is_known(self) -> bool {
        self != Self::default()
    }
}

/// Where in a document something stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Place {
    /// The name of the document.
    pub file: String,
    /// The line and column.
    pub position: Position,
    /// The JSON pointer (RFC 6901).
    pub pointer: String,
}

impl Place {
    /// A place in a text of which no more is known.
    pub(crate) fn at(file: &str, position: Position) -> Self {
        Self { file: file.to_owned(), position, pointer: String::new() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.position.is_known() {
            write!(f, ":{}:{}", self.position.line, self.position.column)?;
        }
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        Ok(())
    }
}
