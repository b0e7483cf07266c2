//! The intermediate representation: what documents say, as plain data.

use std::collections::BTreeMap;

use crate::error::place::Place;

#[derive(Debug, Default)]
pub(crate) struct Api {
    /// The title of the first document.
    pub(crate) title: String,
    /// The descriptions of the tags that have one.
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) operations: Vec<Operation>,
    /// Named schemas; where two documents have the same name, they have the same shape.
    pub(crate) schemas: BTreeMap<String, Schema>,
    /// Where each of them was defined last.
    pub(crate) places: BTreeMap<String, Place>,
}

#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) docs: String,
    pub(crate) deprecated: bool,
    /// The first of its tags.
    pub(crate) tag: Option<String>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: Vec<Response>,
    pub(crate) security: Vec<String>,
    /// Whether it says itself that it takes no credentials.
    pub(crate) is_public: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// Whether its description is one of the document's components.
    pub(crate) shared: bool,
    pub(crate) docs: String,
    pub(crate) location: Location,
    pub(crate) required: bool,
    /// Of an array or object: whether each part is sent on its own.
    pub(crate) explode: bool,
    pub(crate) style: Style,
    pub(crate) schema: Schema,
}

/// How the value of a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// `form` or `simple`, whichever is usual where it stands.
    Usual,
    /// An object in a query, each property under its own name.
    Object,
    /// An object in a query, each property as `name[property]`.
    DeepObject,
    /// A list in a query, with spaces between the values.
    SpaceDelimited,
    /// A list in a query, with `|` between the values.
    PipeDelimited,
    /// JSON text: a parameter that is described by `content`.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) content: Vec<Content>,
}

#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub(crate) media_type: String,
    pub(crate) schema: Option<Schema>,
    /// The fields of a form that are sent as `name[property]`.
    pub(crate) deep: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: Status,
    pub(crate) docs: String,
    pub(crate) headers: Vec<Header>,
    pub(crate) content: Vec<Content>,
}

/// A header field of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Header {
    pub(crate) name: String,
    /// Whether its description is one of the document's components.
    pub(crate) shared: bool,
    pub(crate) docs: String,
    pub(crate) kind: Kind,
}

/// Which answers a response describes; the order is that in which they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Code(u16),
    Range(u16),
    Default,
}

/// As a document has it.
impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Schema {
    pub(crate) docs: String,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Kind {
    Named(String),
    #[default]
    Any,
    Boolean,
    Integer {
        minimum: Option<i64>,
        maximum: Option<i64>,
        width: Width,
    },
    Number {
        minimum: Option<f64>,
        maximum: Option<f64>,
    },
    Text(Text),
    Array {
        items: Box<Schema>,
        min_items: Option<usize>,
        max_items: Option<usize>,
        unique: bool,
    },
    Object {
        properties: Vec<Property>,
        required_when: Vec<RequiredWhen>,
        /// The shape of properties that have no name in the document.
        additional: Option<Box<Schema>>,
    },
    Union(Union),
}

/// The type that holds every integer of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    I32,
    I64,
    U64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Text {
    pub(crate) format: Option<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RequiredWhen {
    pub(crate) property: String,
    pub(crate) equals: String,
    pub(crate) required: Vec<String>,
}

/// One of several shapes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Union {
    /// The property that tells the shapes apart, where there is one.
    pub(crate) discriminator: Option<String>,
    pub(crate) variants: Vec<Variant>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Variant {
    /// Its name, where it has one of its own.
    pub(crate) name: String,
    /// The values of the discriminator that choose it.
    pub(crate) values: Vec<String>,
    pub(crate) schema: Schema,
}
