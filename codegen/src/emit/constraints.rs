//! `constraints.rs`: the contract as data.

use crate::emit::writer::{Expression, Writer, literal};
use crate::ir::{
    Api, Content, Kind, Location, Operation, Parameter, Response, Schema, Status, Text,
};
use crate::names::shouty;

type E = Expression;

pub(super) fn emit(api: &Api, w: &mut Writer) {
    w.module_docs("The contract as data: operations and schemas as the documents have them.");
    w.line("");
    w.lines(
        "use crate::contract::{\n    \
             Content, Kind, Location, Operation, Parameter, Property, RequestBody, RequiredWhen, Response,\n    \
             Schema,\n};",
    );
    w.gap();
    w.docs("Every operation.");
    let names =
        api.operations.iter().map(|operation| E::flat(format!("&{}", shouty(&operation.id))));
    statement("pub static OPERATIONS: &[&Operation] = ", &E::slice(names.collect()), w);
    for item in &api.operations {
        w.gap();
        w.docs(&item.docs);
        let head = format!("pub static {}: Operation = ", shouty(&item.id));
        statement(&head, &operation(item), w);
    }
    for (name, schema) in &api.schemas {
        w.gap();
        w.docs(if schema.docs.is_empty() { name } else { &schema.docs });
        statement(&format!("pub static {}: Schema = ", schema_name(name)), &body(name, schema), w);
    }
}

fn statement(head: &str, value: &Expression, w: &mut Writer) {
    w.expression(head, value, ";");
}

fn schema_name(name: &str) -> String {
    format!("{}_SCHEMA", shouty(name))
}

fn text(text: &str) -> Expression {
    E::flat(literal(text))
}

fn texts(texts: &[String]) -> Expression {
    E::slice(texts.iter().map(|item| text(item)).collect())
}

fn operation(operation: &Operation) -> Expression {
    let body = operation.body.as_ref().map(|body| E::Struct {
        name: "RequestBody",
        fields: vec![
            ("required", E::flat(body.required.to_string())),
            ("content", contents(&body.content)),
        ],
    });
    E::Struct {
        name: "Operation",
        fields: vec![
            ("id", text(&operation.id)),
            ("method", text(&operation.method)),
            ("path", text(&operation.path)),
            ("parameters", E::slice(operation.parameters.iter().map(parameter).collect())),
            ("request_body", E::option(body)),
            ("responses", E::slice(operation.responses.iter().filter_map(response).collect())),
            ("security", texts(&operation.security)),
        ],
    }
}

fn parameter(parameter: &Parameter) -> Expression {
    let location = match parameter.location {
        Location::Path => "Location::Path",
        Location::Query => "Location::Query",
        Location::Header => "Location::Header",
        Location::Cookie => "Location::Cookie",
    };
    E::Struct {
        name: "Parameter",
        fields: vec![
            ("name", text(&parameter.name)),
            ("location", E::flat(location)),
            ("required", E::flat(parameter.required.to_string())),
            ("schema", reference(&parameter.schema)),
        ],
    }
}

/// The contract has statuses alone; a document with ranges was refused.
fn response(response: &Response) -> Option<Expression> {
    let Status::Code(status) = response.status else { return None };
    Some(E::Struct {
        name: "Response",
        fields: vec![
            ("status", E::flat(status.to_string())),
            ("content", contents(&response.content)),
        ],
    })
}

fn contents(contents: &[Content]) -> Expression {
    let contents = contents.iter().map(|content| E::Struct {
        name: "Content",
        fields: vec![
            ("media_type", text(&content.media_type)),
            ("schema", E::option(content.schema.as_ref().map(reference))),
        ],
    });
    E::slice(contents.collect())
}

/// A reference to a schema, named or inline.
fn reference(schema: &Schema) -> Expression {
    match &schema.kind {
        Kind::Named(name) => E::flat(format!("&{}", schema_name(name))),
        _ => body("", schema).reference(),
    }
}

fn body(name: &str, schema: &Schema) -> Expression {
    E::Struct {
        name: "Schema",
        fields: vec![
            ("name", text(name)),
            ("nullable", E::flat(schema.nullable.to_string())),
            ("kind", kind(&schema.kind)),
        ],
    }
}

fn kind(kind: &Kind) -> Expression {
    match kind {
        // A document with a union was refused.
        Kind::Named(_) | Kind::Any | Kind::Union(_) => E::flat("Kind::Any"),
        Kind::Boolean => E::flat("Kind::Boolean"),
        Kind::Integer { minimum, maximum, .. } => E::Struct {
            name: "Kind::Integer",
            fields: vec![("minimum", number(minimum)), ("maximum", number(maximum))],
        },
        Kind::Number { minimum, maximum } => {
            let bound = |bound: &Option<f64>| E::option(bound.map(|n| E::flat(format!("{n:?}"))));
            E::Struct {
                name: "Kind::Number",
                fields: vec![("minimum", bound(minimum)), ("maximum", bound(maximum))],
            }
        }
        Kind::Text(text) => string(text),
        Kind::Array { items, min_items, max_items, unique } => E::Struct {
            name: "Kind::Array",
            fields: vec![
                ("items", reference(items)),
                ("min_items", number(min_items)),
                ("max_items", number(max_items)),
                ("unique_items", E::flat(unique.to_string())),
            ],
        },
        Kind::Object { properties, required_when, .. } => {
            let properties = properties.iter().map(|property| E::Struct {
                name: "Property",
                fields: vec![
                    ("name", text(&property.name)),
                    ("required", E::flat(property.required.to_string())),
                    ("schema", reference(&property.schema)),
                ],
            });
            let conditions = required_when.iter().map(|when| E::Struct {
                name: "RequiredWhen",
                fields: vec![
                    ("property", text(&when.property)),
                    ("equals", text(&when.equals)),
                    ("required", texts(&when.required)),
                ],
            });
            E::Struct {
                name: "Kind::Object",
                fields: vec![
                    ("properties", E::slice(properties.collect())),
                    ("required_when", E::slice(conditions.collect())),
                ],
            }
        }
    }
}

fn string(string: &Text) -> Expression {
    let optional = |value: &Option<String>| E::option(value.as_deref().map(text));
    E::Struct {
        name: "Kind::String",
        fields: vec![
            ("format", optional(&string.format)),
            ("pattern", optional(&string.pattern)),
            ("min_length", number(&string.min_length)),
            ("max_length", number(&string.max_length)),
            ("values", texts(&string.values)),
        ],
    }
}

fn number(number: &Option<impl ToString>) -> Expression {
    E::option(number.as_ref().map(|number| E::flat(number.to_string())))
}
