//! The operation under test, as the checks ask about its generated contract.

use atlas_api::constraints::REMOVE_GROUP_USER_ROLE;
use atlas_api::contract::{Kind, Operation, Schema};
use atlas_engine::contract::pattern;
use regex::Regex;

/// The contract of the operation.
pub const fn contract() -> &'static Operation {
    &REMOVE_GROUP_USER_ROLE
}

/// The media type of the request body.
pub fn request_media_type() -> &'static str {
    contract().request_body.map_or("application/json", |body| body.content[0].media_type)
}

/// The name of the role property in the request body: its first required string.
pub fn role_property() -> &'static str {
    let schema = contract().request_body.and_then(|body| body.content[0].schema);
    let Some(Schema { kind: Kind::Object { properties, .. }, .. }) = schema else {
        return "groupRole";
    };
    properties.iter().find(|property| property.required).map_or("groupRole", |p| p.name)
}

/// The published pattern of a path parameter.
pub fn pattern_of(parameter: &str) -> Regex {
    let parameter = contract().parameter(parameter);
    pattern(match parameter.map(|parameter| &parameter.schema.kind) {
        Some(Kind::String { pattern: Some(pattern), .. }) => pattern,
        _ => ".*",
    })
}
