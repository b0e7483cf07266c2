//! Turns OpenAPI documents, and the clauses, into Rust source. Text in, files out; no I/O.
//!
//! source map → lint → typed document → intermediate representation → model of the Rust → source.

mod clauses;
mod emit;
mod error;
mod ir;
mod lint;
mod lower;
mod media;
mod model;
mod names;
mod read;
pub mod source_map;
pub mod spec_tools;
mod versions;

use lower::Purpose;

pub use error::place::{Place, Position};
pub use error::{Error, Errors, ReadError};

/// A text of the specification.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its file name, as errors show it and as the generated files name it.
    pub name: String,
    pub text: String,
}

/// All that the project's own contract and client are generated from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The OpenAPI fragments; the order of operations is theirs.
    pub documents: Vec<Source>,
    pub clauses: Source,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name below the folder that is generated.
    pub path: String,
    pub text: String,
}

/// A package of its own that is to hold a client.
#[derive(Debug, Clone)]
pub struct Package {
    pub name: String,
    /// Whether what can't be represented becomes an untyped value instead of an error.
    pub allow_unsupported: bool,
}

/// A client, and what is missing of it.
#[derive(Debug)]
pub struct Client {
    /// Every file of the package.
    pub files: Vec<File>,
    /// What could not be represented.
    pub warnings: Vec<Error>,
}

/// Generates every file of the contract and the client of the project's specification, or none.
///
/// # Errors
/// For everything in the sources that is invalid, or that the generator does not know.
pub fn generate(sources: &Sources) -> Result<Vec<File>, Errors> {
    let mut api = ir::Api::default();
    let mut errors = Vec::new();
    for source in &sources.documents {
        let document = Document::read(source)?;
        errors.extend(document.ignored.iter().cloned());
        let lowered = document.lower_into(Purpose::Contract, &mut api);
        errors.extend(lowered.err().unwrap_or_default());
    }
    let clauses = clauses::read(&sources.clauses).map_err(Errors);
    match clauses {
        Ok(clauses) if errors.is_empty() => {
            let model = model::model(&api, false).ok_or_else(too_large)?;
            let files = emit::contract(&api, &model, &clauses.clauses, sources);
            files.map_err(|error| Errors(vec![error]))
        }
        Ok(_) => Err(Errors(errors)),
        Err(Errors(more)) => {
            errors.extend(more);
            Err(Errors(errors))
        }
    }
}

/// Generates a package with a client for every operation of a document, or nothing.
///
/// # Errors
/// For everything in the document that is invalid, or that can't be represented.
pub fn client(source: &Source, package: &Package) -> Result<Client, Errors> {
    Document::read(source)?.lower(package)?.emit(package)
}

/// A text that was parsed, and nothing more: what every generator has to do.
#[derive(Debug)]
pub struct Parsed {
    source: source_map::Document,
}

impl Parsed {
    /// Parses a text.
    ///
    /// # Errors
    /// When it is no single document in YAML or JSON.
    pub fn parse(source: &Source) -> Result<Self, Errors> {
        let source = source_map::read(&source.name, &source.text);
        source.map(|source| Self { source }).map_err(|error| Errors(vec![error.into()]))
    }

    /// Makes typed data of it.
    ///
    /// # Errors
    /// When it is no OpenAPI document, or has keys that no OpenAPI document has.
    pub fn read(self) -> Result<Document, Errors> {
        let linted = lint::document(&self.source);
        if !linted.found.errors.is_empty() {
            return Err(Errors(linted.found.errors));
        }
        let typed = read::read(&self.source, &linted).map_err(Errors)?;
        Ok(Document { source: self.source, typed, ignored: linted.found.ignored })
    }
}

/// A typed document: the first stage of [`client`].
#[derive(Debug)]
pub struct Document {
    source: source_map::Document,
    typed: read::Typed,
    /// What stands where OpenAPI ignores it.
    ignored: Vec<Error>,
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    /// When the text is no OpenAPI document.
    pub fn read(source: &Source) -> Result<Self, Errors> {
        Parsed::parse(source)?.read()
    }

    /// Lowers it to what its operations and schemas say.
    ///
    /// # Errors
    /// For everything that is invalid, or that can't be represented.
    pub fn lower(&self, package: &Package) -> Result<Lowered, Errors> {
        let mut api = ir::Api::default();
        let purpose = Purpose::Client { allow_unsupported: package.allow_unsupported };
        let mut warnings = self.ignored.clone();
        warnings.extend(self.lower_into(purpose, &mut api).map_err(Errors)?);
        api.operations = api.operations.into_iter().flat_map(versions::split).collect();
        Ok(Lowered { api, warnings, document: file_name(&self.source.name).to_owned() })
    }

    fn lower_into(&self, purpose: Purpose, api: &mut ir::Api) -> Result<Vec<Error>, Vec<Error>> {
        lower::lower(&self.source, &self.typed, purpose, api)
    }
}

/// A document that was lowered: the second stage of [`client`].
#[derive(Debug)]
pub struct Lowered {
    api: ir::Api,
    warnings: Vec<Error>,
    document: String,
}

impl Lowered {
    /// Writes the source of its client.
    ///
    /// # Errors
    /// When its types together would be larger than any client.
    pub fn emit(self, package: &Package) -> Result<Client, Errors> {
        let model = model::model(&self.api, true).ok_or_else(too_large)?;
        let files = emit::client(&self.api, &model, &self.document, package)
            .map_err(|error| Errors(vec![error]))?;
        Ok(Client { files, warnings: self.warnings })
    }
}

fn too_large() -> Errors {
    Errors(vec![Error::TooLarge])
}

/// The generated source names its document, and says nothing of the machine that has it.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
