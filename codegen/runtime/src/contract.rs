//! The contract as data: what the documents say of an operation, for programs to read.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a path value keeps as it is: RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One operation.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// Its operationId.
    pub id: &'static str,
    /// Its method, upper case.
    pub method: &'static str,
    /// Its path template, with `{name}` for each path parameter.
    pub path: &'static str,
    /// Its parameters, in the order of the document.
    pub parameters: &'static [Parameter],
    /// Its request body, if it takes one.
    pub request_body: Option<RequestBody>,
    /// Its documented responses, in order of status.
    pub responses: &'static [Response],
    /// The names of the security schemes, any of which will do.
    pub security: &'static [&'static str],
}

impl Operation {
    /// The documented response with this status.
    pub fn response(&self, status: u16) -> Option<&'static Response> {
        self.responses.iter().find(|response| response.status == status)
    }

    /// The documented statuses, ascending.
    pub fn statuses(&self) -> impl Iterator<Item = u16> + use<> {
        self.responses.iter().map(|response| response.status)
    }

    /// The parameter with this name.
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The path with these values, percent-encoded, in place of its parameters.
    pub fn path_with(&self, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.path.to_owned(), |path, (name, value)| {
            let value = utf8_percent_encode(value, ENCODED).to_string();
            path.replace(&format!("{{{name}}}"), &value)
        })
    }
}

/// One parameter.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Where it is sent.
    pub location: Location,
    /// Whether it must be sent.
    pub required: bool,
    /// Its shape.
    pub schema: &'static Schema,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header field.
    Header,
    /// In a cookie.
    Cookie,
}

/// A request body.
#[derive(Debug, Clone, Copy)]
pub struct RequestBody {
    /// Whether it must be sent.
    pub required: bool,
    /// Its shape by media type, at least one.
    pub content: &'static [Content],
}

/// A body of one media type.
#[derive(Debug, Clone, Copy)]
pub struct Content {
    /// The media type.
    pub media_type: &'static str,
    /// The shape, if the document gives one.
    pub schema: Option<&'static Schema>,
}

/// One documented response.
#[derive(Debug, Clone, Copy)]
pub struct Response {
    /// Its status.
    pub status: u16,
    /// Its body by media type; empty where it has none.
    pub content: &'static [Content],
}

/// The shape of a JSON value.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Its name in the document, empty for one that stands inline.
    pub name: &'static str,
    /// Whether null will do.
    pub nullable: bool,
    /// What kind of value it is.
    pub kind: Kind,
}

/// The kinds of JSON values.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any value.
    Any,
    /// True or false.
    Boolean,
    /// A whole number; the bounds of its format are among these.
    Integer {
        /// The least, inclusive.
        minimum: Option<i64>,
        /// The greatest, inclusive.
        maximum: Option<i64>,
    },
    /// A number.
    Number {
        /// The least, inclusive.
        minimum: Option<f64>,
        /// The greatest, inclusive.
        maximum: Option<f64>,
    },
    /// A string.
    String {
        /// `date-time`, `email` and the like.
        format: Option<&'static str>,
        /// A regular expression (ECMA 262).
        pattern: Option<&'static str>,
        /// The least number of characters.
        min_length: Option<usize>,
        /// The greatest number of characters.
        max_length: Option<usize>,
        /// The values of an enum; empty where any will do.
        values: &'static [&'static str],
    },
    /// An array.
    Array {
        /// The shape of each element.
        items: &'static Schema,
        /// The least number of elements.
        min_items: Option<usize>,
        /// The greatest number of elements.
        max_items: Option<usize>,
        /// Whether the elements differ from each other.
        unique_items: bool,
    },
    /// An object; further properties are free.
    Object {
        /// Its properties.
        properties: &'static [Property],
        /// What else is required, depending on a property.
        required_when: &'static [RequiredWhen],
    },
}

/// A property of an object.
#[derive(Debug, Clone, Copy)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be present.
    pub required: bool,
    /// Its shape.
    pub schema: &'static Schema,
}

/// A conditional requirement: where `property` is `equals`, `required` are present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequiredWhen {
    /// The property that decides.
    pub property: &'static str,
    /// Its value.
    pub equals: &'static str,
    /// What is required then.
    pub required: &'static [&'static str],
}
