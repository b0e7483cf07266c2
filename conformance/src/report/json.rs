//! The report for programs: the document as JSON.

use crate::report::document::Document;

/// The report.
///
/// # Errors
/// When the document can't be written as JSON.
pub fn render(document: &Document) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(document)? + "\n")
}
