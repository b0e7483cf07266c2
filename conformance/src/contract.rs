//! The generated contract of the operation under test, as the suite asks about it.

use atlas_api::constraints::REMOVE_GROUP_USER_ROLE;
use atlas_api::contract::{Content, Kind, Operation, Schema};

/// The operation under test.
pub fn operation() -> &'static Operation {
    &REMOVE_GROUP_USER_ROLE
}

/// The documented statuses.
pub fn statuses() -> Vec<u16> {
    operation().statuses().collect()
}

/// The documented 4xx statuses.
pub fn client_errors() -> Vec<u16> {
    operation().statuses().filter(|status| (400..500).contains(status)).collect()
}

/// The documented content of an answer with this status.
pub fn content(status: u16) -> Option<&'static Content> {
    operation().response(status).and_then(|response| response.content.first())
}

/// The media type of the request body.
pub fn request_media_type() -> &'static str {
    operation().request_body.map_or("application/json", |body| body.content[0].media_type)
}

/// The name of the role property in the request body: its first required string.
pub fn role_property() -> &'static str {
    let schema = operation().request_body.and_then(|body| body.content[0].schema);
    let Some(Schema { kind: Kind::Object { properties, .. }, .. }) = schema else {
        return "groupRole";
    };
    properties.iter().find(|property| property.required).map_or("groupRole", |p| p.name)
}

/// The published pattern of a path parameter.
pub fn pattern_of(parameter: &str) -> regex::Regex {
    let text = operation().parameter(parameter).and_then(|parameter| match parameter.schema.kind {
        Kind::String { pattern, .. } => pattern,
        _ => None,
    });
    pattern(text.unwrap_or(".*"))
}

/// A pattern of the document, compiled; one that the engine can't take matches everything, and
/// a test holds that there is none.
pub fn pattern(text: &str) -> regex::Regex {
    // ECMA 262's `\d` and `\w` are ASCII only.
    let ascii = text.replace(r"\d", "[0-9]").replace(r"\w", "[A-Za-z0-9_]");
    // Unlike `$`, `\z` is the very end in every engine.
    regex::Regex::new(&ascii).unwrap_or_else(|_| regex::Regex::new("").expect("empty pattern"))
}
