//! What openapiv3 reads: its model of a document as facts.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{
    Components, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response,
    Schema, SchemaKind, Type,
};

use super::facts::{Facts, Subject};

/// How many references may lead on to a further one.
const CHAIN_LIMIT: usize = 32;

pub(super) fn facts(document: &OpenAPI, facts: &mut Facts) {
    let none = Components::default();
    let components = document.components.as_ref().unwrap_or(&none);
    for (path, item) in document.paths.iter() {
        let Some(item) = item.as_item() else { continue };
        for (method, operation) in item.iter() {
            let subject = Subject::operation(path, method, facts);
            of_operation(operation, item, components, subject);
        }
    }
    for (name, schema) in &components.schemas {
        let mut subject = Subject::schema(name, facts);
        subject.named(name);
        let mut shape = Shape::of(components, name);
        if let ReferenceOr::Item(schema) = schema {
            shape.gather(schema);
        }
        for property in &shape.properties {
            subject.property(property, shape.required.contains(property));
        }
    }
}

fn of_operation(
    operation: &Operation,
    item: &PathItem,
    components: &Components,
    mut subject: Subject<'_>,
) {
    subject.id(operation.operation_id.as_deref().unwrap_or_default());
    // An operation's own description takes the place of its path's.
    let mut parameters = BTreeMap::new();
    for parameter in item.parameters.iter().chain(&operation.parameters) {
        let lookup = |name: &str| components.parameters.get(name);
        let Some(parameter) = resolved(parameter, "parameters", lookup) else { continue };
        let data = parameter.parameter_data_ref();
        parameters.insert((location(parameter), data.name.as_str()), data.required);
    }
    for ((location, name), required) in parameters {
        subject.parameter(name, location, required);
    }
    if let Some(body) = &operation.request_body {
        let lookup = |name: &str| components.request_bodies.get(name);
        let body: Option<&RequestBody> = resolved(body, "requestBodies", lookup);
        if let Some(body) = body {
            body.content.keys().for_each(|media_type| subject.body(media_type, body.required));
        }
    }
    let named =
        operation.responses.responses.iter().map(|(status, item)| (status.to_string(), item));
    let default = operation.responses.default.iter().map(|item| ("default".to_owned(), item));
    for (status, response) in named.chain(default) {
        let lookup = |name: &str| components.responses.get(name);
        let Some(response): Option<&Response> = resolved(response, "responses", lookup) else {
            continue;
        };
        subject.answer(&status);
        response.content.keys().for_each(|media_type| subject.answer_as(&status, media_type));
    }
}

const fn location(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    }
}

/// What an item is, or refers to.
fn resolved<'a, T>(
    mut item: &'a ReferenceOr<T>,
    section: &str,
    lookup: impl Fn(&str) -> Option<&'a ReferenceOr<T>>,
) -> Option<&'a T> {
    for _ in 0..CHAIN_LIMIT {
        match item {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => item = lookup(target(reference, section)?)?,
        }
    }
    None
}

fn target<'r>(reference: &'r str, section: &str) -> Option<&'r str> {
    reference.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')
}

/// The properties of a schema, those of its parts included.
struct Shape<'a> {
    components: &'a Components,
    properties: BTreeSet<&'a str>,
    required: BTreeSet<&'a str>,
    /// The named schemas that were gathered; each is taken once, so that a circle ends.
    seen: BTreeSet<&'a str>,
}

impl<'a> Shape<'a> {
    fn of(components: &'a Components, name: &'a str) -> Self {
        let seen = BTreeSet::from([name]);
        Self { components, properties: BTreeSet::new(), required: BTreeSet::new(), seen }
    }

    fn gather(&mut self, schema: &'a Schema) {
        let (properties, required, parts) = match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                (Some(&object.properties), object.required.as_slice(), [].as_slice())
            }
            SchemaKind::AllOf { all_of } => (None, [].as_slice(), all_of.as_slice()),
            SchemaKind::Any(any) => {
                (Some(&any.properties), any.required.as_slice(), any.all_of.as_slice())
            }
            _ => return,
        };
        self.properties
            .extend(properties.into_iter().flat_map(|named| named.keys()).map(String::as_str));
        self.required.extend(required.iter().map(String::as_str));
        for part in parts {
            self.part(part);
        }
    }

    fn part(&mut self, part: &'a ReferenceOr<Schema>) {
        match part {
            ReferenceOr::Item(schema) => self.gather(schema),
            ReferenceOr::Reference { reference } => {
                let Some(name) = target(reference, "schemas") else { return };
                if self.seen.insert(name)
                    && let Some(named) = self.components.schemas.get(name)
                {
                    self.part(named);
                }
            }
        }
    }
}
