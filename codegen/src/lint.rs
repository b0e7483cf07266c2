//! What is no OpenAPI 3.0, told with its place; what is left is what `read.rs` makes typed data of.
//!
//! The types of openapiv3 pass over unknown keys and siblings of `$ref` in silence, refuse a whole
//! object for one scalar of another type, and hold examples and links, of which nothing is made. So
//! a document is walked before: what is wrong is told, and what is ignored is left out.

mod shape;

use std::collections::HashSet;

use crate::error::Error;
use crate::source_map::{At, Document, Entry, Node, Value, target};

pub(crate) use shape::Shape;

/// To how many values references may lead that name no component.
const TARGET_LIMIT: usize = 200_000;

/// After how many errors a reader has enough.
const ERROR_LIMIT: usize = 100;

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

const QUERY_STYLES: [&str; 4] = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// The one extension that is read.
const REQUIRED_WHEN: &str = "x-required-when";

#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) errors: Vec<Error>,
    /// What stands where OpenAPI ignores it, or says what it may not: a client goes without, a
    /// contract must not.
    pub(crate) ignored: Vec<Error>,
}

/// A document without what nothing is made of.
#[derive(Debug, Default)]
pub(crate) struct Linted {
    pub(crate) root: Node,
    /// What references lead to outside the components, by the text of the reference.
    pub(crate) targets: Vec<(Shape, String, Node)>,
    pub(crate) found: Findings,
}

/// Lints a whole document.
pub(crate) fn document(document: &Document) -> Linted {
    let root = At::root(document);
    let refused = |at: &At<'_>, expected: &str, got: String| {
        let error = Error::Unexpected { place: at.place(), expected: expected.to_owned(), got };
        Linted {
            found: Findings { errors: vec![error], ..Findings::default() },
            ..Linted::default()
        }
    };
    if let Some(at) = root.get("swagger") {
        let got = "Swagger 2.0; convert it first, for instance with `swagger2openapi`";
        return refused(&at, "OpenAPI 3.0", got.to_owned());
    }
    if !matches!(root.node.value, Value::Map(_)) {
        let expected = "an OpenAPI document, which is a mapping";
        return refused(&root, expected, root.node.kind().to_owned());
    }
    match root.get("openapi") {
        Some(at) => match at.node.raw() {
            Some(version) if version.starts_with("3.0.") => {}
            Some(version) => return refused(&at, "OpenAPI 3.0", format!("`{version}`")),
            None => return refused(&at, "OpenAPI 3.0", at.node.kind().to_owned()),
        },
        None => return refused(&root, "the key `openapi`", "none".to_owned()),
    }
    let mut lint =
        Lint { references: Vec::new(), known: HashSet::new(), found: Findings::default() };
    let root = lint.value(Shape::Document, &root).unwrap_or_default();
    let targets = lint.targets(document);
    Linted { root, targets, found: lint.found }
}

struct Lint {
    /// References that don't name a component, each once.
    references: Vec<(Shape, String)>,
    known: HashSet<String>,
    found: Findings,
}

impl Lint {
    fn unexpected(&mut self, at: &At<'_>, expected: &str, got: String) {
        let expected = expected.to_owned();
        self.found.errors.push(Error::Unexpected { place: at.place(), expected, got });
    }

    fn ignored(&mut self, at: &At<'_>, expected: &str, got: String) {
        let expected = expected.to_owned();
        self.found.ignored.push(Error::Unexpected { place: at.place(), expected, got });
    }

    /// The value without what nothing is made of; `None` where nothing is left.
    fn value(&mut self, shape: Shape, at: &At<'_>) -> Option<Node> {
        if self.found.errors.len() >= ERROR_LIMIT {
            return None;
        }
        let value = match shape {
            Shape::Unused => return None,
            Shape::Data => at.node.value.clone(),
            Shape::Text | Shape::Boolean | Shape::Count | Shape::Number => {
                return self.scalar(shape, at);
            }
            Shape::SchemaOrBoolean if at.node.as_boolean().is_some() => at.node.value.clone(),
            Shape::List(items) => match &at.node.value {
                Value::List(_) => {
                    Value::List(at.items().filter_map(|item| self.value(*items, &item)).collect())
                }
                // A text in a list of texts can't be told from its absence; a list can.
                _ if matches!(items, Shape::Text | Shape::Data) => {
                    self.ignored(at, "a list", at.node.kind().to_owned());
                    return None;
                }
                _ => {
                    self.unexpected(at, "a list", at.node.kind().to_owned());
                    return None;
                }
            },
            _ if !matches!(at.node.value, Value::Map(_)) => {
                self.unexpected(at, "a mapping", at.node.kind().to_owned());
                return None;
            }
            Shape::Map(values) => Value::Map(self.entries(at, |_, _, _| Some(*values))),
            Shape::Paths => Value::Map(self.entries(at, |lint, key, at| match key {
                _ if key.starts_with("x-") => None,
                _ if key.starts_with('/') => Some(Shape::PathItem),
                _ => {
                    let got = format!("`{key}`");
                    lint.unexpected(at, "a path, which begins with `/`", got);
                    None
                }
            })),
            Shape::Responses => Value::Map(self.entries(at, |lint, key, at| match key {
                _ if key.starts_with("x-") => None,
                _ if is_status(key) => Some(Shape::Response),
                _ => {
                    let got = format!("`{key}`");
                    lint.unexpected(at, "a status, as 200, 2XX or default", got);
                    None
                }
            })),
            _ => match at.get("$ref").filter(|_| shape.may_refer()) {
                Some(reference) => Value::Map(self.reference(shape, at, &reference)?),
                None => Value::Map(self.object(shape, at)),
            },
        };
        Some(Node { value, position: at.node.position })
    }

    fn entries(
        &mut self,
        at: &At<'_>,
        mut shape: impl FnMut(&mut Self, &str, &At<'_>) -> Option<Shape>,
    ) -> Vec<Entry> {
        let mut kept = Vec::with_capacity(at.node.entries().len());
        for (key, value) in at.entries() {
            let Some(shape) = shape(self, key, &value) else { continue };
            kept.extend(self.value(shape, &value).map(|value| Entry::new(key, value)));
        }
        kept
    }

    fn scalar(&mut self, shape: Shape, at: &At<'_>) -> Option<Node> {
        let node = at.node;
        let (expected, value) = match shape {
            Shape::Text => ("text", node.raw().map(|text| Value::Text(text.to_owned()))),
            Shape::Boolean => ("a boolean", node.as_boolean().map(|_| node.value.clone())),
            Shape::Count => {
                // A whole number may be written as 2.0.
                let whole =
                    node.as_number().filter(|n| (0.0..1e15).contains(n) && n.fract() == 0.0);
                let exact = node.raw().and_then(|text| text.parse().ok());
                let count: Option<u64> = exact.or(whole.and_then(|n| format!("{n}").parse().ok()));
                ("a count", count.map(|n| Value::Bare(n.to_string())))
            }
            _ => ("a number", node.as_number().map(|_| node.value.clone())),
        };
        if node.is_null() {
            return None;
        }
        if value.is_none() {
            self.ignored(at, expected, node.kind().to_owned());
        }
        value.map(|value| Node { value, position: node.position })
    }

    fn reference(&mut self, shape: Shape, at: &At<'_>, reference: &At<'_>) -> Option<Vec<Entry>> {
        if let Some((key, sibling)) = at.entries().find(|(key, _)| *key != "$ref") {
            let got = format!("`{key}` beside it, which OpenAPI 3.0 ignores");
            self.ignored(&sibling, "`$ref` alone", got);
        }
        let Some(text) = reference.node.raw() else {
            self.unexpected(reference, "a reference", reference.node.kind().to_owned());
            return None;
        };
        let section = shape.section().unwrap_or_default();
        let named = text
            .strip_prefix("#/components/")
            .and_then(|rest| rest.strip_prefix(section)?.strip_prefix('/'))
            .is_some_and(|name| !name.contains(['/', '~', '%']));
        if !named && self.known.insert(format!("{section} {text}")) {
            self.references.push((shape, text.to_owned()));
        }
        Some(vec![Entry::new("$ref", Node::text(text))])
    }

    fn object(&mut self, shape: Shape, at: &At<'_>) -> Vec<Entry> {
        let keys = shape.keys().unwrap_or_default();
        let is_schema = matches!(shape, Shape::Schema | Shape::SchemaOrBoolean);
        // The values of a text are text, however they are written.
        let ty = at.node.get("type").filter(|_| is_schema).and_then(Node::raw);
        let is_text = matches!(ty, None | Some("string"));
        let mut kept =
            self.entries(at, |lint, key, at| match keys.iter().find(|(name, _)| *name == key) {
                Some(("enum", _)) if is_text => Some(Shape::List(&Shape::Text)),
                Some((_, shape)) => Some(*shape),
                None if is_schema && key == REQUIRED_WHEN => Some(Shape::Data),
                None if key.starts_with("x-") || shape.is_open() => None,
                None => {
                    let names: Vec<_> = keys.iter().map(|(name, _)| *name).collect();
                    let expected = format!("one of {}", names.join(", "));
                    lint.unexpected(at, &expected, format!("the key `{key}`"));
                    None
                }
            });
        for key in shape.texts() {
            if !kept.iter().any(|entry| entry.key == *key) {
                self.ignored(at, &format!("the key `{key}`"), "none".to_owned());
                kept.push(Entry::new(key, Node::text("")));
            }
        }
        let missing = |key: &str| !kept.iter().any(|entry| entry.key == key);
        match shape {
            Shape::Schema | Shape::SchemaOrBoolean => self.types(at),
            Shape::Parameter => self.parameter(at),
            Shape::Encoding => self.style(at, &QUERY_STYLES),
            Shape::Header if missing("schema") && missing("content") => {
                kept.push(Entry::new("schema", Node::map([])));
            }
            _ => {}
        }
        kept
    }

    fn types(&mut self, at: &At<'_>) {
        let Some(at) = at.get("type") else { return };
        if !at.node.as_text().is_some_and(|name| TYPES.contains(&name)) {
            let got = at.node.raw().map_or(at.node.kind().to_owned(), |name| format!("`{name}`"));
            self.unexpected(&at, &format!("one of {}", TYPES.join(", ")), got);
        }
    }

    /// openapiv3 refuses a parameter without these, and a style that its place has not.
    fn parameter(&mut self, at: &At<'_>) {
        if at.get("name").and_then(|name| name.node.raw()).is_none() {
            self.unexpected(at, "the key `name`", "none".to_owned());
        }
        if at.get("schema").or_else(|| at.get("content")).is_none() {
            self.unexpected(at, "the key `schema` or `content`", "neither".to_owned());
        }
        let (location, place) = (at.node.get_text("in"), at.get("in"));
        let styles: &[&str] = match location {
            Some("path") => &["simple", "label", "matrix"],
            Some("query") => &QUERY_STYLES,
            Some("header") => &["simple"],
            Some("cookie") => &["form"],
            _ => {
                let (place, got) = (place.as_ref().unwrap_or(at), "something else".to_owned());
                return self.unexpected(place, "one of path, query, header, cookie", got);
            }
        };
        self.style(at, styles);
    }

    fn style(&mut self, at: &At<'_>, styles: &[&str]) {
        if let Some(style) = at.get("style")
            && !style.node.as_text().is_some_and(|name| styles.contains(&name))
        {
            let got = style.node.inline();
            self.unexpected(&style, &format!("the style {}", styles.join(" or ")), got);
        }
    }

    /// What the references lead to that name no component, and what those lead to.
    fn targets(&mut self, document: &Document) -> Vec<(Shape, String, Node)> {
        let (mut targets, mut copied) = (Vec::new(), 0);
        while let Some((shape, reference)) = self.references.pop() {
            let at = target(&reference).and_then(|pointer| At::find(document, &pointer));
            let (errors, ignored) = (self.found.errors.len(), self.found.ignored.len());
            let Some(node) = at.and_then(|at| self.value(shape, &at)) else { continue };
            // What stands within the document was told before.
            let within = reference.starts_with("#/paths") || reference.starts_with("#/components");
            if within {
                self.found.errors.truncate(errors);
                self.found.ignored.truncate(ignored);
            }
            // Each is kept on its own, however many references lead to the same.
            copied += node.weight();
            if copied > TARGET_LIMIT {
                let expected = format!(
                    "references outside the components to at most {TARGET_LIMIT} values together"
                );
                self.unexpected(&At::root(document), &expected, "more".to_owned());
                break;
            }
            targets.push((shape, reference, node));
        }
        targets
    }
}

/// Whether it is a status, a class of them, or all others.
fn is_status(key: &str) -> bool {
    let class = |class: &str| matches!(class, "1" | "2" | "3" | "4" | "5");
    let range = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx"));
    key == "default"
        || range.is_some_and(class)
        || (key.len() == 3 && key.parse().is_ok_and(|code: u16| (100..=599).contains(&code)))
}
