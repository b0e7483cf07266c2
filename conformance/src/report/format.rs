//! The formats of reports that are written to a file.

use std::fmt;

use crate::report::document::Document;
use crate::report::{har, html, junit, markdown, sarif};

/// A format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// HTTP Archive 1.2, for browser tools.
    Har,
    /// One page for people.
    Html,
    Json,
    /// JUnit XML, for CI.
    Junit,
    /// For a job's page, an issue or a review.
    Markdown,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

impl Format {
    pub const ALL: [Self; 6] =
        [Self::Har, Self::Html, Self::Json, Self::Junit, Self::Markdown, Self::Sarif];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Har => "har",
            Self::Html => "html",
            Self::Json => "json",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
            Self::Sarif => "sarif",
        }
    }

    /// The format with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The report in this format.
    ///
    /// # Errors
    /// If the document can't be serialized.
    pub fn render(self, document: &Document) -> serde_json::Result<String> {
        Ok(match self {
            Self::Har => har::render(document)?,
            Self::Html => html::render(document),
            Self::Json => serde_json::to_string_pretty(document)? + "\n",
            Self::Junit => junit::render(document),
            Self::Markdown => markdown::render(document),
            Self::Sarif => sarif::render(document)?,
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
