//! Any document: a client whose source is Rust, or errors that have their place.

use std::collections::BTreeSet;

use atlas_codegen::{Client, Error, Errors, File, Package, Source, client};

use super::Target;
use crate::corpus;

/// The loader and the whole generator, as for a document of somebody else's.
pub static TARGET: Target =
    Target { name: "client", run, seeds, words: &OPENAPI_WORDS, is_json: false };

/// What means something in an OpenAPI document.
pub(super) const OPENAPI_WORDS: [&str; 64] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "type",
    "object",
    "array",
    "string",
    "integer",
    "number",
    "boolean",
    "properties",
    "required",
    "items",
    "enum",
    "default",
    "nullable",
    "additionalProperties",
    "discriminator",
    "propertyName",
    "mapping",
    "format",
    "date-time",
    "int64",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "minLength",
    "maxItems",
    "uniqueItems",
    "readOnly",
    "writeOnly",
    "deprecated",
    "description",
    "x-required-when",
    "'#/components/schemas/Thing'",
    "'#/components/parameters/p'",
    "'#/paths'",
    "components",
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "paths",
    "get",
    "post",
    "operationId",
    "requestBody",
    "content",
    "application/json",
    "application/vnd.x.2024-01-01+json",
    "schema",
    "in",
    "path",
    "query",
    "header",
    "style",
    "explode",
    "security",
    "\"200\"",
    "{}",
    "[]",
];

fn seeds() -> Vec<String> {
    let folders = ["accept", "reject", "unsupported"];
    let fixtures = folders
        .iter()
        .flat_map(|folder| corpus::texts(&format!("codegen/tests/fixtures/{folder}")));
    let own = ["spec/remove_role.openapi.yaml", "spec/project_users.openapi.yaml"];
    fixtures.chain(own.map(corpus::text)).collect()
}

fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let source = Source { name: "any.yaml".to_owned(), text: text.to_owned() };
    let package = |allow_unsupported| Package { name: "any".to_owned(), allow_unsupported };
    match (client(&source, &package(false)), client(&source, &package(true))) {
        (Ok(strict), Ok(allowed)) => {
            assert_eq!(strict.warnings, allowed.warnings, "nothing was unsupported");
            assert_eq!(strict.files, allowed.files, "nothing was unsupported");
            complete(&allowed);
        }
        (Err(errors), Ok(allowed)) => {
            let warned = |error| allowed.warnings.contains(error);
            assert!(errors.0.iter().all(warned), "what is refused would be a warning: {errors}");
            complete(&allowed);
        }
        (Err(errors), Err(fewer)) => {
            placed(&errors);
            placed(&fewer);
        }
        (Ok(_), Err(errors)) => panic!("refused where more is allowed: {errors}"),
    }
}

fn complete(client: &Client) {
    placed(&Errors(client.warnings.clone()));
    sound(&client.files);
}

/// Every file is below the folder, there once, and what its name says.
pub(super) fn sound(files: &[File]) {
    let mut paths = BTreeSet::new();
    for File { path, text } in files {
        let steps = || path.split('/');
        assert!(steps().all(|step| !step.is_empty() && step != "..") && !path.contains('\\'));
        assert!(paths.insert(path.to_lowercase()), "{path} is written twice");
        if path.ends_with(".rs") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        } else if path.ends_with(".toml") {
            text.parse::<toml::Table>().unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        }
    }
}

/// Errors tell where, and none is the generator's own fault.
pub(super) fn placed(errors: &Errors) {
    for error in &errors.0 {
        assert!(!matches!(error, Error::Source { .. }), "{error}");
        let Some(place) = error.place() else {
            assert!(matches!(error, Error::TooLarge), "{error:?} has no place");
            continue;
        };
        let known = place.position.line > 0 && place.position.column > 0;
        assert!(known || !place.pointer.is_empty() || is_whole(error), "no place: {error}");
    }
}

/// Whether an error is about a text as a whole.
fn is_whole(error: &Error) -> bool {
    matches!(error, Error::Read(_) | Error::Unexpected { .. })
}
