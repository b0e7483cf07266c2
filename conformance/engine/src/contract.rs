//! What the engine asks of the generated contract of an operation.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use atlas_api::contract::{Content, Operation};
use regex::Regex;

/// The documented 4xx statuses.
pub fn client_errors(operation: &Operation) -> Vec<u16> {
    operation.statuses().filter(|status| (400..500).contains(status)).collect()
}

/// The documented content of a response with this status.
pub fn content(operation: &Operation, status: u16) -> Option<&'static Content> {
    operation.response(status).and_then(|response| response.content.first())
}

/// A pattern of the document, compiled once.
///
/// # Panics
/// When the pattern is none that `regex` knows: the generator refuses such a document.
pub fn pattern(text: &'static str) -> Regex {
    static COMPILED: Mutex<Option<HashMap<&'static str, Regex>>> = Mutex::new(None);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let compiled = compiled.get_or_insert_default();
    compiled.entry(text).or_insert_with(|| compile(text)).clone()
}

fn compile(text: &str) -> Regex {
    // ECMA 262's `\d` and `\w` are ASCII only.
    let ascii = text.replace(r"\d", "[0-9]").replace(r"\w", "[A-Za-z0-9_]");
    Regex::new(&ascii).unwrap_or_else(|error| panic!("the pattern `{text}`: {error}"))
}
