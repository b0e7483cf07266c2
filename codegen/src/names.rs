//! Names of a document as names of Rust.

use std::collections::HashSet;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// How long a name may be; modules become files, and file systems have limits.
const LENGTH_LIMIT: usize = 100;

/// Every keyword, reserved ones included, in lower case.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What a type can't be called without hiding what generated code uses, or what a reader takes for granted.
const TYPES: [&str; 51] = [
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Vec",
    "Box",
    "String",
    "ToString",
    "ToOwned",
    "From",
    "Into",
    "TryFrom",
    "TryInto",
    "FromIterator",
    "Iterator",
    "IntoIterator",
    "Extend",
    "DoubleEndedIterator",
    "ExactSizeIterator",
    "AsRef",
    "AsMut",
    "Copy",
    "Send",
    "Sized",
    "Sync",
    "Unpin",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "Clone",
    "Debug",
    "Default",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Hash",
    "BTreeMap",
    "Bytes",
    "Value",
    "Map",
    "Serialize",
    "Deserialize",
    "Secret",
    "PatternError",
    "S",
    "D",
];

/// A type or a variant: `GroupUserResponse`; what Rust or generated code uses gets an underscore.
pub(crate) fn ty(name: &str) -> String {
    let name = valid(name, ToPascalCase::to_pascal_case);
    if TYPES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

pub(crate) fn variant(name: &str) -> String {
    let name = valid(name, ToPascalCase::to_pascal_case);
    if name == "Self" { format!("{name}_") } else { name }
}

/// A field, function or module: `group_id`; keywords get a trailing underscore.
pub(crate) fn snake(name: &str) -> String {
    let name = valid(name, ToSnakeCase::to_snake_case).to_lowercase();
    if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

pub(crate) fn shouty(name: &str) -> String {
    valid(name, ToShoutySnakeCase::to_shouty_snake_case).to_uppercase()
}

/// The name without what an identifier can't hold, and not longer than is good.
fn valid(name: &str, case: impl Fn(&str) -> String) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().take(2 * LENGTH_LIMIT) {
        match c {
            _ if c.is_ascii_alphanumeric() => plain.push(c),
            // Letters of other scripts can look alike; their numbers can't.
            _ if c.is_alphanumeric() => plain.push_str(&format!(" u{:x} ", u32::from(c))),
            _ => plain.push(' '),
        }
    }
    let mut name = case(&plain);
    name.truncate(LENGTH_LIMIT);
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        Some(_) => format!("N{name}"),
        None => "Unnamed".to_owned(),
    }
}

/// The names that are taken in one place of the generated source.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub(crate) fn with(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// The name, or where it is taken the name with the first number from 2 that is free.
    pub(crate) fn claim(&mut self, wanted: String) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let separator = if wanted.contains(|c: char| c.is_ascii_uppercase()) { "" } else { "_" };
        let stem = wanted.trim_end_matches('_');
        let mut numbered = (2..).map(|number: u32| format!("{stem}{separator}{number}"));
        let free = numbered.find(|name| !self.taken.contains(name)).unwrap_or(wanted);
        self.taken.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, shouty, snake, ty};

    #[test]
    fn hostile_names_become_identifiers() {
        let long = "x".repeat(1000);
        for name in [
            "type",
            "self",
            "*/ fn x() {}",
            "\"\n",
            "\u{1f600}",
            "",
            "1st",
            "a b",
            "_",
            "crate",
            "\u{202e}evil",
            "名前",
            "Option",
            &long,
        ] {
            for rust in [ty(name), snake(name), shouty(name)] {
                assert!(syn::parse_str::<syn::Ident>(&rust).is_ok(), "{name:?} -> {rust:?}");
                assert!(rust.is_ascii() && rust.len() <= 101, "{name:?} -> {rust:?}");
            }
        }
    }

    #[test]
    fn names_read_as_in_the_document() {
        assert_eq!(ty("groupId"), "GroupId");
        assert_eq!(snake("removeGroupUserRole"), "remove_group_user_role");
        assert_eq!(shouty("removeGroupUserRole"), "REMOVE_GROUP_USER_ROLE");
        assert_eq!(snake("type"), "type_");
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut scope = Scope::with(&["query"]);
        let names = ["a_b", "a_b", "query", "type_", "type_", "Same", "Same"];
        let claimed = names.map(|name| scope.claim(name.to_owned()));
        assert_eq!(claimed, ["a_b", "a_b_2", "query_2", "type_", "type_2", "Same", "Same2"]);
    }
}
