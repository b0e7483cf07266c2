//! The clauses: `clauses.yaml`, read and validated.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::error::Error;
use crate::load::{Places, below, raw, typed};
use crate::{Source, names};

/// One requirement of the documentation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clause {
    pub(crate) slug: String,
    pub(crate) level: Level,
    pub(crate) text: String,
    pub(crate) source: String,
    pub(crate) uncheckable: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    Must,
    Should,
    May,
}

/// Reads all clauses.
pub(crate) fn read(source: &Source) -> Result<Vec<Clause>, Error> {
    let (_, places) = raw(source)?;
    let clauses: Vec<Clause> = typed(source, &places)?;
    let mut seen = BTreeSet::new();
    for (index, clause) in clauses.iter().enumerate() {
        validate(clause, index, &places)?;
        if !seen.insert(names::ty(&clause.slug)) {
            return Err(Error::Collision {
                place: places.at(&below(&below("", &index.to_string()), "slug")),
                what: "the slug",
                name: clause.slug.clone(),
                reason: "another clause has it".to_owned(),
            });
        }
    }
    Ok(clauses)
}

fn validate(clause: &Clause, index: usize, places: &Places) -> Result<(), Error> {
    let word = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let is_slug =
        clause.slug.split_once('.').is_some_and(|(section, topic)| word(section) && word(topic));
    if is_slug {
        return Ok(());
    }
    Err(Error::Unexpected {
        place: places.at(&below(&below("", &index.to_string()), "slug")),
        expected: "a slug like section.topic, in lower case".to_owned(),
        got: format!("`{}`", clause.slug),
    })
}
