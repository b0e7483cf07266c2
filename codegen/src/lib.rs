//! Turns OpenAPI fragments and the clauses into Rust source. Text in, files out; no I/O.
//!
//! load → resolve and lower → intermediate representation → tokens → formatted source.

mod clauses;
pub mod diff;
mod emit;
mod error;
mod format;
mod ir;
mod lint;
mod load;
mod lower;
mod names;
mod resolve;
pub mod slice;
pub mod tree;
pub mod update;

pub use error::{Error, Place};

/// A text of the specification.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its file name, as errors show it and as the generated files name it.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// All that code is generated from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The OpenAPI fragments; the order of operations is theirs.
    pub documents: Vec<Source>,
    /// The clauses.
    pub clauses: Source,
}

/// One generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name below the folder of generated source.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// Generates every file, or none.
///
/// # Errors
/// For the first thing in the sources that is invalid, or that the generator does not know.
pub fn generate(sources: &Sources) -> Result<Vec<File>, Error> {
    let mut api = ir::Api::default();
    for source in &sources.documents {
        let document = load::load(source)?;
        lower::lower(&document, &mut api)?;
    }
    let clauses = clauses::read(&sources.clauses)?;
    emit::emit(&api, &clauses, sources)
}
