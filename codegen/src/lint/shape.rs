//! The objects of OpenAPI 3.0, with the keys that each may have.

/// What may stand somewhere in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Document,
    Info,
    Tag,
    Server,
    Paths,
    PathItem,
    Operation,
    /// Its name is told, and nothing is made of it.
    Callback,
    Components,
    Parameter,
    RequestBody,
    Responses,
    Response,
    MediaType,
    Encoding,
    Header,
    Schema,
    /// A schema, or whether anything goes.
    SchemaOrBoolean,
    Discriminator,
    /// A mapping whose keys are names.
    Map(&'static Self),
    List(&'static Self),
    Text,
    Boolean,
    /// A number of characters, items or properties.
    Count,
    Number,
    /// Any value, kept as it is.
    Data,
    /// Nothing of a client or a contract comes from it.
    Unused,
}

const SCHEMAS: Shape = Shape::Map(&Shape::Schema);
const SCHEMA_LIST: Shape = Shape::List(&Shape::Schema);
const PARAMETERS: Shape = Shape::List(&Shape::Parameter);
const CONTENTS: Shape = Shape::Map(&Shape::MediaType);
const HEADERS: Shape = Shape::Map(&Shape::Header);
const SERVERS: Shape = Shape::List(&Shape::Server);
const CALLBACKS: Shape = Shape::Map(&Shape::Callback);
const TEXTS: Shape = Shape::List(&Shape::Text);
const SECURITY: Shape = Shape::List(&Shape::Map(&TEXTS));

impl Shape {
    /// The keys of an object of this shape and the shape of each value; `None`: no object.
    pub(super) fn keys(self) -> Option<&'static [(&'static str, Self)]> {
        use Shape::*;
        Some(match self {
            Document => &[
                ("openapi", Text),
                ("info", Info),
                ("servers", SERVERS),
                ("paths", Paths),
                ("components", Components),
                ("security", SECURITY),
                ("tags", List(&Tag)),
                ("externalDocs", Unused),
            ],
            Info => &[("title", Text), ("version", Text)],
            Tag => &[("name", Text), ("description", Text)],
            Server => &[("url", Text)],
            Callback => &[],
            PathItem => &[
                ("summary", Text),
                ("description", Text),
                ("get", Operation),
                ("put", Operation),
                ("post", Operation),
                ("delete", Operation),
                ("options", Operation),
                ("head", Operation),
                ("patch", Operation),
                ("trace", Operation),
                ("servers", SERVERS),
                ("parameters", PARAMETERS),
            ],
            Operation => &[
                ("tags", TEXTS),
                ("summary", Text),
                ("description", Text),
                ("externalDocs", Unused),
                ("operationId", Text),
                ("parameters", PARAMETERS),
                ("requestBody", RequestBody),
                ("responses", Responses),
                ("callbacks", CALLBACKS),
                ("deprecated", Boolean),
                ("security", SECURITY),
                ("servers", SERVERS),
            ],
            Components => &[
                ("schemas", SCHEMAS),
                ("responses", Map(&Response)),
                ("parameters", Map(&Parameter)),
                ("examples", Unused),
                ("requestBodies", Map(&RequestBody)),
                ("headers", HEADERS),
                ("securitySchemes", Unused),
                ("links", Unused),
                ("callbacks", Unused),
            ],
            Parameter => &[
                ("name", Text),
                ("in", Text),
                ("description", Text),
                ("required", Boolean),
                ("deprecated", Boolean),
                ("allowEmptyValue", Boolean),
                ("style", Text),
                ("explode", Boolean),
                ("allowReserved", Boolean),
                ("schema", Schema),
                ("example", Unused),
                ("examples", Unused),
                ("content", CONTENTS),
            ],
            RequestBody => &[("description", Text), ("content", CONTENTS), ("required", Boolean)],
            Response => &[
                ("description", Text),
                ("headers", HEADERS),
                ("content", CONTENTS),
                ("links", Unused),
            ],
            MediaType => &[
                ("schema", Schema),
                ("example", Unused),
                ("examples", Unused),
                ("encoding", Map(&Encoding)),
            ],
            Encoding => &[
                ("contentType", Text),
                ("headers", HEADERS),
                ("style", Text),
                ("explode", Boolean),
                ("allowReserved", Boolean),
            ],
            Schema | SchemaOrBoolean => &[
                ("title", Text),
                ("multipleOf", Number),
                ("maximum", Number),
                ("exclusiveMaximum", Boolean),
                ("minimum", Number),
                ("exclusiveMinimum", Boolean),
                ("maxLength", Count),
                ("minLength", Count),
                ("pattern", Text),
                ("maxItems", Count),
                ("minItems", Count),
                ("uniqueItems", Boolean),
                ("maxProperties", Count),
                ("minProperties", Count),
                ("required", TEXTS),
                ("enum", List(&Data)),
                ("type", Text),
                ("allOf", SCHEMA_LIST),
                ("oneOf", SCHEMA_LIST),
                ("anyOf", SCHEMA_LIST),
                ("not", Schema),
                ("items", Schema),
                ("properties", SCHEMAS),
                ("additionalProperties", SchemaOrBoolean),
                ("description", Text),
                ("format", Text),
                ("default", Unused),
                ("nullable", Boolean),
                ("discriminator", Discriminator),
                ("readOnly", Boolean),
                ("writeOnly", Boolean),
                ("xml", Unused),
                ("externalDocs", Unused),
                ("example", Unused),
                ("deprecated", Boolean),
            ],
            Header => &[
                ("description", Text),
                ("required", Boolean),
                ("deprecated", Boolean),
                ("allowEmptyValue", Boolean),
                ("style", Unused),
                ("explode", Boolean),
                ("allowReserved", Boolean),
                ("schema", Schema),
                ("example", Unused),
                ("examples", Unused),
                ("content", CONTENTS),
            ],
            Discriminator => &[("propertyName", Text), ("mapping", Map(&Text))],
            Paths | Responses | Map(_) | List(_) | Text | Boolean | Count | Number | Data
            | Unused => return None,
        })
    }

    /// Whether other keys are dropped, and no error: nothing is made of most of such an object.
    pub(super) const fn is_open(self) -> bool {
        matches!(self, Self::Info | Self::Tag | Self::Server | Self::Callback)
    }

    /// Whether a `$ref` may stand for it.
    pub(super) const fn may_refer(self) -> bool {
        self.section().is_some() || matches!(self, Self::PathItem | Self::SchemaOrBoolean)
    }

    /// The section of the components that has those of this shape.
    pub(super) const fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema | Self::SchemaOrBoolean => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            _ => return None,
        })
    }

    /// The texts without which openapiv3 has no such object.
    pub(super) const fn texts(self) -> &'static [&'static str] {
        match self {
            Self::Tag => &["name"],
            Self::Server => &["url"],
            Self::Response => &["description"],
            Self::Discriminator => &["propertyName"],
            _ => &[],
        }
    }
}
