//! Which clauses stand on which places of the contract, and which checks test a clause.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::change::{Change, Site};
use super::wildcard::matches;
use crate::tree::{At, Document, Node, ReadError};

/// The table of `spec/touches.yaml`.
#[derive(Debug, Clone, Default)]
pub struct Touches {
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Default)]
struct Row {
    operation: String,
    places: Vec<String>,
    /// Names of rules; none: every one.
    rules: Vec<String>,
    clauses: Vec<String>,
    note: Option<String>,
}

/// What a change touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// The slugs of the clauses, in the order of the table.
    pub clauses: Vec<String>,
    /// What else it touches, in words.
    pub notes: Vec<String>,
    /// The ids of the checks that list one of these clauses, where a catalogue was at hand.
    pub checks: Vec<String>,
}

impl Touches {
    /// Reads the table.
    ///
    /// # Errors
    /// For a key that it does not know, and a row that names no operation or no place.
    pub fn read(document: &Document) -> Result<Self, ReadError> {
        let rows = At::root(document).items().map(|at| row(&at)).collect::<Result<_, _>>()?;
        Ok(Self { rows })
    }

    /// What a change touches.
    pub fn of(&self, change: &Change, catalogue: &Catalogue) -> Touched {
        let mut touched = Touched::default();
        for site in change.site.each() {
            for row in self.rows(&change.operation, &site) {
                let is_it = |rule: &String| matches(rule, change.rule.slug());
                if !row.rules.is_empty() && !row.rules.iter().any(is_it) {
                    continue;
                }
                extend(&mut touched.clauses, &row.clauses);
                extend(&mut touched.notes, row.note.as_slice());
            }
        }
        for clause in &touched.clauses {
            extend(&mut touched.checks, catalogue.checks(clause));
        }
        touched
    }

    fn rows(&self, operation: &str, site: &Site) -> impl Iterator<Item = &Row> {
        let site = site.to_string();
        let operation = operation.to_owned();
        self.rows.iter().filter(move |row| {
            matches(&row.operation, &operation)
                && row.places.iter().any(|place| matches(place, &site))
        })
    }

    /// Every clause that the table names.
    pub fn clauses(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().flat_map(|row| &row.clauses).map(String::as_str)
    }

    /// The (operation, place) of each row that none of these places matches.
    pub fn unused<'t>(&'t self, places: &[(String, Site)]) -> Vec<(&'t str, &'t str)> {
        let mut unused = Vec::new();
        for row in &self.rows {
            for pattern in &row.places {
                let used = places.iter().any(|(operation, site)| {
                    matches(&row.operation, operation) && matches(pattern, &site.to_string())
                });
                if !used {
                    unused.push((row.operation.as_str(), pattern.as_str()));
                }
            }
        }
        unused
    }
}

fn extend(list: &mut Vec<String>, further: &[String]) {
    for item in further {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
}

fn row(at: &At<'_>) -> Result<Row, ReadError> {
    let wrong = |reason: String| ReadError { place: at.place(), reason };
    let mut row = Row::default();
    let texts = |node: &Node| match node.as_text() {
        Some(text) => vec![text.to_owned()],
        None => node.items().iter().filter_map(Node::as_text).map(str::to_owned).collect(),
    };
    for entry in at.node.entries() {
        match entry.key.as_str() {
            "operation" => row.operation = texts(&entry.value).join(""),
            "at" => row.places = texts(&entry.value),
            "rules" => row.rules = texts(&entry.value),
            "clauses" => row.clauses = texts(&entry.value),
            "note" => row.note = entry.value.as_text().map(str::to_owned),
            other => {
                let known = "operation, at, rules, clauses or note";
                return Err(wrong(format!("expected {known}, got the key `{other}`")));
            }
        }
    }
    if row.operation.is_empty() || row.places.is_empty() {
        return Err(wrong("expected a row with `operation` and `at`".to_owned()));
    }
    if row.clauses.is_empty() && row.note.is_none() {
        return Err(wrong("expected `clauses` or a `note` of what is touched".to_owned()));
    }
    Ok(row)
}

/// The checks of the suite, by the clauses that they list.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    by_clause: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Check {
    id: String,
    clauses: Vec<String>,
}

impl Catalogue {
    /// Reads what `atlas-conformance list --format json` prints.
    ///
    /// # Errors
    /// For text that is no such list, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let checks: Vec<Check> = serde_json::from_str(text)
            .map_err(|error| format!("the catalogue of checks can't be read: {error}"))?;
        let mut by_clause: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for check in checks {
            for clause in check.clauses {
                by_clause.entry(clause).or_default().push(check.id.clone());
            }
        }
        Ok(Self { by_clause })
    }

    fn checks(&self, clause: &str) -> &[String] {
        self.by_clause.get(clause).map_or(&[], Vec::as_slice)
    }
}
