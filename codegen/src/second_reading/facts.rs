//! What a reading of a document says, in words that both readings share.

use std::collections::BTreeSet;

/// Everything that a reading says.
pub(super) type Facts = BTreeSet<Fact>;

/// One thing that a document says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fact {
    /// The keys that lead to the operation or the schema.
    pub(super) at: Vec<String>,
    /// What is said of it.
    pub(super) says: String,
}

/// Of whom facts are.
pub(super) struct Subject<'f> {
    at: Vec<String>,
    facts: &'f mut Facts,
}

impl<'f> Subject<'f> {
    pub(super) fn operation(path: &str, method: &str, facts: &'f mut Facts) -> Self {
        Self { at: vec!["paths".to_owned(), path.to_owned(), method.to_lowercase()], facts }
    }

    pub(super) fn schema(name: &str, facts: &'f mut Facts) -> Self {
        Self { at: schema_at(name), facts }
    }

    fn say(&mut self, says: String) {
        self.facts.insert(Fact { at: self.at.clone(), says });
    }

    pub(super) fn id(&mut self, id: &str) {
        self.say(format!("the operationId `{id}`"));
    }

    pub(super) fn parameter(&mut self, name: &str, location: &str, required: bool) {
        self.say(format!("the {} {location} parameter `{name}`", degree(required)));
    }

    pub(super) fn body(&mut self, media_type: &str, required: bool) {
        self.say(format!("the {} body as `{media_type}`", degree(required)));
    }

    pub(super) fn answer(&mut self, status: &str) {
        self.say(format!("the answer {status}"));
    }

    pub(super) fn answer_as(&mut self, status: &str, media_type: &str) {
        self.say(format!("the answer {status} as `{media_type}`"));
    }

    pub(super) fn named(&mut self, name: &str) {
        self.say(format!("the schema `{name}`"));
    }

    pub(super) fn property(&mut self, name: &str, required: bool) {
        self.say(format!("{PROPERTY}{} `{name}`", degree(required)));
    }
}

const PROPERTY: &str = "the property, ";

impl Fact {
    pub(super) fn is_property_of(&self, schema: &str) -> bool {
        self.says.starts_with(PROPERTY) && self.at == schema_at(schema)
    }
}

fn schema_at(name: &str) -> Vec<String> {
    vec!["components".to_owned(), "schemas".to_owned(), name.to_owned()]
}

const fn degree(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}
