//! What is no OpenAPI, and openapiv3 would pass over in silence: unknown keys, unknown types, siblings of `$ref`.

use crate::document::{Node, Tree, Value};
use crate::error::Error;

/// The kinds of objects in a document, each with the keys that it may have.
#[derive(Clone, Copy)]
enum Shape {
    Document,
    Paths,
    PathItem,
    Operation,
    Components,
    /// A list of parameters.
    ParameterList,
    Parameters,
    Parameter,
    RequestBodies,
    RequestBody,
    Responses,
    Response,
    Contents,
    MediaType,
    Schemas,
    /// A list of schemas.
    SchemaList,
    Schema,
    /// A schema, or whether anything goes.
    SchemaOrBoolean,
    Headers,
    Header,
    Discriminator,
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
                ("parameters", ParameterList),
            ],
            Operation => &[
                ("tags", Free),
                ("summary", Free),
                ("description", Free),
                ("externalDocs", Free),
                ("operationId", Free),
                ("parameters", ParameterList),
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
                ("requestBodies", RequestBodies),
                ("headers", Headers),
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
            Response => &[
                ("description", Free),
                ("headers", Headers),
                ("content", Contents),
                ("links", Free),
            ],
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
                ("allOf", SchemaList),
                ("oneOf", SchemaList),
                ("anyOf", SchemaList),
                ("not", Schema),
                ("items", Schema),
                ("properties", Schemas),
                ("additionalProperties", SchemaOrBoolean),
                ("description", Free),
                ("format", Free),
                ("default", Free),
                ("nullable", Free),
                ("discriminator", Discriminator),
                ("readOnly", Free),
                ("writeOnly", Free),
                ("xml", Free),
                ("externalDocs", Free),
                ("example", Free),
                ("deprecated", Free),
            ],
            Header => &[
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
            Discriminator => &[("propertyName", Free), ("mapping", Free)],
            Paths | ParameterList | Parameters | RequestBodies | Responses | Contents | Schemas
            | SchemaList | SchemaOrBoolean | Headers | Free => return None,
        })
    }

    /// The shape of the values where keys are free.
    const fn element(self) -> Self {
        match self {
            Self::Paths => Self::PathItem,
            Self::Parameters | Self::ParameterList => Self::Parameter,
            Self::RequestBodies => Self::RequestBody,
            Self::Headers => Self::Header,
            Self::Responses => Self::Response,
            Self::Contents => Self::MediaType,
            Self::Schemas | Self::SchemaList => Self::Schema,
            _ => Self::Free,
        }
    }

    /// Whether `x-` begins an extension among its free keys.
    const fn may_be_extended(self) -> bool {
        matches!(self, Self::Paths | Self::Responses)
    }

    const fn is_list(self) -> bool {
        matches!(self, Self::ParameterList | Self::SchemaList)
    }
}

/// After how many errors a reader has enough.
const ERROR_LIMIT: usize = 100;

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) errors: Vec<Error>,
    /// What stands beside `$ref`, which OpenAPI 3.0 ignores: a client may, and a contract must not.
    pub(crate) ignored: Vec<Error>,
}

/// Lints a whole document.
pub(crate) fn document(tree: &Tree<'_>) -> Findings {
    let root = &tree.root;
    let refused = |node: &Node<'_>, expected: &str, got: String| {
        let place = tree.place(node);
        let error = Error::Unexpected { place, expected: expected.to_owned(), got };
        Findings { errors: vec![error], ignored: Vec::new() }
    };
    if let Some(node) = root.get("swagger") {
        let got = "Swagger 2.0; convert it first, for instance with `swagger2openapi`";
        return refused(node, "OpenAPI 3.0", got.to_owned());
    }
    if !matches!(root.value, Value::Mapping(_)) {
        let expected = "an OpenAPI document, which is a mapping";
        return refused(root, expected, root.kind().to_owned());
    }
    match root.get("openapi") {
        Some(node) => match node.raw() {
            Some(version) if version.starts_with("3.0.") => {}
            Some(version) => return refused(node, "OpenAPI 3.0", format!("`{version}`")),
            None => return refused(node, "OpenAPI 3.0", node.kind().to_owned()),
        },
        None => return refused(root, "the key `openapi`", "none".to_owned()),
    }
    let mut lint = Lint { tree, found: Findings::default() };
    lint.node(Shape::Document, root);
    lint.found
}

struct Lint<'a, 't> {
    tree: &'a Tree<'t>,
    found: Findings,
}

impl Lint<'_, '_> {
    fn unexpected(&mut self, node: &Node<'_>, expected: &str, got: String) {
        let place = self.tree.place(node);
        self.found.errors.push(Error::Unexpected { place, expected: expected.to_owned(), got });
    }

    fn node(&mut self, shape: Shape, node: &Node<'_>) {
        if matches!(shape, Shape::Free) || self.found.errors.len() >= ERROR_LIMIT {
            return;
        }
        let shape = match shape {
            Shape::SchemaOrBoolean if node.boolean().is_some() => return,
            Shape::SchemaOrBoolean => Shape::Schema,
            other => other,
        };
        match &node.value {
            Value::Sequence(items) if shape.is_list() => {
                items.iter().for_each(|item| self.node(shape.element(), item));
            }
            Value::Mapping(_) if !shape.is_list() => self.mapping(shape, node),
            _ => {
                let expected = if shape.is_list() { "a list" } else { "a mapping" };
                self.unexpected(node, expected, node.kind().to_owned());
            }
        }
    }

    fn mapping(&mut self, shape: Shape, node: &Node<'_>) {
        let entries = node.entries();
        if node.get("$ref").is_some() && shape.keys().is_some() {
            if let Some(sibling) = entries.iter().find(|entry| entry.key != "$ref") {
                let got = format!("`{}` beside it, which OpenAPI 3.0 ignores", sibling.key);
                let place = self.tree.place(&sibling.node);
                let expected = "`$ref` alone".to_owned();
                self.found.ignored.push(Error::Unexpected { place, expected, got });
            }
            return;
        }
        for entry in entries {
            match shape.keys() {
                None if shape.may_be_extended() && entry.key.starts_with("x-") => {}
                None => self.node(shape.element(), &entry.node),
                Some(_) if entry.key.starts_with("x-") => {}
                Some(known) => match known.iter().find(|(name, _)| *name == entry.key) {
                    Some((_, shape)) => self.node(*shape, &entry.node),
                    None => {
                        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
                        let expected = format!("one of {}", names.join(", "));
                        self.unexpected(&entry.node, &expected, format!("the key `{}`", entry.key));
                    }
                },
            }
        }
        if matches!(shape, Shape::Schema)
            && let Some(node) = node.get("type")
            && !node.text().is_some_and(|name| TYPES.contains(&name))
        {
            let got = node.raw().map_or(node.kind().to_owned(), |name| format!("`{name}`"));
            self.unexpected(node, &format!("one of {}", TYPES.join(", ")), got);
        }
    }
}
