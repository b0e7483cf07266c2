//! One answer with what differs from run to run taken out: ids, names, times.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::exchange::Answer;

/// How much is kept of a body that is no JSON.
const TEXT_KEPT: usize = 2000;

/// Fields whose value is somebody's.
const PERSONAL: [&str; 3] = ["firstName", "lastName", "mobileNumber"];

/// One answer, made comparable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sample {
    /// The status.
    pub status: u16,
    /// The Content-Type as it came.
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

/// What changes from run to run, and what it is replaced by. The order matters.
static CHANGING: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let pairs = [
        (r"\b\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?", "<time>"),
        (r"[^\s@<>(),;:'\x22/]+(@|%40)[^\s@<>(),;:'\x22/]+", "<username>"),
        (r"\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b", "<id>"),
        (r"(%[0-9a-fA-F]{2}|\b)[0-9a-fA-F]{23,}\b|(%[0-9a-fA-F]{2}){24}", "<id>"),
    ];
    pairs.map(|(text, name)| (Regex::new(text).expect("a valid pattern"), name)).to_vec()
});

/// An answer made comparable; `roles` are the names that a role can have.
pub fn sample(answer: &Answer, roles: &[String]) -> Sample {
    let body = match answer.json() {
        Some(mut value) => {
            redact(&mut value, roles);
            serde_json::to_string_pretty(&value).unwrap_or_default()
        }
        None => {
            let text = String::from_utf8_lossy(&answer.body);
            constant(&text.chars().take(TEXT_KEPT).collect::<String>(), roles)
        }
    };
    let media_type = answer.header("Content-Type").map(|value| constant(&value, &[]));
    Sample { status: answer.status, media_type, body }
}

fn redact(value: &mut Value, roles: &[String]) {
    match value {
        Value::String(text) => *text = constant(text, roles),
        Value::Array(items) => {
            items.iter_mut().for_each(|item| redact(item, roles));
            // How many roles are left depends on the request.
            items.dedup();
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if PERSONAL.contains(&key.as_str()) => {
                        "<name>".clone_into(text);
                    }
                    value => redact(value, roles),
                }
            }
        }
        _ => {}
    }
}

fn constant(text: &str, roles: &[String]) -> String {
    let mut text = text.to_owned();
    for (pattern, name) in CHANGING.iter() {
        text = pattern.replace_all(&text, *name).into_owned();
    }
    // A longer name first, since one may be the beginning of another.
    let mut roles: Vec<_> = roles.iter().filter(|role| !role.is_empty()).collect();
    roles.sort_by_key(|role| std::cmp::Reverse(role.len()));
    for role in roles {
        text = text.replace(role.as_str(), "<role>");
    }
    text
}
