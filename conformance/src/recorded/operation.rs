//! Whether a recorded request is one of the operation, and what it asks for.

use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use regex::Regex;

use atlas_remove_role::operation::contract;

/// What a request of the operation has in its URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    pub group: String,
    pub user: String,
    /// The pairs of the query, decoded, in order.
    pub query: Vec<(String, String)>,
}

/// The path of the operation below any prefix; its `:` may be percent-encoded.
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    let path = regex::escape(contract().path)
        .replace(r"\{groupId\}", "(?<group>[^/]*)")
        .replace(r"\{userId\}", "(?<user>[^/]*)")
        .replace(":removeRole", "(?::|%3[Aa])removeRole");
    Regex::new(&format!("{path}$")).expect("a valid pattern")
});

/// What a request target addresses, where it is one of the operation.
pub fn addressed(target: &str) -> Option<Addressed> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let found = PATH.captures(path)?;
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    });
    Some(Addressed {
        group: decoded(&found["group"]),
        user: decoded(&found["user"]),
        query: pairs.collect(),
    })
}

impl Addressed {
    /// The value of a query parameter that is given exactly once.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut values = self.query.iter().filter(|(key, _)| key == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }
}
