//! The clauses: `clauses.yaml`, read and validated.

use std::collections::BTreeSet;

use crate::document::{Node, Tree, Value};
use crate::error::Error;
use crate::load::load;
use crate::{Source, names};

const KEYS: [&str; 5] = ["slug", "level", "text", "source", "uncheckable"];

/// One requirement of the documentation.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    pub(crate) slug: String,
    pub(crate) level: Level,
    pub(crate) text: String,
    pub(crate) source: String,
    pub(crate) uncheckable: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Must,
    Should,
    May,
}

/// Reads all clauses.
pub(crate) fn read(source: &Source) -> Result<Vec<Clause>, Vec<Error>> {
    let tree = load(source).map_err(|error| vec![error])?;
    let Value::Sequence(items) = &tree.root.value else {
        return Err(vec![unexpected(&tree, &tree.root, "a list of clauses", tree.root.kind())]);
    };
    let (mut clauses, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for item in items {
        match clause(&tree, item) {
            Ok(clause) if seen.insert(names::ty(&clause.slug)) => clauses.push(clause),
            Ok(clause) => errors.push(Error::Collision {
                place: tree.place_of(item, "slug"),
                what: "the slug",
                name: clause.slug,
                reason: "another clause has it".to_owned(),
            }),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(clauses) } else { Err(errors) }
}

fn clause(tree: &Tree<'_>, item: &Node<'_>) -> Result<Clause, Error> {
    if let Some(stranger) = item.entries().iter().find(|entry| !KEYS.contains(&entry.key.as_ref()))
    {
        let got = format!("the key `{}`", stranger.key);
        return Err(unexpected(tree, &stranger.node, &format!("one of {}", KEYS.join(", ")), &got));
    }
    let optional = |key: &str| item.get(key).and_then(Node::raw).map(str::to_owned);
    let required = |key: &str| {
        optional(key).ok_or_else(|| unexpected(tree, item, &format!("the key `{key}`"), "none"))
    };
    let slug = required("slug")?;
    if !is_slug(&slug) {
        return Err(Error::Unexpected {
            place: tree.place_of(item, "slug"),
            expected: "a slug like section.topic, in lower case".to_owned(),
            got: format!("`{slug}`"),
        });
    }
    let level = match required("level")?.as_str() {
        "must" => Level::Must,
        "should" => Level::Should,
        "may" => Level::May,
        other => {
            return Err(Error::Unexpected {
                place: tree.place_of(item, "level"),
                expected: "one of must, should, may".to_owned(),
                got: format!("`{other}`"),
            });
        }
    };
    Ok(Clause {
        slug,
        level,
        text: required("text")?,
        source: required("source")?,
        uncheckable: optional("uncheckable"),
    })
}

fn is_slug(slug: &str) -> bool {
    let word = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    slug.split_once('.').is_some_and(|(section, topic)| word(section) && word(topic))
}

fn unexpected(tree: &Tree<'_>, node: &Node<'_>, expected: &str, got: &str) -> Error {
    Error::Unexpected {
        place: tree.place(node),
        expected: expected.to_owned(),
        got: got.to_owned(),
    }
}
