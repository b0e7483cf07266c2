//! A response with placeholders for ids, names and times, which differ from run to run.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::exchange::Response;

/// The maximum length of a body that is not JSON, in characters.
const TEXT_KEPT: usize = 2000;

/// Fields with personal data.
const PERSONAL: [&str; 3] = ["firstName", "lastName", "mobileNumber"];

/// One response, made comparable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sample {
    pub status: u16,
    /// The Content-Type as received.
    pub media_type: Option<String>,
    /// The body, JSON in one layout.
    pub body: String,
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media_type = self.media_type.as_deref().unwrap_or("no Content-Type");
        write!(f, "{}\n{media_type}\n{}", self.status, self.body)
    }
}

/// Patterns of texts that change from run to run, and their placeholders. The order matters.
static CHANGING: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let pairs = [
        (r"\b\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?", "<time>"),
        (r"[^\s@<>(),;:'\x22/]+(@|%40)[^\s@<>(),;:'\x22/]+", "<username>"),
        (r"\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b", "<id>"),
        (r"(%[0-9a-fA-F]{2}|\b)[0-9a-fA-F]{23,}\b|(%[0-9a-fA-F]{2}){24}", "<id>"),
    ];
    pairs.map(|(text, name)| (Regex::new(text).expect("a valid pattern"), name)).to_vec()
});

/// Texts that differ from target to target, and the placeholder that stands for each.
#[derive(Debug, Clone, Copy)]
pub struct Placeholders<'a> {
    pub texts: &'a [String],
    /// The placeholder for each of them, such as `<name>`.
    pub placeholder: &'static str,
}

/// A response made comparable.
pub fn sample(response: &Response, placeholders: Placeholders<'_>) -> Sample {
    let body = match response.json() {
        Some(value) => {
            let mut value = value.clone();
            replace_in(&mut value, placeholders);
            serde_json::to_string_pretty(&value).unwrap_or_default()
        }
        None => {
            let text = String::from_utf8_lossy(response.body());
            replace(&text.chars().take(TEXT_KEPT).collect::<String>(), placeholders)
        }
    };
    let none = Placeholders { texts: &[], ..placeholders };
    let media_type = response.header("Content-Type").map(|value| replace(&value, none));
    Sample { status: response.status, media_type, body }
}

fn replace_in(value: &mut Value, placeholders: Placeholders<'_>) {
    match value {
        Value::String(text) => *text = replace(text, placeholders),
        Value::Array(items) => {
            items.iter_mut().for_each(|item| replace_in(item, placeholders));
            // The number of elements depends on the request.
            items.dedup();
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if PERSONAL.contains(&key.as_str()) => {
                        "<name>".clone_into(text);
                    }
                    value => replace_in(value, placeholders),
                }
            }
        }
        _ => {}
    }
}

fn replace(text: &str, placeholders: Placeholders<'_>) -> String {
    let mut text = text.to_owned();
    for (pattern, name) in CHANGING.iter() {
        text = pattern.replace_all(&text, *name).into_owned();
    }
    // Longer texts first, since a text may be a prefix of another.
    let mut texts: Vec<_> = placeholders.texts.iter().filter(|text| !text.is_empty()).collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    for found in texts {
        text = text.replace(found.as_str(), placeholders.placeholder);
    }
    text
}
