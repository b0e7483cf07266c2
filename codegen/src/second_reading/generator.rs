//! What the generator reads: the intermediate representation as facts.

use super::facts::{Facts, Subject};
use crate::ir::{Api, Kind, Location, Operation, Status};

pub(super) fn facts(api: &Api) -> Facts {
    let mut facts = Facts::default();
    for operation in &api.operations {
        of_operation(operation, &mut facts);
    }
    for (name, schema) in &api.schemas {
        let mut subject = Subject::schema(name, &mut facts);
        subject.named(name);
        if let Kind::Object { properties, .. } = &schema.kind {
            for property in properties {
                subject.property(&property.name, property.required);
            }
        }
    }
    facts
}

/// The schemas that are one of several shapes.
pub(super) fn unions(api: &Api) -> Vec<&str> {
    let unions = api.schemas.iter().filter(|(_, schema)| matches!(schema.kind, Kind::Union(_)));
    unions.map(|(name, _)| name.as_str()).collect()
}

fn of_operation(operation: &Operation, facts: &mut Facts) {
    let mut subject = Subject::operation(&operation.path, &operation.method, facts);
    subject.id(&operation.id);
    for parameter in &operation.parameters {
        let location = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        subject.parameter(&parameter.name, location, parameter.required);
    }
    if let Some(body) = &operation.body {
        for content in &body.content {
            subject.body(&content.media_type, body.required);
        }
    }
    for response in &operation.responses {
        let status = match response.status {
            Status::Code(code) => code.to_string(),
            Status::Range(class) => format!("{class}XX"),
            Status::Default => "default".to_owned(),
        };
        subject.answer(&status);
        for content in &response.content {
            subject.answer_as(&status, &content.media_type);
        }
    }
}
