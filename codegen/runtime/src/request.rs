//! A request before it is authenticated.

mod form;

use std::borrow::Cow;
use std::fmt::{self, Display};

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

use crate::client::Error;
use form::Field;

/// What a value keeps as it is: RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One call of an operation. `Debug` shows nothing of its values.
#[derive(Clone)]
pub struct Call {
    pub(crate) method: &'static str,
    /// The path template, by which a call is known.
    pub(crate) template: &'static str,
    pub(crate) accept: &'static str,
    pub(crate) path: String,
    /// A link that is followed in place of path and query.
    pub(crate) link: Option<String>,
    /// Names as they are, values percent-encoded.
    pub(crate) query: Vec<(Cow<'static, str>, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) cookies: Vec<(&'static str, String)>,
    pub(crate) form: Vec<(Cow<'static, str>, Field)>,
    pub(crate) body: Option<(Cow<'static, str>, Bytes)>,
    /// Whether it is sent without credentials.
    pub(crate) is_public: bool,
    /// Why a value can't be written as JSON, if one can't.
    pub(crate) unwritten: Option<String>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, path) = (self.method, self.template);
        f.debug_struct("Call").field("method", &method).field("path", &path).finish_non_exhaustive()
    }
}

impl Call {
    /// A call of one operation.
    pub fn new(method: &'static str, template: &'static str, accept: &'static str) -> Self {
        Self {
            method,
            template,
            accept,
            path: template.to_owned(),
            link: None,
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            form: Vec::new(),
            body: None,
            is_public: false,
            unwritten: None,
        }
    }

    /// A call that goes where a link of an answer leads.
    pub fn follow(
        method: &'static str,
        template: &'static str,
        accept: &'static str,
        link: String,
    ) -> Self {
        Self { link: Some(link), ..Self::new(method, template, accept) }
    }

    /// Sends no credentials: the operation takes none.
    pub fn without_credentials(&mut self) {
        self.is_public = true;
    }

    /// Fills a parameter of the path in.
    pub fn path(&mut self, name: &str, value: &dyn Display) {
        let value = encoded(&value.to_string());
        self.path = self.path.replace(&format!("{{{name}}}"), &value);
    }

    /// Fills a parameter of the path in: several values, separated by commas.
    pub fn path_list<T: Display>(&mut self, name: &str, values: &[T]) {
        let values: Vec<_> = values.iter().map(|value| encoded(&value.to_string())).collect();
        self.path = self.path.replace(&format!("{{{name}}}"), &values.join(","));
    }

    /// Adds a query parameter, if it has a value.
    pub fn query<T: Display>(&mut self, name: &'static str, value: Option<&T>) {
        self.query.extend(value.map(|value| (name.into(), encoded(&value.to_string()))));
    }

    /// Adds a query parameter for each value.
    pub fn each<T: Display>(&mut self, name: &'static str, values: Option<&Vec<T>>) {
        let values = values.into_iter().flatten();
        self.query.extend(values.map(|value| (name.into(), encoded(&value.to_string()))));
    }

    /// Adds a query parameter with all values, separated by commas; those within a value are encoded.
    pub fn query_list<T: Display>(&mut self, name: &'static str, values: Option<&Vec<T>>) {
        let list = |values: &Vec<T>| {
            let values: Vec<_> = values.iter().map(|value| encoded(&value.to_string())).collect();
            values.join(",")
        };
        self.query.extend(values.map(|values| (name.into(), list(values))));
    }

    /// Adds a query parameter with all values, separated by spaces.
    pub fn space_delimited<T: Display>(&mut self, name: &'static str, values: Option<&Vec<T>>) {
        self.query.extend(values.map(|values| (name.into(), encoded(&joined(values, " ")))));
    }

    /// Adds a query parameter with all values, separated by `|`.
    pub fn pipe_delimited<T: Display>(&mut self, name: &'static str, values: Option<&Vec<T>>) {
        self.query.extend(values.map(|values| (name.into(), encoded(&joined(values, "|")))));
    }

    /// Adds a query parameter for each property of an object, under the property's name.
    pub fn object<T: Serialize>(&mut self, _: &'static str, value: Option<&T>) {
        for (property, text) in self.properties(value) {
            self.query.push((property.into(), encoded(&text)));
        }
    }

    /// Adds a query parameter for each property of an object, as `name[property]`.
    pub fn deep_object<T: Serialize>(&mut self, name: &'static str, value: Option<&T>) {
        for (property, text) in self.properties(value) {
            self.query.push((format!("{name}[{property}]").into(), encoded(&text)));
        }
    }

    /// Adds a query parameter that is JSON.
    pub fn query_json<T: Serialize>(&mut self, name: &'static str, value: Option<&T>) {
        let text = self.json_text(value);
        self.query.extend(text.map(|text| (name.into(), encoded(&text))));
    }

    /// Adds a header field, if it has a value.
    pub fn header<T: Display>(&mut self, name: &'static str, value: Option<&T>) {
        self.headers.extend(value.map(|value| (name, value.to_string())));
    }

    /// Adds a header field with all values, separated by commas.
    pub fn header_list<T: Display>(&mut self, name: &'static str, values: Option<&Vec<T>>) {
        self.headers.extend(values.map(|values| (name, joined(values, ","))));
    }

    /// Adds a header field that is JSON.
    pub fn header_json<T: Serialize>(&mut self, name: &'static str, value: Option<&T>) {
        let text = self.json_text(value);
        self.headers.extend(text.map(|text| (name, text)));
    }

    /// Adds a cookie, if it has a value.
    pub fn cookie<T: Display>(&mut self, name: &'static str, value: Option<&T>) {
        self.cookies.extend(value.map(|value| (name, encoded(&value.to_string()))));
    }

    /// Adds a cookie with all values, separated by commas.
    pub fn cookie_list<T: Display>(&mut self, name: &'static str, values: Option<&Vec<T>>) {
        self.cookies.extend(values.map(|values| (name, encoded(&joined(values, ",")))));
    }

    /// Adds a field of a form, if it has a value.
    pub fn field<T: Display>(&mut self, name: &'static str, value: Option<&T>) {
        self.form.extend(value.map(|value| (name.into(), Field::Text(value.to_string()))));
    }

    /// Adds a field of a form for each value.
    pub fn each_field<T: Display>(&mut self, name: &'static str, values: Option<&Vec<T>>) {
        let values = values.into_iter().flatten();
        self.form.extend(values.map(|value| (name.into(), Field::Text(value.to_string()))));
    }

    /// Adds a field of a form that is JSON.
    pub fn json_field<T: Serialize>(&mut self, name: &'static str, value: Option<&T>) {
        let text = self.json_text(value);
        self.form.extend(text.map(|text| (name.into(), Field::Json(text))));
    }

    /// Adds a field of a form for each part of a value, as `name[property]` and `name[0]`.
    pub fn deep_field<T: Serialize>(&mut self, name: &'static str, value: Option<&T>) {
        match value.map(serde_json::to_value) {
            Some(Ok(value)) => self.deep(name.to_owned(), value),
            Some(Err(error)) => self.unwritten = Some(error.to_string()),
            None => {}
        }
    }

    fn deep(&mut self, name: String, value: Value) {
        match value {
            Value::Object(properties) => {
                for (property, value) in properties {
                    self.deep(format!("{name}[{property}]"), value);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.into_iter().enumerate() {
                    self.deep(format!("{name}[{index}]"), value);
                }
            }
            other => {
                let text = word(other).map(|text| (name.into(), Field::Text(text)));
                self.form.extend(text);
            }
        }
    }

    /// Adds a field of a form that is a file.
    pub fn file(&mut self, name: &'static str, content: Option<&Bytes>) {
        self.form.extend(content.map(|content| (name.into(), Field::File(content.clone()))));
    }

    /// Adds a field of a form for each file.
    pub fn files(&mut self, name: &'static str, contents: Option<&Vec<Bytes>>) {
        let contents = contents.into_iter().flatten();
        self.form.extend(contents.map(|content| (name.into(), Field::File(content.clone()))));
    }

    /// Adds the fields as a body of pairs.
    pub fn urlencoded(&mut self, media_type: &'static str) {
        self.body(media_type, form::urlencoded(&self.form, encoded));
    }

    /// Adds the fields as a body of parts.
    pub fn multipart(&mut self, media_type: &'static str) {
        let (boundary, body) = form::multipart(&self.form);
        self.body = Some((format!("{media_type}; boundary={boundary}").into(), body));
    }

    /// Adds a body in JSON.
    ///
    /// # Errors
    /// When the value can't be written as JSON.
    pub fn json<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        body: &T,
    ) -> Result<(), Error> {
        self.body(media_type, serde_json::to_vec(body).map_err(Error::Encode)?);
        Ok(())
    }

    /// Adds a body.
    pub fn body(&mut self, media_type: &'static str, body: impl Into<Bytes>) {
        self.body = Some((media_type.into(), body.into()));
    }

    /// The properties of an object that have a value.
    fn properties<T: Serialize>(&mut self, value: Option<&T>) -> Vec<(String, String)> {
        let properties = match value.map(serde_json::to_value) {
            Some(Ok(Value::Object(properties))) => properties,
            Some(Err(error)) => {
                self.unwritten = Some(error.to_string());
                return Vec::new();
            }
            Some(Ok(_)) | None => return Vec::new(),
        };
        properties.into_iter().filter_map(|(name, value)| Some((name, word(value)?))).collect()
    }

    fn json_text<T: Serialize>(&mut self, value: Option<&T>) -> Option<String> {
        match serde_json::to_string(value?) {
            Ok(text) => Some(text),
            Err(error) => {
                self.unwritten = Some(error.to_string());
                None
            }
        }
    }

    /// The query as it is sent, without its question mark.
    pub(crate) fn query_string(&self) -> Option<String> {
        let pairs = self.query.iter().map(|(name, value)| format!("{}={value}", encoded(name)));
        let pairs: Vec<_> = pairs.collect();
        (!pairs.is_empty()).then(|| pairs.join("&"))
    }

    /// The cookies as they are sent.
    pub(crate) fn cookie_header(&self) -> Option<String> {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let pairs: Vec<_> = pairs.collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

fn joined<T: Display>(values: &[T], separator: &str) -> String {
    values.iter().map(T::to_string).collect::<Vec<_>>().join(separator)
}

/// A value as one word; none where it has no value, or is no word.
fn word(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn encoded(value: &str) -> String {
    utf8_percent_encode(value, ENCODED).to_string()
}
