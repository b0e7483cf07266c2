//! A request before it is authenticated.

use std::fmt::Display;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::client::Error;

/// What a value keeps as it is: RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One call of an operation.
#[derive(Debug, Clone)]
pub struct Call {
    pub(crate) method: &'static str,
    /// The path template, by which a call is known.
    pub(crate) template: &'static str,
    pub(crate) accept: &'static str,
    pub(crate) path: String,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) cookies: Vec<(&'static str, String)>,
    pub(crate) body: Option<(&'static str, Bytes)>,
}

impl Call {
    /// A call of one operation.
    pub fn new(method: &'static str, template: &'static str, accept: &'static str) -> Self {
        Self {
            method,
            template,
            accept,
            path: template.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            body: None,
        }
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
    pub fn query<T: Display>(&mut self, name: &'static str, value: &Option<T>) {
        self.query.extend(value.as_ref().map(|value| (name, value.to_string())));
    }

    /// Adds a query parameter.
    pub fn required_query<T: Display>(&mut self, name: &'static str, value: &T) {
        self.query.push((name, value.to_string()));
    }

    /// Adds a query parameter for each value.
    pub fn each<T: Display>(&mut self, name: &'static str, values: &Option<Vec<T>>) {
        self.required_each(name, values.as_deref().unwrap_or_default());
    }

    /// Adds a query parameter for each value.
    pub fn required_each<T: Display>(&mut self, name: &'static str, values: &[T]) {
        self.query.extend(values.iter().map(|value| (name, value.to_string())));
    }

    /// Adds a query parameter with all values, separated by commas.
    pub fn query_list<T: Display>(&mut self, name: &'static str, values: &Option<Vec<T>>) {
        self.query.extend(values.as_deref().map(|values| (name, joined(values))));
    }

    /// Adds a query parameter with all values, separated by commas.
    pub fn required_query_list<T: Display>(&mut self, name: &'static str, values: &[T]) {
        self.query.push((name, joined(values)));
    }

    /// Adds a header field, if it has a value.
    pub fn header<T: Display>(&mut self, name: &'static str, value: &Option<T>) {
        self.headers.extend(value.as_ref().map(|value| (name, value.to_string())));
    }

    /// Adds a header field.
    pub fn required_header<T: Display>(&mut self, name: &'static str, value: &T) {
        self.headers.push((name, value.to_string()));
    }

    /// Adds a header field with all values, separated by commas.
    pub fn header_list<T: Display>(&mut self, name: &'static str, values: &Option<Vec<T>>) {
        self.headers.extend(values.as_deref().map(|values| (name, joined(values))));
    }

    /// Adds a header field with all values, separated by commas.
    pub fn required_header_list<T: Display>(&mut self, name: &'static str, values: &[T]) {
        self.headers.push((name, joined(values)));
    }

    /// Adds a cookie, if it has a value.
    pub fn cookie<T: Display>(&mut self, name: &'static str, value: &Option<T>) {
        self.cookies.extend(value.as_ref().map(|value| (name, encoded(&value.to_string()))));
    }

    /// Adds a cookie.
    pub fn required_cookie<T: Display>(&mut self, name: &'static str, value: &T) {
        self.cookies.push((name, encoded(&value.to_string())));
    }

    /// Adds a cookie with all values, separated by commas.
    pub fn cookie_list<T: Display>(&mut self, name: &'static str, values: &Option<Vec<T>>) {
        self.cookies.extend(values.as_deref().map(|values| (name, encoded(&joined(values)))));
    }

    /// Adds a cookie with all values, separated by commas.
    pub fn required_cookie_list<T: Display>(&mut self, name: &'static str, values: &[T]) {
        self.cookies.push((name, encoded(&joined(values))));
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
        self.body = Some((media_type, body.into()));
    }

    /// The query as it is sent, without its question mark.
    pub(crate) fn query_string(&self) -> Option<String> {
        let pairs =
            self.query.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
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

fn joined<T: Display>(values: &[T]) -> String {
    values.iter().map(T::to_string).collect::<Vec<_>>().join(",")
}

fn encoded(value: &str) -> String {
    utf8_percent_encode(value, ENCODED).to_string()
}

/// A struct of parameters. A parameter has the name of its field, or the one after `=`, and is added
/// to a call by the method of [`Call`] after `as`, by default as a part of the query.
#[doc(hidden)]
#[macro_export]
macro_rules! parameters {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$docs:meta])* pub $field:ident: $ty:ty $(= $label:literal)? $(as $how:ident)?,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$docs])* pub $field: $ty,)*
        }

        impl $name {
            fn add_to(&self, call: &mut $crate::request::Call) {
                $($crate::parameters!(@add call, self.$field, [$field $($label)?] $($how)?);)*
            }
        }
    };
    (@add $call:ident, $value:expr, [$($name:tt)+]) => {
        $crate::parameters!(@add $call, $value, [$($name)+] query)
    };
    (@add $call:ident, $value:expr, [$field:ident] $how:ident) => {
        $call.$how(stringify!($field), &$value)
    };
    (@add $call:ident, $value:expr, [$field:ident $label:literal] $how:ident) => {
        $call.$how($label, &$value)
    };
}
