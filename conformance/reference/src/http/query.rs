//! The query parameters.

use percent_encoding::percent_decode_str;

/// A query, parsed and decoded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    parameters: Vec<(String, String)>,
}

/// A parameter that can't be read, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BadParameter(pub(crate) &'static str);

/// The two flags that each operation has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    pub(crate) envelope: bool,
    /// Writes the response over several lines.
    pub(crate) pretty: bool,
}

impl Query {
    /// Reads the part after the question mark.
    pub(crate) fn read(text: &str) -> Self {
        let parameters = text
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (form_decoded(name), form_decoded(value)))
            .collect();
        Self { parameters }
    }

    /// The first value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The flags, as far as they can be read: a response needs them even when the query is bad.
    pub(crate) fn flags(&self) -> Flags {
        Flags {
            envelope: self.boolean("envelope").unwrap_or_default(),
            pretty: self.boolean("pretty").unwrap_or_default(),
        }
    }

    /// Whether the flags can be read.
    pub(crate) fn check_flags(&self) -> Result<(), BadParameter> {
        self.boolean("envelope")?;
        self.boolean("pretty")?;
        Ok(())
    }

    /// A number from 1 to the limit, or the default if there is none.
    pub(crate) fn count(
        &self,
        name: &'static str,
        default: usize,
        limit: usize,
    ) -> Result<usize, BadParameter> {
        match self.get(name).map(str::parse) {
            None => Ok(default),
            Some(Ok(number)) if (1..=limit).contains(&number) => Ok(number),
            Some(_) => Err(BadParameter(name)),
        }
    }

    /// Whether the number of all results is wanted.
    pub(crate) fn include_count(&self) -> Result<bool, BadParameter> {
        match self.get("includeCount") {
            None => Ok(true),
            Some(_) => self.boolean("includeCount"),
        }
    }

    /// A flag, which is false if it is absent. Two different values can't be read.
    fn boolean(&self, name: &'static str) -> Result<bool, BadParameter> {
        let mut values = self.all(name).map(|value| match value {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(BadParameter(name)),
        });
        let first = values.next().unwrap_or(Ok(false))?;
        match values.all(|value| value == Ok(first)) {
            true => Ok(first),
            false => Err(BadParameter(name)),
        }
    }

    /// Every value of a parameter.
    pub(crate) fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.parameters.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Decodes a part of a form: plus signs are spaces.
pub(crate) fn form_decoded(part: &str) -> String {
    percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned()
}
