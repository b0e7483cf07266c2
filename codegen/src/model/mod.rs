//! The Rust that is to be written, as plain data: what each thing is called and of what type it is.

mod boxing;
mod build;
mod builder;
mod calls;
mod dedup;
mod direction;
mod forms;
mod headers;
mod module_assignment;
mod pages;
mod parameters;

use std::collections::BTreeMap;

pub(crate) use build::model;
pub(crate) use module_assignment::parts;

/// Everything that is written for a client.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) types: Vec<TypeDef>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) calls: Vec<Call>,
    /// The header fields that answers may have, each once.
    pub(crate) headers: Vec<HeaderDef>,
    /// The groups of operations, each a module and a feature; none where the client is flat.
    pub(crate) groups: Vec<Group>,
}

impl Model {
    /// Whether no type is shared by several groups.
    pub(crate) fn is_empty_of_shared(&self) -> bool {
        self.patterns.is_empty() && self.types.iter().all(|def| def.module.is_some())
    }
}

/// The operations of one tag.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) tag: String,
    pub(crate) module: String,
    pub(crate) docs: String,
}

#[derive(Debug, Clone)]
pub(crate) struct TypeDef {
    pub(crate) name: String,
    pub(crate) docs: String,
    /// Whether the document has no name for it.
    pub(crate) inline: bool,
    pub(crate) shape: Shape,
    /// The group that alone uses it.
    pub(crate) module: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    Struct(Vec<Field>),
    /// Variants and the text of each.
    Enumeration(Vec<(String, String)>),
    Union {
        discriminator: Option<String>,
        variants: Vec<UnionVariant>,
    },
    Alias(Type),
}

#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// Its name in JSON; `None` for the rest of the properties.
    pub(crate) json: Option<String>,
    pub(crate) docs: String,
    pub(crate) presence: Presence,
    pub(crate) ty: Type,
}

/// Docs make no difference to what a field is.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        let same = self.name == other.name && self.json == other.json;
        same && self.presence == other.presence && self.ty == other.ty
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Nullable,
    /// There, or left out.
    Optional,
    /// There, or null, or left out, and a sender may mean the one or the other.
    Either,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    pub(crate) ty: Type,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    Bool,
    I32,
    I64,
    U64,
    F64,
    Text,
    /// Text that is not shown.
    Secret,
    /// The content of a file.
    Bytes,
    Value,
    /// An object of which nothing is known.
    Object,
    Named(String),
    List(Box<Type>),
    Map(Box<Type>),
    Boxed(Box<Type>),
    /// An element that may be null.
    Optional(Box<Type>),
}

impl Type {
    /// Whether it is or holds a map.
    pub(crate) fn has_map(&self) -> bool {
        match self {
            Self::Map(_) => true,
            Self::List(inner) | Self::Boxed(inner) | Self::Optional(inner) => inner.has_map(),
            _ => false,
        }
    }

    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Self::I32 | Self::I64 | Self::U64 | Self::F64)
    }

    /// The named type in it, if there is one.
    pub(crate) fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Boxed(inner) | Self::Optional(inner) => {
                inner.named()
            }
            _ => None,
        }
    }
}

/// Text with a pattern, which has a type of its own as a path parameter.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) docs: String,
    pub(crate) pattern: String,
}

/// A header field that answers may have, as a constant.
#[derive(Debug, PartialEq)]
pub(crate) struct HeaderDef {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) docs: String,
    pub(crate) ty: Type,
}

/// One operation as a method of the client.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) group: Option<usize>,
    pub(crate) source: String,
    pub(crate) module: String,
    pub(crate) method: String,
    pub(crate) answer: String,
    pub(crate) docs: String,
    pub(crate) deprecated: bool,
    pub(crate) verb: String,
    pub(crate) path: String,
    pub(crate) accept: String,
    /// Whether it is sent without credentials.
    pub(crate) is_public: bool,
    pub(crate) in_path: Vec<Argument>,
    pub(crate) query: Vec<Argument>,
    pub(crate) headers: Vec<Argument>,
    pub(crate) body: Option<SentBody>,
    /// The fields of the body, where it is a form.
    pub(crate) form: Vec<Argument>,
    pub(crate) answers: Vec<Answer>,
    /// The names of the header fields that its answers have and others' need not, in backticks.
    pub(crate) answer_headers: Vec<String>,
    pub(crate) pages: Option<Pages>,
}

#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) docs: String,
    /// Whether other operations have it as well.
    pub(crate) shared: bool,
    pub(crate) required: bool,
    /// The method of the runtime's call that adds it.
    pub(crate) adds: &'static str,
    pub(crate) ty: Type,
}

#[derive(Debug)]
pub(crate) struct SentBody {
    pub(crate) media_type: String,
    pub(crate) required: bool,
    pub(crate) payload: Payload,
}

/// What a body is in Rust.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Payload {
    Json(Type),
    /// The fields of a form.
    Fields,
    /// The parts of a form.
    Parts,
    Text,
    Bytes,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: crate::ir::Status,
    pub(crate) variant: String,
    pub(crate) docs: String,
    pub(crate) payload: Option<Payload>,
}

/// How an operation that answers in pages is walked through.
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) walk: Walk,
    /// The variant that is a page, and the type of its items.
    pub(crate) variant: String,
    pub(crate) item: Type,
    /// Whether a page has items always.
    pub(crate) results: Presence,
}

/// How one page leads to the next.
#[derive(Debug)]
pub(crate) enum Walk {
    /// By its number, a field of the query.
    Number {
        field: String,
        wide: bool,
        /// Whether the page says how many items there are in all, always or sometimes.
        total: Option<Presence>,
    },
    /// By a link of the page, which has links always or sometimes.
    Links(Presence),
}

pub(super) fn by_name(types: &[TypeDef]) -> BTreeMap<&str, &TypeDef> {
    types.iter().map(|def| (def.name.as_str(), def)).collect()
}
