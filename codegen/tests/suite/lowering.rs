//! What a schema is lowered to, where a small difference would go unseen in a whole fixture.

use atlas_codegen::{Source, client, generate};

use crate::fixtures::{package, sources, with_schemas};

fn source(schemas: &str) -> Source {
    Source { name: "lowered.yaml".to_owned(), text: with_schemas(schemas) }
}

/// The types of a client, or why there is none.
fn types(schemas: &str) -> Result<String, String> {
    let files =
        client(&source(schemas), &package("things")).map_err(|errors| errors.to_string())?;
    let types = files.files.into_iter().filter(|file| file.path.starts_with("src/types"));
    Ok(types.map(|file| file.text).collect())
}

#[test]
fn a_union_alone_in_all_of_is_the_union() {
    let union = "    Cat: {type: object, properties: {kind: {type: string, enum: [CAT]}}}\n    \
                 Dog: {type: object, properties: {kind: {type: string, enum: [DOG]}}}\n    \
                 Pet: {oneOf: [{$ref: \"#/components/schemas/Cat\"}, {$ref: \"#/components/schemas/Dog\"}]}\n";
    let one = format!("{union}    Thing: {{allOf: [{{$ref: \"#/components/schemas/Pet\"}}]}}\n");
    let types = types(&one).expect("a client");
    assert!(types.contains("pub enum Pet"), "{types}");
    // Beside others it has no properties of its own to give.
    let beside = format!(
        "{union}    Thing: {{allOf: [{{$ref: \"#/components/schemas/Pet\"}}, {{type: object, properties: {{a: {{type: string}}}}}}]}}\n"
    );
    let refused = self::types(&beside).expect_err("no client");
    assert!(refused.contains("a part of allOf that is no object"), "{refused}");
}

#[test]
fn a_shape_takes_part_in_its_own_union_alone() {
    let schemas = |listed: &str| {
        format!(
            "    Pet: {{type: object, properties: {{kind: {{type: string}}}}, discriminator: {{propertyName: kind}}, \
             oneOf: [{{$ref: \"#/components/schemas/{listed}\"}}, {{$ref: \"#/components/schemas/Dog\"}}]}}\n    \
             Dog: {{type: object, properties: {{kind: {{type: string}}}}}}\n    \
             Cat: {{type: object, properties: {{kind: {{type: string}}}}}}\n    \
             Thing: {{allOf: [{{$ref: \"#/components/schemas/Pet\"}}, {{type: object, properties: {{a: {{type: string}}}}}}]}}\n"
        )
    };
    types(&schemas("Thing")).expect("a client");
    let refused = types(&schemas("Cat")).expect_err("no client");
    assert!(refused.contains("a union as a part of allOf"), "{refused}");
}

#[test]
fn further_properties_of_any_kind_are_no_part_of_a_contract() {
    let thing = |more: &str| {
        format!("    Thing: {{type: object, properties: {{a: {{type: string}}}}{more}}}\n")
    };
    let contract = |more: &str| generate(&sources(source(&thing(more)))).expect("a contract");
    assert!(contract(", additionalProperties: true") == contract(""));
    // A client keeps them.
    let open = types(&thing(", additionalProperties: true")).expect("a client");
    assert!(open != types(&thing("")).expect("a client"));
}

#[test]
fn a_parameter_that_refers_to_an_enumeration_keeps_its_type() {
    let schemas = "    Colour: {type: string, enum: [RED, BLUE]}\n    Word: {type: string}\n    Thing: {type: object}\n";
    let operation = |schema: &str| {
        let parameter = format!(
            "operationId: getThing\n      parameters: [{{name: shade, in: query, schema: {{$ref: \"#/components/schemas/{schema}\"}}}}]\n"
        );
        let text = with_schemas(schemas).replace("operationId: getThing\n", &parameter);
        let source = Source { name: "lowered.yaml".to_owned(), text };
        let files = client(&source, &package("things")).expect("a client").files;
        let told = files.into_iter().filter(|file| file.text.contains("shade"));
        told.map(|file| file.text).collect::<String>()
    };
    let enumeration = operation("Colour");
    assert!(enumeration.contains("Colour"), "{enumeration}");
    let word = operation("Word");
    assert!(!word.contains("Word") && word.contains("String"), "{word}");
}
