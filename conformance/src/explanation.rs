//! Each clause at length: why it is there, what a check sends, what passes, and how to repair a
//! server that fails. The texts are in `explanations.toml`, in the order of the clauses.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use atlas_api::clauses::Clause;
use serde::Deserialize;

/// One clause at length.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// Why somebody depends on it.
    pub why: String,
    /// What the checks send.
    pub sent: String,
    /// What passes, and what is left open.
    pub passes: String,
    /// How a server that fails is repaired.
    pub repair: String,
}

static ALL: LazyLock<Result<BTreeMap<String, Explanation>, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("explanations.toml")));

/// Every explanation by the slug of its clause.
///
/// # Errors
/// When the file is no TOML of this shape; a test holds that it is.
pub fn all() -> Result<&'static BTreeMap<String, Explanation>, &'static toml::de::Error> {
    ALL.as_ref()
}

/// The explanation of one clause; a test holds that none is missing.
pub fn of(clause: Clause) -> Option<&'static Explanation> {
    all().ok()?.get(clause.slug())
}
