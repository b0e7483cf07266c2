//! Header fields of answers, each with the type that the document gives it.

use std::marker::PhantomData;
use std::str::FromStr;

use reqwest::header::HeaderMap;

/// A header field that answers may have.
#[derive(Debug)]
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

/// A header field that is not what the document says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected the documented kind of value in the header {name}, got `{got}`")]
pub struct HeaderError {
    /// Its name.
    pub name: &'static str,
    /// What came.
    pub got: String,
}

impl<T> Header<T> {
    /// The header field of this name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: FromStr> Header<T> {
    /// Its value, `None` where it did not come.
    ///
    /// # Errors
    /// When what came is something else than the document says.
    pub fn of(&self, headers: &HeaderMap) -> Result<Option<T>, HeaderError> {
        let Some(value) = headers.get(self.name) else { return Ok(None) };
        let text = String::from_utf8_lossy(value.as_bytes());
        let wrong = |_| HeaderError { name: self.name, got: text.to_string() };
        text.trim().parse().map(Some).map_err(wrong)
    }
}
