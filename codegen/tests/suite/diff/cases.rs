//! One change each: what is found, and whom it breaks, there and back.

use std::fmt::Write as _;

use atlas_codegen::source_map::{Document, read};
use atlas_codegen::spec_tools::diff::{Change, Rule, changes};

/// Schemas before and after; each is tried as a property of a request and of a response.
const SCHEMAS: &[(&str, &str, &str)] = &[
    ("type: another", "{type: string}", "{type: boolean}"),
    ("type: wider number", "{type: integer}", "{type: number}"),
    ("type: none before", "{}", "{type: string}"),
    ("format: added", "{type: string}", "{type: string, format: email}"),
    ("format: wider", "{type: integer, format: int32}", "{type: integer, format: int64}"),
    ("format: another", "{type: string, format: date}", "{type: string, format: email}"),
    ("pattern: added", "{type: string}", "{type: string, pattern: ^a$}"),
    ("pattern: another", "{type: string, pattern: ^a$}", "{type: string, pattern: ^b$}"),
    ("enum: a further value", "{type: string, enum: [A]}", "{type: string, enum: [A, B]}"),
    ("enum: another value", "{type: string, enum: [A, B]}", "{type: string, enum: [A, C]}"),
    ("enum: added", "{type: string}", "{type: string, enum: [A]}"),
    ("enum: another order", "{type: string, enum: [A, B]}", "{type: string, enum: [B, A]}"),
    ("length: shorter", "{type: string, maxLength: 9}", "{type: string, maxLength: 8}"),
    ("length: at least none", "{type: string}", "{type: string, minLength: 0}"),
    ("minimum: greater", "{type: integer, minimum: 1}", "{type: integer, minimum: 2}"),
    (
        "minimum: exclusive",
        "{type: integer, minimum: 1}",
        "{type: integer, minimum: 1, exclusiveMinimum: true}",
    ),
    ("minimum: written otherwise", "{type: number, minimum: 1}", "{type: number, minimum: 1.0}"),
    ("multiple: of a multiple", "{type: integer, multipleOf: 2}", "{type: integer, multipleOf: 4}"),
    ("multiple: of another", "{type: integer, multipleOf: 2}", "{type: integer, multipleOf: 3}"),
    ("items: more at least", "{type: array, minItems: 1}", "{type: array, minItems: 2}"),
    ("items: distinct", "{type: array}", "{type: array, uniqueItems: true}"),
    (
        "items: another type",
        "{type: array, items: {type: string}}",
        "{type: array, items: {type: integer}}",
    ),
    ("items: typed", "{type: array}", "{type: array, items: {type: string}}"),
    ("null: allowed", "{type: string}", "{type: string, nullable: true}"),
    ("default: another", "{type: string, default: a}", "{type: string, default: b}"),
    ("deprecated", "{type: string}", "{type: string, deprecated: true}"),
    ("not: added", "{type: string}", "{type: string, not: {enum: [A]}}"),
    ("property: optional", "{type: object}", "{type: object, properties: {a: {type: string}}}"),
    (
        "property: required",
        "{type: object}",
        "{type: object, required: [a], properties: {a: {type: string}}}",
    ),
    (
        "property: to a closed object",
        "{type: object, additionalProperties: false}",
        "{type: object, additionalProperties: false, properties: {a: {type: string}}}",
    ),
    (
        "property: now required",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, required: [a], properties: {a: {type: string}}}",
    ),
    (
        "property: now read-only",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string, readOnly: true}}}",
    ),
    (
        "property: now write-only",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string, writeOnly: true}}}",
    ),
    ("properties: closed", "{type: object}", "{type: object, additionalProperties: false}"),
    ("properties: typed", "{type: object}", "{type: object, additionalProperties: {type: string}}"),
    (
        "properties: typed otherwise",
        "{type: object, additionalProperties: {type: string}}",
        "{type: object, additionalProperties: {type: string, maxLength: 5}}",
    ),
    (
        "allOf: the same, put together",
        "{type: object, required: [a], properties: {a: {type: string, maxLength: 5}}}",
        "{allOf: [{type: object, properties: {a: {type: string}}}, {required: [a], properties: {a: {maxLength: 5}}}]}",
    ),
    (
        "allOf: a tighter part",
        "{allOf: [{type: string, maxLength: 9}]}",
        "{allOf: [{type: string, maxLength: 9}, {maxLength: 8}]}",
    ),
    (
        "oneOf: a further member",
        "{oneOf: [{$ref: '#/components/schemas/Cat'}]}",
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}",
    ),
    (
        "oneOf: the one that was there, and another",
        "{$ref: '#/components/schemas/Cat'}",
        "{oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}]}",
    ),
    (
        "oneOf: a member that changed",
        "{oneOf: [{type: object, properties: {a: {type: string}}}]}",
        "{oneOf: [{type: object, properties: {a: {type: integer}}}]}",
    ),
    ("oneOf: now anyOf", "{oneOf: [{type: string}]}", "{anyOf: [{type: string}]}"),
    (
        "oneOf: from nothing like it",
        "{type: object}",
        "{oneOf: [{$ref: '#/components/schemas/Dog'}]}",
    ),
    (
        "discriminator: written out as one object",
        "{$ref: '#/components/schemas/Pet'}",
        "{type: object, required: [kind], properties: {kind: {type: string, enum: [cat, dog]}, lives: {type: integer}, barks: {type: boolean}}, x-required-when: [{property: kind, equals: cat, required: [lives]}]}",
    ),
    (
        "discriminator: a member with more values",
        "{$ref: '#/components/schemas/Pet'}",
        "{$ref: '#/components/schemas/PetOrWolf'}",
    ),
    (
        "discriminator: another property",
        "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}",
        "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: name}}",
    ),
    (
        "condition: for a further value",
        "{type: object, properties: {k: {type: string, enum: [A, B, C]}, a: {type: string}}, x-required-when: [{property: k, equals: A, required: [a]}]}",
        "{type: object, properties: {k: {type: string, enum: [A, B, C]}, a: {type: string}}, x-required-when: [{property: k, equals: A, required: [a]}, {property: k, equals: B, required: [a]}]}",
    ),
    (
        "condition: for another value",
        "{type: object, properties: {k: {type: string, enum: [A, B, C]}, a: {type: string}}, x-required-when: [{property: k, equals: A, required: [a]}]}",
        "{type: object, properties: {k: {type: string, enum: [A, B, C]}, a: {type: string}}, x-required-when: [{property: k, equals: B, required: [a]}]}",
    ),
    (
        "condition: for every value is always",
        "{type: object, properties: {k: {type: string, enum: [A, B]}}, required: [a]}",
        "{type: object, properties: {k: {type: string, enum: [A, B]}}, x-required-when: [{property: k, equals: A, required: [a]}, {property: k, equals: B, required: [a]}]}",
    ),
    (
        "circle: a change inside",
        "{$ref: '#/components/schemas/Tree'}",
        "{$ref: '#/components/schemas/TreeOfNumbers'}",
    ),
    (
        "circle: an array of itself",
        "{type: object}",
        "{type: object, properties: {a: {$ref: '#/components/schemas/Lists'}}}",
    ),
    (
        "what binds nobody",
        "{type: string, description: One., example: a, x-order: 1}",
        "{type: string, description: Two., example: b, x-order: 2, title: T, externalDocs: {url: u}}",
    ),
];

/// Operations before and after, without their ids.
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("status: of an error", OK, "{responses: {'200': {description: d}, '429': {description: d}}}"),
    ("status: of success", OK, "{responses: {'200': {description: d}, '202': {description: d}}}"),
    ("media type: a further one", TYPES_1, TYPES_2),
    ("media type: another", TYPES_1, TYPES_3),
    (
        "media type: letter case",
        TYPES_1,
        "{responses: {'200': {description: d, content: {A/V1: {schema: {type: string}}}}}}",
    ),
    (
        "media types: a change in one of two",
        TYPES_2,
        "{responses: {'200': {description: d, content: {a/v1: {schema: {type: string}}, a/v2: {schema: {type: integer}}}}}}",
    ),
    (
        "a body that HTTP doesn't let through",
        "{responses: {'204': {description: d}}}",
        "{responses: {'204': {description: d, content: {a/v1: {}}}}}",
    ),
    (
        "header: optional",
        OK,
        "{responses: {'200': {description: d, headers: {X-A: {schema: {type: string}}}}}}",
    ),
    (
        "header: required",
        OK,
        "{responses: {'200': {description: d, headers: {X-A: {required: true, schema: {type: string}}}}}}",
    ),
    (
        "header: now required, name in another case",
        "{responses: {'200': {description: d, headers: {X-A: {schema: {type: string}}}}}}",
        "{responses: {'200': {description: d, headers: {x-a: {required: true, schema: {type: string}}}}}}",
    ),
    (
        "one schema in two answers",
        "{responses: {'400': {$ref: '#/components/responses/Old'}, '404': {$ref: '#/components/responses/Old'}}}",
        "{responses: {'400': {$ref: '#/components/responses/New'}, '404': {$ref: '#/components/responses/New'}}}",
    ),
    (
        "body: required",
        OK,
        "{requestBody: {required: true, content: {a/b: {}}}, responses: {'200': {description: d}}}",
    ),
    ("body: optional", OK, BODY),
    (
        "body: now required",
        BODY,
        "{requestBody: {required: true, content: {a/b: {}}}, responses: {'200': {description: d}}}",
    ),
    ("parameter: optional", OK, QUERY),
    (
        "parameter: required",
        OK,
        "{parameters: [{name: q, in: query, required: true, schema: {type: string}}], responses: {'200': {description: d}}}",
    ),
    (
        "parameter: now required",
        QUERY,
        "{parameters: [{name: q, in: query, required: true, schema: {type: string}}], responses: {'200': {description: d}}}",
    ),
    (
        "parameter: moved",
        QUERY,
        "{parameters: [{name: q, in: header, schema: {type: string}}], responses: {'200': {description: d}}}",
    ),
    (
        "parameter: another default",
        "{parameters: [{name: q, in: query, schema: {type: boolean, default: false}}], responses: {'200': {description: d}}}",
        "{parameters: [{name: q, in: query, schema: {type: boolean, default: true}}], responses: {'200': {description: d}}}",
    ),
    (
        "parameter: written otherwise",
        "{parameters: [{name: q, in: query, schema: {type: array}}], responses: {'200': {description: d}}}",
        "{parameters: [{name: q, in: query, explode: false, schema: {type: array}}], responses: {'200': {description: d}}}",
    ),
    (
        "parameter: defaults of style, spelt out",
        QUERY,
        "{parameters: [{name: q, in: query, style: form, explode: true, required: false, schema: {type: string}}], responses: {'200': {description: d}}}",
    ),
    (
        "parameter: through a reference",
        QUERY,
        "{parameters: [{$ref: '#/components/parameters/q'}], responses: {'200': {description: d}}}",
    ),
    (
        "parameter: header that OpenAPI ignores",
        OK,
        "{parameters: [{name: Accept, in: header, schema: {type: string}}], responses: {'200': {description: d}}}",
    ),
    ("deprecated", OK, "{deprecated: true, responses: {'200': {description: d}}}"),
    (
        "security: a further way",
        "{security: [{One: []}], responses: {}}",
        "{security: [{One: []}, {Two: []}], responses: {}}",
    ),
    (
        "security: none asked for",
        "{security: [{One: []}], responses: {}}",
        "{security: [], responses: {}}",
    ),
    (
        "security: both at once",
        "{security: [{One: []}], responses: {}}",
        "{security: [{One: [], Two: []}], responses: {}}",
    ),
    (
        "security: a scope",
        "{security: [{Three: []}], responses: {}}",
        "{security: [{Three: [read]}], responses: {}}",
    ),
    (
        "servers",
        OK,
        "{servers: [{url: https://example.com}], responses: {'200': {description: d}}}",
    ),
    ("callbacks", OK, "{callbacks: {done: {}}, responses: {'200': {description: d}}}"),
    (
        "what binds nobody",
        OK,
        "{summary: S, description: D, tags: [t], x-a: 1, responses: {'200': {description: another}}}",
    ),
];

const OK: &str = "{responses: {'200': {description: d}}}";
const BODY: &str = "{requestBody: {content: {a/b: {}}}, responses: {'200': {description: d}}}";
const QUERY: &str = "{parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: d}}}";
const TYPES_1: &str =
    "{responses: {'200': {description: d, content: {a/v1: {schema: {type: string}}}}}}";
const TYPES_2: &str = "{responses: {'200': {description: d, content: {a/v1: {schema: {type: string}}, a/v2: {schema: {type: string}}}}}}";
const TYPES_3: &str =
    "{responses: {'200': {description: d, content: {a/v2: {schema: {type: string}}}}}}";

/// Paths before and after.
const PATHS: &[(&str, &str, &str)] = &[
    ("operation: added", "{}", "{/a: {get: {operationId: one, responses: {}}}}"),
    (
        "operation: moved",
        "{/a: {get: {operationId: one, responses: {}}}}",
        "{/b: {get: {operationId: one, responses: {}}}}",
    ),
    (
        "operation: another method",
        "{/a: {get: {operationId: one, responses: {}}}}",
        "{/a: {post: {operationId: one, responses: {}}}}",
    ),
    (
        "operation: another id",
        "{/a: {get: {operationId: one, responses: {}}}}",
        "{/a: {get: {operationId: two, responses: {}}}}",
    ),
    (
        "operation: two that change places",
        "{/a: {get: {operationId: one, responses: {}}}, /b: {get: {operationId: two, responses: {}}}}",
        "{/a: {get: {operationId: two, responses: {}}}, /b: {get: {operationId: one, responses: {}}}}",
    ),
    (
        "operation: no id",
        "{/a: {get: {responses: {'200': {description: d}}}}}",
        "{/a: {get: {responses: {}}}}",
    ),
    (
        "path parameter: another name",
        "{'/a/{x}': {get: {operationId: one, parameters: [{name: x, in: path, required: true, schema: {type: string}}], responses: {}}}}",
        "{'/a/{y}': {get: {operationId: one, parameters: [{name: y, in: path, required: true, schema: {type: string}}], responses: {}}}}",
    ),
    (
        "parameter: of the path instead of the operation",
        "{/a: {get: {operationId: one, parameters: [{name: q, in: query, schema: {type: string}}], responses: {}}}}",
        "{/a: {parameters: [{name: q, in: query, schema: {type: string}}], get: {operationId: one, responses: {}}}}",
    ),
];

const COMPONENTS: &str = r"
components:
  parameters:
    q: {name: q, in: query, schema: {type: string}}
  responses:
    Old: {description: d, content: {application/json: {schema: {type: string}}}}
    New: {description: d, content: {application/json: {schema: {type: string, maxLength: 5}}}}
  securitySchemes:
    One: {type: http, scheme: digest}
    Two: {type: apiKey, in: header, name: X-Key}
    Three: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://example.com, scopes: {}}}}
  schemas:
    Cat:
      type: object
      properties: {kind: {type: string}, name: {type: string}}
    Dog:
      type: object
      properties: {kind: {type: string}, barks: {type: boolean}}
    Pet:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      oneOf: [{$ref: '#/components/schemas/PetCat'}, {$ref: '#/components/schemas/PetDog'}]
      discriminator:
        propertyName: kind
        mapping: {cat: '#/components/schemas/PetCat', dog: PetDog}
    PetCat:
      allOf:
        - $ref: '#/components/schemas/Pet'
        - {type: object, required: [lives], properties: {lives: {type: integer}}}
    PetDog:
      allOf:
        - $ref: '#/components/schemas/Pet'
        - {type: object, properties: {barks: {type: boolean}}}
    PetOrWolf:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      oneOf: [{$ref: '#/components/schemas/PetCat'}, {$ref: '#/components/schemas/PetDog'}]
      discriminator:
        propertyName: kind
        mapping: {cat: PetCat, dog: PetDog, wolf: PetDog}
    Tree:
      type: object
      properties: {leaf: {type: string}, left: {$ref: '#/components/schemas/Tree'}}
    Lists: {type: array, items: {$ref: '#/components/schemas/Lists'}}
    TreeOfNumbers:
      type: object
      properties: {leaf: {type: integer}, left: {$ref: '#/components/schemas/TreeOfNumbers'}}
";

/// A document with these paths.
fn document(name: &str, paths: &str) -> Document {
    let paths = if paths.starts_with('{') { format!(" {paths}") } else { paths.to_owned() };
    let text =
        format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:{paths}\n{COMPONENTS}");
    read(name, &text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn operation(name: &str, operation: &str) -> Document {
    let inner = operation.trim_start_matches('{');
    document(name, &format!("{{/a: {{post: {{operationId: one, {inner}}}}}"))
}

fn schema(name: &str, schema: &str, is_request: bool) -> Document {
    let body = format!(
        "{{content: {{application/json: {{schema: {{type: object, properties: {{p: {schema}}}}}}}}}"
    );
    operation(
        name,
        &if is_request {
            format!("{{requestBody: {body}}}, responses: {{}}}}")
        } else {
            format!(
                "{{responses: {{'200': {{description: d, {}}}}}}}",
                body.trim_start_matches('{')
            )
        },
    )
}

/// Both directions, in lines; and they have to be each other's mirror.
fn lines(old: &Document, new: &Document, out: &mut String) {
    let there = changes(old, new).unwrap_or_else(|error| panic!("{error}"));
    let back = changes(new, old).unwrap_or_else(|error| panic!("{error}"));
    for (arrow, found) in [("→", &there), ("←", &back)] {
        if found.is_empty() {
            let _ = writeln!(out, "  {arrow} nothing");
        }
        for change in found {
            let _ = writeln!(
                out,
                "  {arrow} {:<6} {}: {}: {} → {}",
                change.breaks.word(),
                change.site,
                change.rule,
                change.old.short(),
                change.new.short()
            );
        }
    }
    let key = |change: &Change| {
        // What moves or is renamed goes by where it is in the later document.
        let is_local = !matches!(
            change.rule,
            Rule::ParameterMoved | Rule::ParameterRenamed | Rule::OperationRenamed
        );
        let site = if is_local { change.site.to_string().to_lowercase() } else { String::new() };
        (
            site,
            change.rule,
            change.old.value.clone(),
            change.new.value.clone(),
            change.breaks.word(),
        )
    };
    let mut one: Vec<_> = there.iter().map(key).collect();
    let mut two: Vec<_> = back
        .iter()
        .map(|change| Change {
            rule: change.rule.mirror(),
            old: change.new.clone(),
            new: change.old.clone(),
            breaks: change.breaks.mirror(),
            ..change.clone()
        })
        .map(|change| key(&change))
        .collect();
    one.sort();
    two.sort();
    assert_eq!(one, two, "the change back is not the mirror\n{out}");
}

#[test]
fn a_schema_changes() {
    let mut out = String::new();
    for (name, old, new) in SCHEMAS {
        let _ = writeln!(out, "{name}");
        for is_request in [true, false] {
            lines(&schema("old", old, is_request), &schema("new", new, is_request), &mut out);
        }
    }
    insta::assert_snapshot!("schemas", out);
}

#[test]
fn an_operation_changes() {
    let mut out = String::new();
    for (name, old, new) in OPERATIONS {
        let _ = writeln!(out, "{name}");
        lines(&operation("old", old), &operation("new", new), &mut out);
    }
    for (name, old, new) in PATHS {
        let _ = writeln!(out, "{name}");
        lines(&document("old", old), &document("new", new), &mut out);
    }
    insta::assert_snapshot!("operations", out);
}

#[test]
fn every_rule_has_a_case() {
    let mut missing: Vec<_> = Rule::ALL.to_vec();
    let mut strike = |old: &Document, new: &Document| {
        for change in changes(old, new).unwrap().into_iter().chain(changes(new, old).unwrap()) {
            missing.retain(|rule| *rule != change.rule);
        }
    };
    for (_, old, new) in SCHEMAS {
        for is_request in [true, false] {
            strike(&schema("old", old, is_request), &schema("new", new, is_request));
        }
    }
    for (_, old, new) in OPERATIONS {
        strike(&operation("old", old), &operation("new", new));
    }
    for (_, old, new) in PATHS {
        strike(&document("old", old), &document("new", new));
    }
    let scheme = |scheme: &str| {
        let text = format!(
            "{{openapi: 3.0.3, security: [{{A: []}}], paths: {{/a: {{get: {{responses: {{}}}}}}}}, components: {{securitySchemes: {{A: {{type: http, scheme: {scheme}}}}}}}}}"
        );
        read("scheme", &text).unwrap()
    };
    strike(&scheme("digest"), &scheme("basic"));
    assert!(missing.is_empty(), "no case leads to {missing:?}");
}
