//! A second, independent reading of a document, which has to agree with the generator's own.
//!
//! The contract judges servers, so a document that the generator misread would accuse honest ones. The
//! text is therefore read once more by others' code, serde_yaml into the types of openapiv3. What
//! those refuse is no OpenAPI 3.0 document; and what both say of operations, parameters, bodies, answers and
//! named schemas has to be the same.

mod facts;
mod generator;
mod openapi;
#[cfg(test)]
mod tests;

use openapiv3::OpenAPI;

use crate::Source;
use crate::document::Tree;
use crate::error::Error;
use crate::error::place::{Place, Position};
use crate::ir::Api;
use facts::{Fact, Facts};

/// Reads a document anew.
///
/// # Errors
/// When it is no OpenAPI 3.0 document.
pub(crate) fn read(source: &Source) -> Result<OpenAPI, Error> {
    serde_yaml::from_str(&source.text).map_err(|error: serde_yaml::Error| {
        let position = error.location().map(|at| Position::new(at.line(), at.column()));
        let place = Place::at(&source.name, position.unwrap_or_default());
        let text = error.to_string();
        // The place is said already.
        let reason = text.split(" at line ").next().unwrap_or(&text);
        let got = format!("one that openapiv3 refuses: {reason}");
        Error::Unexpected { place, expected: "an OpenAPI 3.0 document".to_owned(), got }
    })
}

/// What only one of the two readings of all documents together says.
pub(crate) fn disagreements(api: &Api, documents: &[(&Tree<'_>, &OpenAPI)]) -> Vec<Error> {
    let first = generator::facts(api);
    let mut second = Facts::default();
    for (_, document) in documents {
        openapi::facts(document, &mut second);
    }
    let unions = generator::unions(api);
    // A union has no properties of its own in the generator's reading.
    let compared = |fact: &&Fact| !unions.iter().any(|name| fact.is_property_of(name));
    let error = |fact: &Fact, reader| Error::Disagreement {
        place: place(fact, documents),
        says: fact.says.clone(),
        reader,
    };
    let of_first = first.difference(&second).filter(compared).map(|f| error(f, "the generator"));
    let of_second = second.difference(&first).filter(compared).map(|f| error(f, "openapiv3"));
    of_first.chain(of_second).collect()
}

/// Where a fact stands: in the first document that has its place.
fn place(fact: &Fact, documents: &[(&Tree<'_>, &OpenAPI)]) -> Place {
    let found = documents.iter().find_map(|(tree, _)| {
        let mut path = fact.at.iter();
        let node = path.try_fold(&tree.root, |node, key| node.get(key))?;
        Some(tree.place(node))
    });
    found.unwrap_or_else(|| Place {
        file: documents.iter().map(|(tree, _)| tree.file).collect::<Vec<_>>().join(" and "),
        position: Position::default(),
        pointer: fact.at.iter().fold(String::new(), |path, key| crate::document::below(&path, key)),
    })
}
