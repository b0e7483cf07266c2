//! Both readings agree where they should, and a misreading is found.

use std::path::Path;

use super::{disagreements, read};
use crate::error::Error;
use crate::ir::{Api, Kind, Location, Status};
use crate::lower::Purpose;
use crate::{Document, Source};

const DOCUMENT: &str = r##"openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /things/{thingId}:
    parameters:
      - {name: thingId, in: path, required: true, schema: {type: string}}
    post:
      operationId: changeThing
      parameters:
        - {name: pretty, in: query, schema: {type: boolean}}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: "#/components/schemas/Thing"}}
      responses:
        "200":
          description: The thing.
          content:
            application/json: {schema: {$ref: "#/components/schemas/Thing"}}
        "404": {$ref: "#/components/responses/absent"}
components:
  responses:
    absent: {description: There is none.}
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name: {type: string}
        size: {type: integer}
"##;

/// What both readings disagree about after the generator's was changed.
fn after(tamper: impl FnOnce(&mut Api)) -> Vec<Error> {
    compared(&Source { name: "things.yaml".to_owned(), text: DOCUMENT.to_owned() }, tamper)
}

fn compared(source: &Source, tamper: impl FnOnce(&mut Api)) -> Vec<Error> {
    let document = Document::read(source).unwrap_or_else(|errors| panic!("{errors}"));
    let mut api = Api::default();
    let purpose = Purpose::Client { allow_unsupported: false };
    document.lower_into(purpose, &mut api).unwrap_or_else(|errors| panic!("{errors:?}"));
    tamper(&mut api);
    let second = read(source).unwrap_or_else(|error| panic!("{error}"));
    disagreements(&api, &[(&document.tree, &second)])
}

fn messages(errors: &[Error]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn an_honest_reading_agrees() {
    assert_eq!(messages(&after(|_| {})), [""; 0]);
}

#[test]
fn a_misreading_is_named_with_its_place() {
    let errors = after(|api| api.operations[0].parameters[1].required = true);
    let at = "things.yaml:7:5 at /paths/~1things~1{thingId}/post";
    let end = "reads alone; one of them misreads the document";
    assert_eq!(
        messages(&errors),
        [
            format!("{at}: the required query parameter `pretty` is what the generator {end}"),
            format!("{at}: the optional query parameter `pretty` is what openapiv3 {end}"),
        ]
    );
}

#[test]
fn each_kind_of_misreading_is_found() {
    type Misreading = fn(&mut Api);
    let misreadings: [(&str, Misreading); 12] = [
        ("operation", |api| drop(api.operations.pop())),
        ("operationId", |api| api.operations[0].id.push('s')),
        ("method", |api| api.operations[0].method = "GET".to_owned()),
        ("path", |api| api.operations[0].path.push('s')),
        ("parameter", |api| drop(api.operations[0].parameters.pop())),
        ("location", |api| api.operations[0].parameters[1].location = Location::Header),
        ("body", |api| api.operations[0].body = None),
        ("status", |api| api.operations[0].responses[1].status = Status::Code(405)),
        ("media type", |api| drop(api.operations[0].responses[0].content.pop())),
        ("schema", |api| drop(api.schemas.remove("Thing"))),
        ("required", |api| properties(api)[0].required = false),
        ("property", |api| drop(properties(api).pop())),
    ];
    for (what, tamper) in misreadings {
        assert!(!after(tamper).is_empty(), "{what}");
    }
}

fn properties(api: &mut Api) -> &mut Vec<crate::ir::Property> {
    match api.schemas.get_mut("Thing").map(|schema| &mut schema.kind) {
        Some(Kind::Object { properties, .. }) => properties,
        other => panic!("expected an object, got {other:?}"),
    }
}

/// What a client takes otherwise than it stands there: merged mappings, header fields that OpenAPI has
/// ignored, names for operations without one, paths by reference, and JSON that is no YAML.
const CLIENTS_ALONE: [&str; 5] = [
    "aliases.yaml",
    "described_elsewhere.yaml",
    "no_operation_id.yaml",
    "reference_into_a_schema.yaml",
    "surrogate_pair.yaml",
];

#[test]
fn both_readings_of_each_fixture_agree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/accept");
    let mut compared_any = false;
    for entry in std::fs::read_dir(folder).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        if CLIENTS_ALONE.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("the fixture");
        let source = Source { name: path.display().to_string(), text };
        assert_eq!(messages(&compared(&source, |_| {})), [""; 0]);
        compared_any = true;
    }
    assert!(compared_any);
}

#[test]
#[ignore = "needs the published document, which is not part of the repository; .ci/run runs it"]
fn both_readings_of_the_whole_document_agree() {
    let path = std::env::var("ATLAS_DOCUMENT").expect("ATLAS_DOCUMENT names the document");
    let text = std::fs::read_to_string(&path).expect("the document");
    assert_eq!(messages(&compared(&Source { name: path, text }, |_| {})), [""; 0]);
}
