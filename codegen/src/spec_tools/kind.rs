//! Which kind of object stands under which key, so that a property called `example` or `$ref` is not
//! taken for what it is called.

/// The kinds of objects in an OpenAPI document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Paths,
    PathItem,
    Operation,
    Components,
    Parameters,
    Parameter,
    Bodies,
    Body,
    Responses,
    Response,
    Headers,
    Contents,
    MediaType,
    Schemas,
    Schema,
    Discriminator,
    Security,
    Callbacks,
    Callback,
    Links,
    Link,
    Examples,
    Example,
    SecuritySchemes,
    SecurityScheme,
    /// Plain data: nothing in it has a meaning for references.
    Data,
}

impl Kind {
    /// The kind of the value of a key, or of an item.
    pub(crate) fn child(self, key: &str) -> Self {
        let named_by_user = !matches!(self, Self::Paths | Self::Responses | Self::Callback);
        if key.starts_with("x-") && (self.element().is_none() || !named_by_user) {
            return Self::Data;
        }
        if let Some(element) = self.element() {
            return element;
        }
        match (self, key) {
            (Self::Document, "paths") => Self::Paths,
            (Self::Document, "components") => Self::Components,
            (Self::Document | Self::Operation, "security") => Self::Security,
            (
                Self::PathItem,
                "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace",
            ) => Self::Operation,
            (Self::PathItem | Self::Operation | Self::Components, "parameters") => Self::Parameters,
            (Self::Operation, "requestBody") => Self::Body,
            (Self::Operation | Self::Components, "responses") => Self::Responses,
            (Self::Operation | Self::Components, "callbacks") => Self::Callbacks,
            (Self::Components, "requestBodies") => Self::Bodies,
            (Self::Components, "schemas") => Self::Schemas,
            (Self::Components | Self::Response, "headers") => Self::Headers,
            (Self::Components | Self::Response, "links") => Self::Links,
            (Self::Components | Self::Parameter | Self::MediaType, "examples") => Self::Examples,
            (Self::Components, "securitySchemes") => Self::SecuritySchemes,
            (Self::Parameter | Self::Body | Self::Response, "content") => Self::Contents,
            (Self::Parameter | Self::MediaType, "schema") => Self::Schema,
            (Self::Schema, "items" | "not" | "additionalProperties") => Self::Schema,
            (Self::Schema, "properties" | "allOf" | "oneOf" | "anyOf") => Self::Schemas,
            (Self::Schema, "discriminator") => Self::Discriminator,
            _ => Self::Data,
        }
    }

    /// The kind of every value, where keys are free.
    const fn element(self) -> Option<Self> {
        Some(match self {
            Self::Paths | Self::Callback => Self::PathItem,
            Self::Parameters | Self::Headers => Self::Parameter,
            Self::Bodies => Self::Body,
            Self::Responses => Self::Response,
            Self::Contents => Self::MediaType,
            Self::Schemas => Self::Schema,
            Self::Callbacks => Self::Callback,
            Self::Links => Self::Link,
            Self::Examples => Self::Example,
            Self::SecuritySchemes => Self::SecurityScheme,
            _ => return None,
        })
    }

    /// Whether it may be a `$ref` instead.
    pub(crate) const fn may_refer(self) -> bool {
        matches!(
            self,
            Self::PathItem
                | Self::Parameter
                | Self::Body
                | Self::Response
                | Self::Schema
                | Self::Callback
                | Self::Link
                | Self::Example
                | Self::SecurityScheme
        )
    }
}
