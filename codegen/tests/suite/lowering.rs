//! What a schema is lowered to, where a small difference would go unseen in a whole fixture.

use atlas_codegen::{Package, Source, client, generate};

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
    // Beside others its properties are kept, without types.
    let beside = format!(
        "{union}    Thing: {{allOf: [{{$ref: \"#/components/schemas/Pet\"}}, {{type: object, properties: {{a: {{type: string}}}}}}]}}\n"
    );
    let types = self::types(&beside).expect("a client");
    assert!(types.contains("pub additional: BTreeMap<String, serde_json::Value>"), "{types}");
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
    let warnings =
        |listed| client(&source(&schemas(listed)), &package("things")).expect("a client").warnings;
    assert_eq!(warnings("Thing"), []);
    let [warning] = &warnings("Cat")[..] else { panic!("expected one warning") };
    assert!(warning.to_string().contains("a union as a part of allOf"), "{warning}");
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

/// What a client is refused for, where this stands in the operation.
fn refused_operation(more: &str) -> Option<String> {
    let operation = format!("operationId: getThing\n      {more}\n");
    let schemas = "    Thing: {type: object}\n";
    let text = with_schemas(schemas).replace("operationId: getThing\n", &operation);
    let source = Source { name: "lowered.yaml".to_owned(), text };
    client(&source, &package("things")).err().map(|errors| errors.to_string())
}

#[test]
fn each_field_of_a_form_has_a_name_and_one_can_be_sent() {
    let form = |schema: &str| {
        let body = format!(
            "requestBody: {{content: {{application/x-www-form-urlencoded: {{schema: {schema}}}}}}}"
        );
        refused_operation(&body)
    };
    let nameless = |refused: Option<String>| {
        refused.is_some_and(|errors| errors.contains("fields that have no name"))
    };
    assert_eq!(form("{type: object, properties: {a: {type: string}}}"), None);
    let open =
        "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}";
    assert!(nameless(form(open)));
    assert!(nameless(form("{type: object, properties: {a: {type: string, readOnly: true}}}")));
}

#[test]
fn callbacks_are_refused_and_their_absence_is_not() {
    assert_eq!(refused_operation("callbacks: {}"), None);
    let some = "callbacks: {done: {\"{$request.query.url}\": {post: {responses: {}}}}}";
    assert!(refused_operation(some).is_some_and(|errors| errors.contains("callbacks")));
}

#[test]
fn a_condition_has_its_three_parts_and_stands_in_a_list_that_has_some() {
    let refused = |conditions: &str| {
        let thing = format!(
            "    Thing: {{type: object, properties: {{a: {{type: string}}, b: {{type: string}}}}, \
             x-required-when: {conditions}}}\n"
        );
        types(&thing).err()
    };
    assert_eq!(refused("[{property: a, equals: X, required: [b]}]"), None);
    for bad in [
        "[]",
        "{property: a}",
        "[{property: a, equals: X}]",
        "[{property: a, equals: X, required: [b], unless: Y}]",
        "[{property: a, equals: X, required: [[b]]}]",
    ] {
        let told = refused(bad).is_some_and(|errors| errors.contains("x-required-when"));
        assert!(told, "{bad}");
    }
}

#[test]
fn a_part_of_all_of_may_be_an_object_without_saying_so() {
    let thing = |part: &str| {
        format!(
            "    Base: {{type: object, properties: {{a: {{type: string}}}}}}\n    \
             Thing: {{allOf: [{{$ref: \"#/components/schemas/Base\"}}, {part}]}}\n"
        )
    };
    for part in ["{required: [a]}", "{type: object}", "{type: object, required: [a]}"] {
        let types = types(&thing(part)).unwrap_or_else(|errors| panic!("{part}: {errors}"));
        let optional = types.contains("Option<String>");
        assert_eq!(optional, part == "{type: object}", "{types}");
    }
    let refused = types(&thing("{type: string}")).expect_err("no client");
    assert!(refused.contains("a part of allOf that is no object"), "{refused}");
}

#[test]
fn a_parameter_is_written_where_its_style_is_defined() {
    const OBJECT: &str = "{type: object, properties: {a: {type: string}}}";
    const LIST: &str = "{type: array, items: {type: string}}";
    const WORD: &str = "{type: string}";
    const OPEN: &str = "{type: object, additionalProperties: {type: string}}";
    const DEEP: &str = "{type: object, properties: {a: {type: string}}, additionalProperties: {type: array, items: {type: string}}}";
    for (location, style, explode, schema, written) in [
        ("query", "form", true, WORD, true),
        ("query", "form", false, LIST, true),
        ("query", "form", true, OBJECT, true),
        ("query", "form", true, OPEN, true),
        ("query", "form", true, DEEP, false),
        ("query", "form", false, OBJECT, false),
        ("cookie", "form", true, OBJECT, false),
        ("header", "simple", false, WORD, true),
        ("header", "simple", false, LIST, true),
        ("header", "simple", true, OBJECT, false),
        ("query", "simple", true, WORD, false),
        ("query", "deepObject", true, OBJECT, true),
        ("query", "deepObject", true, DEEP, false),
        ("query", "deepObject", true, WORD, false),
        ("cookie", "deepObject", true, OBJECT, false),
        ("query", "spaceDelimited", false, LIST, true),
        ("query", "spaceDelimited", true, LIST, false),
        ("query", "spaceDelimited", false, WORD, false),
        ("header", "spaceDelimited", false, LIST, false),
        ("query", "pipeDelimited", false, LIST, true),
        ("query", "pipeDelimited", true, LIST, false),
        ("query", "pipeDelimited", false, WORD, false),
        ("header", "pipeDelimited", false, LIST, false),
    ] {
        let refused = refused_operation(&format!(
            "parameters: [{{name: p, in: {location}, style: {style}, explode: {explode}, schema: {schema}}}]"
        ));
        let told = format!("{style} {explode} of {schema} in a {location}: {refused:?}");
        assert_eq!(refused.is_none(), written, "{told}");
        assert!(refused.is_none_or(|errors| errors.contains("the style")), "{told}");
    }
}

#[test]
fn a_parameter_by_content_is_json_in_a_query_or_a_header() {
    for (location, content, written) in [
        ("query", "application/json: {schema: {type: string}}", true),
        ("header", "application/json: {schema: {type: string}}", true),
        ("cookie", "application/json: {schema: {type: string}}", false),
        ("query", "application/xml: {schema: {type: string}}", false),
        ("query", "application/json: {}", false),
        (
            "query",
            "a/json: {schema: {type: string}}, application/json: {schema: {type: string}}",
            false,
        ),
    ] {
        let refused = refused_operation(&format!(
            "parameters: [{{name: p, in: {location}, content: {{{content}}}}}]"
        ));
        assert_eq!(refused.is_none(), written, "{content} in a {location}: {refused:?}");
    }
}

#[test]
fn a_parameter_that_can_not_be_written_is_text_where_that_is_allowed() {
    let allowed = Package { allow_unsupported: true, ..package("things") };
    let parameters = "operationId: getThing\n      parameters:\n        \
                      - {name: deep, in: query, style: deepObject, schema: {type: array, items: {type: string}}}\n        \
                      - {name: xml, in: query, content: {application/xml: {}}}\n";
    let text =
        with_schemas("    Thing: {type: object}\n").replace("operationId: getThing\n", parameters);
    let files = client(&Source { name: "lowered.yaml".to_owned(), text }, &allowed);
    let files = files.unwrap_or_else(|errors| panic!("{errors}")).files;
    for name in ["deep", "xml"] {
        let field = format!("pub {name}: Option<String>");
        assert!(files.iter().any(|file| file.text.contains(&field)), "{field}");
    }
}

#[test]
fn items_of_an_unknown_kind_may_be_null() {
    let contract = |list: &str| {
        let thing = format!("    Thing: {{type: object, properties: {{a: {list}}}}}\n");
        generate(&sources(source(&thing))).expect("a contract")
    };
    assert!(contract("{type: array}") == contract("{type: array, items: {nullable: true}}"));
    assert!(contract("{type: array}") != contract("{type: array, items: {}}"));
}

#[test]
fn what_has_no_type_is_of_the_type_that_its_keywords_are_for() {
    let thing = |schema: &str| {
        types(&format!("    Thing: {{type: object, properties: {{a: {schema}}}}}\n"))
    };
    for (bare, typed) in [
        ("{properties: {b: {type: string}}}", "{type: object, properties: {b: {type: string}}}"),
        (
            "{additionalProperties: {type: string}}",
            "{type: object, additionalProperties: {type: string}}",
        ),
        ("{items: {type: string}}", "{type: array, items: {type: string}}"),
        ("{enum: [A, B]}", "{type: string, enum: [A, B]}"),
        ("{type: string, enum: [A, B]}", "{type: string, enum: [A, B, A]}"),
    ] {
        let bare_types = thing(bare).expect("a client");
        assert_eq!(bare_types, thing(typed).expect("a client"), "{bare}");
        assert_ne!(bare_types, thing("{}").expect("a client"), "{bare}");
    }
}

#[test]
fn parameters_are_told_apart_by_place_and_lists_hold_what_their_items_refer_to() {
    let schemas = "    Word: {type: string}\n    Thing: {type: object}\n";
    let text = with_schemas(schemas).replace(
        "    get:\n",
        "    parameters:\n      - {name: mark, in: header, schema: {type: string}}\n      \
         - {name: size, in: query, schema: {type: string}}\n    get:\n",
    );
    let text = text.replace(
        "operationId: getThing\n",
        "operationId: getThing\n      parameters:\n        \
         - {name: mark, in: query, schema: {type: string}}\n        \
         - {name: size, in: query, schema: {type: integer, format: int32}}\n        \
         - {name: words, in: query, schema: {type: array, items: {$ref: \"#/components/schemas/Word\"}}}\n",
    );
    let source = Source { name: "lowered.yaml".to_owned(), text };
    let files =
        client(&source, &package("things")).unwrap_or_else(|errors| panic!("{errors}")).files;
    let text: String = files.into_iter().map(|file| file.text).collect();
    for field in ["pub size: Option<i32>", "pub words: Option<Vec<String>>"] {
        assert!(text.contains(field), "{field}");
    }
    assert!(!text.contains("pub size: Option<String>"));
    // One in the header, one in the query: neither takes the other's place.
    assert_eq!(text.matches("pub mark").count(), 2, "{text}");
}

#[test]
fn two_values_of_one_shape_make_one_variant() {
    let schemas = "    Cat: {type: object, properties: {kind: {type: string}}}\n    \
                   Dog: {type: object, properties: {kind: {type: string}}}\n    \
                   Thing: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind, \
                   mapping: {CAT: Cat, TOMCAT: Cat, DOG: Dog}}}\n";
    let types = types(schemas).expect("a client");
    let start = types.find("pub enum Thing").expect("the union");
    let union = &types[start..start + types[start..].find("\n}").expect("its end")];
    assert_eq!(union.matches("Cat(Box<Cat>)").count(), 1, "{union}");
    assert!(union.contains("Dog"), "{union}");
}

#[test]
fn a_media_type_is_printable_ascii() {
    let body = |media_type: &str| {
        refused_operation(&format!(
            "requestBody: {{content: {{\"{media_type}\": {{schema: {{type: object}}}}}}}}"
        ))
    };
    assert_eq!(body("application/json"), None);
    for bad in ["application/js\\ton", "application/jsön"] {
        assert!(body(bad).is_some_and(|errors| errors.contains("a media type")), "{bad}");
    }
}

#[test]
fn only_enumerations_become_one_enumeration() {
    let thing = |shapes: &str| {
        types(&format!("    Thing: {{type: object, properties: {{a: {{oneOf: [{shapes}]}}}}}}\n"))
    };
    let merged = thing("{type: string, enum: [A]}, {type: string, enum: [B]}").expect("a client");
    assert_eq!(merged, thing("{type: string, enum: [A, B]}").expect("a client"));
    for open in ["{type: string}", "{type: integer}"] {
        let with_open = thing(&format!("{{type: string, enum: [A, B]}}, {open}"));
        assert_ne!(with_open.expect("a client"), merged, "{open}");
    }
}

#[test]
fn a_property_beside_one_of_is_in_each_shape_or_would_be_lost() {
    let pet = |more: &str| {
        types(&format!(
            "    Cat: {{type: object, properties: {{kind: {{type: string, enum: [CAT]}}, name: {{type: string}}}}}}\n    \
             Dog: {{type: object, properties: {{kind: {{type: string, enum: [DOG]}}{more}}}}}\n    \
             Thing: {{properties: {{name: {{type: string}}}}, oneOf: [{{$ref: \"#/components/schemas/Cat\"}}, \
             {{$ref: \"#/components/schemas/Dog\"}}]}}\n"
        ))
    };
    pet(", name: {type: string}").expect("a client");
    let refused = pet("").expect_err("no client");
    assert!(refused.contains("the property `name` beside oneOf"), "{refused}");
}

#[test]
fn values_of_an_enumeration_of_texts_are_as_they_are_written() {
    let thing = |values: &str| {
        types(&format!(
            "    Thing: {{type: object, properties: {{a: {{type: string, enum: [{values}]}}}}}}\n"
        ))
    };
    let bare = thing("1.10, 007, 2e3, yes, true, 2024-01-01").expect("a client");
    assert_eq!(bare, thing("'1.10', '007', '2e3', 'yes', 'true', '2024-01-01'").expect("a client"));
    assert!(bare.contains("\"1.10\"") && bare.contains("\"007\""), "{bare}");
}

#[test]
fn a_reference_leads_anywhere_in_the_document() {
    let text = with_schemas("    Thing: {$ref: '#/x-shapes/Thing'}\n")
        + "x-shapes: {Thing: {type: object, properties: {a: {$ref: '#/x-shapes/Word'}}}, Word: {type: string, nullabel: true}}\n";
    let refused = |text: String| {
        let source = Source { name: "lowered.yaml".to_owned(), text };
        client(&source, &package("things")).err().map(|errors| errors.to_string())
    };
    assert_eq!(refused(text.replace(", nullabel: true", "")), None);
    // What is reached is held to OpenAPI as all else is.
    let told = refused(text).expect("an error");
    assert!(told.contains("at /x-shapes/Word/nullabel: expected one of"), "{told}");
}
