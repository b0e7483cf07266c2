//! The nodes of a document.

use crate::error::place::Position;

#[derive(Debug, Clone)]
pub struct Document {
    /// Its name, as places show it.
    pub name: String,
    /// The comment lines that it begins with, line ends included.
    pub preamble: String,
    pub root: Node,
}

/// One value, and where it stands.
#[derive(Debug, Clone, Default)]
pub struct Node {
    pub value: Value,
    pub position: Position,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub enum Value {
    /// A null, a boolean or a number, as it is written.
    Bare(String),
    Text(String),
    List(Vec<Node>),
    /// A mapping, in the order of the text.
    Map(Vec<Entry>),
}

impl Default for Value {
    fn default() -> Self {
        Self::Map(Vec::new())
    }
}

/// An entry of a mapping.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key; what is no string (as a status of 200) is taken as it is written.
    pub key: String,
    /// Where the key begins.
    pub position: Position,
    pub value: Node,
}

impl Entry {
    /// An entry that stands in no text yet.
    pub fn new(key: &str, value: Node) -> Self {
        Self { key: key.to_owned(), position: Position::default(), value }
    }
}

impl Node {
    /// A node that stands in no text yet.
    pub fn new(value: Value) -> Self {
        Self { value, position: Position::default() }
    }

    pub fn text(text: &str) -> Self {
        Self::new(Value::Text(text.to_owned()))
    }

    /// A null, boolean or number as it is to be written.
    pub fn bare(text: &str) -> Self {
        Self::new(Value::Bare(text.to_owned()))
    }

    pub fn map(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self::new(Value::Map(entries.into_iter().collect()))
    }

    /// The entries of a mapping, otherwise none.
    pub fn entries(&self) -> &[Entry] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a sequence, otherwise none.
    pub fn items(&self) -> &[Self] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The value of a key that is a string.
    pub fn get_text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Self::as_text)
    }

    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// Whether it is the boolean true.
    pub fn is_true(&self) -> bool {
        self.as_boolean() == Some(true)
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Bare(text) if text.is_empty() || text == "~" || text.eq_ignore_ascii_case("null"))
    }

    pub fn as_number(&self) -> Option<f64> {
        if let Value::Bare(text) = &self.value { text.parse().ok() } else { None }
    }

    /// A scalar as it is written.
    pub fn raw(&self) -> Option<&str> {
        if let Value::Text(text) | Value::Bare(text) = &self.value { Some(text) } else { None }
    }

    pub fn as_boolean(&self) -> Option<bool> {
        match &self.value {
            Value::Bare(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::Bare(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// What it is, for messages.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Map(_) => "a mapping",
            Value::List(_) => "a list",
            Value::Text(_) => "text",
            Value::Bare(_) if self.is_null() => "null",
            Value::Bare(_) if self.as_boolean().is_some() => "a boolean",
            Value::Bare(_) => "a number",
        }
    }

    /// How many nodes it is made of; a long text is as large as several.
    pub(crate) fn weight(&self) -> usize {
        let text = self.raw().map_or(0, |text| text.len() / 64);
        let entries =
            self.entries().iter().map(|entry| 1 + entry.key.len() / 64 + entry.value.weight());
        1 + text + entries.chain(self.items().iter().map(Self::weight)).sum::<usize>()
    }

    /// Whether both hold the same JSON value: the order of keys and the position don't count.
    pub fn same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Text(one), Value::Text(two)) => one == two,
            (Value::Bare(one), Value::Bare(two)) => {
                one.eq_ignore_ascii_case(two)
                    || (self.is_null() && other.is_null())
                    || self.as_number().is_some_and(|one| Some(one) == other.as_number())
            }
            (Value::List(one), Value::List(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.same(two))
            }
            (Value::Map(one), Value::Map(two)) => {
                one.len() == two.len()
                    && one.iter().all(|entry| {
                        other.get(&entry.key).is_some_and(|value| entry.value.same(value))
                    })
            }
            _ => false,
        }
    }

    /// The value on one line, as JSON would have it.
    pub fn inline(&self) -> String {
        match &self.value {
            Value::Bare(text) => text.clone(),
            Value::Text(text) => format!("{text:?}"),
            Value::List(items) => {
                format!("[{}]", items.iter().map(Self::inline).collect::<Vec<_>>().join(", "))
            }
            Value::Map(entries) => {
                let entry = |entry: &Entry| format!("{:?}: {}", entry.key, entry.value.inline());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}
