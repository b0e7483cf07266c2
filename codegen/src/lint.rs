//! What openapiv3 passes over in silence: unknown keys, unknown types, siblings of `$ref`.

use crate::error::Error;
use crate::load::{Node, Places, below};

/// The kinds of objects in a document, each with the keys that it may have.
#[derive(Clone, Copy)]
enum Shape {
    Document,
    Paths,
    PathItem,
    Operation,
    Components,
    Parameters,
    Parameter,
    RequestBody,
    Responses,
    Response,
    Contents,
    MediaType,
    Schemas,
    Schema,
    /// Checked by its type alone.
    Free,
}

impl Shape {
    /// The keys of an object of this shape and the shape of each value; `None`: any key.
    fn keys(self) -> Option<&'static [(&'static str, Self)]> {
        use Shape::*;
        Some(match self {
            Document => &[
                ("openapi", Free),
                ("info", Free),
                ("servers", Free),
                ("paths", Paths),
                ("components", Components),
                ("security", Free),
                ("tags", Free),
                ("externalDocs", Free),
            ],
            PathItem => &[
                ("summary", Free),
                ("description", Free),
                ("get", Operation),
                ("put", Operation),
                ("post", Operation),
                ("delete", Operation),
                ("options", Operation),
                ("head", Operation),
                ("patch", Operation),
                ("trace", Operation),
                ("servers", Free),
                ("parameters", Parameters),
            ],
            Operation => &[
                ("tags", Free),
                ("summary", Free),
                ("description", Free),
                ("externalDocs", Free),
                ("operationId", Free),
                ("parameters", Parameters),
                ("requestBody", RequestBody),
                ("responses", Responses),
                ("callbacks", Free),
                ("deprecated", Free),
                ("security", Free),
                ("servers", Free),
            ],
            Components => &[
                ("schemas", Schemas),
                ("responses", Responses),
                ("parameters", Parameters),
                ("examples", Free),
                ("requestBodies", Free),
                ("headers", Free),
                ("securitySchemes", Free),
                ("links", Free),
                ("callbacks", Free),
            ],
            Parameter => &[
                ("name", Free),
                ("in", Free),
                ("description", Free),
                ("required", Free),
                ("deprecated", Free),
                ("allowEmptyValue", Free),
                ("style", Free),
                ("explode", Free),
                ("allowReserved", Free),
                ("schema", Schema),
                ("example", Free),
                ("examples", Free),
                ("content", Contents),
            ],
            RequestBody => &[("description", Free), ("content", Contents), ("required", Free)],
            Response => {
                &[("description", Free), ("headers", Free), ("content", Contents), ("links", Free)]
            }
            MediaType => {
                &[("schema", Schema), ("example", Free), ("examples", Free), ("encoding", Free)]
            }
            Schema => &[
                ("title", Free),
                ("multipleOf", Free),
                ("maximum", Free),
                ("exclusiveMaximum", Free),
                ("minimum", Free),
                ("exclusiveMinimum", Free),
                ("maxLength", Free),
                ("minLength", Free),
                ("pattern", Free),
                ("maxItems", Free),
                ("minItems", Free),
                ("uniqueItems", Free),
                ("maxProperties", Free),
                ("minProperties", Free),
                ("required", Free),
                ("enum", Free),
                ("type", Free),
                ("allOf", Free),
                ("oneOf", Free),
                ("anyOf", Free),
                ("not", Free),
                ("items", Schema),
                ("properties", Schemas),
                ("additionalProperties", Free),
                ("description", Free),
                ("format", Free),
                ("default", Free),
                ("nullable", Free),
                ("discriminator", Free),
                ("readOnly", Free),
                ("writeOnly", Free),
                ("xml", Free),
                ("externalDocs", Free),
                ("example", Free),
                ("deprecated", Free),
            ],
            Paths | Parameters | Responses | Contents | Schemas | Free => return None,
        })
    }

    /// The shape of the values where keys are free.
    const fn element(self) -> Self {
        match self {
            Self::Paths => Self::PathItem,
            Self::Parameters => Self::Parameter,
            Self::Responses => Self::Response,
            Self::Contents => Self::MediaType,
            Self::Schemas => Self::Schema,
            _ => Self::Free,
        }
    }
}

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// Lints a whole document.
pub(crate) fn document(root: &Node, places: &Places) -> Result<(), Error> {
    let Node::Mapping(entries) = root else {
        return Err(unexpected(
            places,
            "",
            "an OpenAPI document, which is a mapping",
            "something else",
        ));
    };
    match entries.iter().find(|(key, _)| key == "openapi") {
        Some((_, Node::Text(version))) if version.starts_with("3.0.") => {}
        Some((_, Node::Text(version))) => {
            return Err(unexpected(places, "/openapi", "OpenAPI 3.0", &format!("`{version}`")));
        }
        _ => return Err(unexpected(places, "", "the key `openapi`", "none")),
    }
    lint(Shape::Document, root, "", places)
}

fn lint(shape: Shape, node: &Node, pointer: &str, places: &Places) -> Result<(), Error> {
    match node {
        Node::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                lint(shape.element(), item, &below(pointer, &index.to_string()), places)?;
            }
        }
        Node::Mapping(entries) => mapping(shape, entries, pointer, places)?,
        Node::Text(_) | Node::Other => {}
    }
    Ok(())
}

fn mapping(
    shape: Shape,
    entries: &[(String, Node)],
    pointer: &str,
    places: &Places,
) -> Result<(), Error> {
    if entries.iter().any(|(key, _)| key == "$ref") && !matches!(shape, Shape::Free) {
        if let Some((sibling, _)) = entries.iter().find(|(key, _)| key != "$ref") {
            let got = format!("`{sibling}` beside it, which OpenAPI 3.0 ignores");
            return Err(unexpected(places, &below(pointer, sibling), "`$ref` alone", &got));
        }
        return Ok(());
    }
    for (key, value) in entries {
        let child = below(pointer, key);
        let shape = match shape.keys() {
            None => shape.element(),
            Some(_) if key.starts_with("x-") => continue,
            Some(known) => match known.iter().find(|(name, _)| name == key) {
                Some((_, shape)) => *shape,
                None => {
                    let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
                    let expected = format!("one of {}", names.join(", "));
                    return Err(unexpected(places, &child, &expected, &format!("the key `{key}`")));
                }
            },
        };
        if key.starts_with("x-") {
            continue;
        }
        lint(shape, value, &child, places)?;
    }
    if matches!(shape, Shape::Schema)
        && let Some((_, Node::Text(name))) = entries.iter().find(|(key, _)| key == "type")
        && !TYPES.contains(&name.as_str())
    {
        let expected = format!("one of {}", TYPES.join(", "));
        return Err(unexpected(places, &below(pointer, "type"), &expected, &format!("`{name}`")));
    }
    Ok(())
}

fn unexpected(places: &Places, pointer: &str, expected: &str, got: &str) -> Error {
    Error::Unexpected {
        place: places.at(pointer),
        expected: expected.to_owned(),
        got: got.to_owned(),
    }
}
