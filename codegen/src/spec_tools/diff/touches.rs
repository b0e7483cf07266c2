//! Which clauses stand on which places of the contract, and which checks test a clause.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::change::{Change, Site};
use super::wildcard::matches;
use crate::clauses::{self, Clause, Clauses, Touch};
use crate::{Errors, Source};

/// Which clauses stand on which places, as `spec/clauses.yaml` says.
#[derive(Debug, Clone)]
pub struct Touches {
    clauses: Vec<Clause>,
    siblings: Vec<(String, String)>,
}

/// What a change touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// The slugs of the clauses: first those that name the place first, each in the order of the
    /// file.
    pub clauses: Vec<String>,
    /// What else it touches, in words.
    pub notes: Vec<String>,
    /// The ids of the checks that list one of these clauses, where a catalogue was at hand.
    pub checks: Vec<String>,
}

impl Touches {
    /// Reads them from the clauses.
    ///
    /// # Errors
    /// For everything in the file that the generator refuses.
    pub fn read(source: &Source) -> Result<Self, Errors> {
        let Clauses { siblings, clauses } = clauses::read(source).map_err(Errors)?;
        Ok(Self { clauses, siblings })
    }

    /// What a change touches.
    pub fn of(&self, change: &Change, catalogue: &Catalogue) -> Touched {
        let mut touched = Touched::default();
        let sites: Vec<_> = change.site.each().iter().map(ToString::to_string).collect();
        let is_touched = |touch: &Touch| {
            let rule = |rule: &String| matches(rule, change.rule.slug());
            touch.operation == change.operation
                && sites.iter().any(|site| matches(&touch.at, site))
                && (touch.rules.is_empty() || touch.rules.iter().any(rule))
        };
        let by_place = |clause: &&Clause| clause.touches.iter().position(is_touched);
        let (first, later): (Vec<_>, Vec<_>) = self
            .clauses
            .iter()
            .filter(|clause| by_place(clause).is_some())
            .partition(|clause| by_place(clause) == Some(0));
        touched.clauses = first.into_iter().chain(later).map(|it| it.slug.clone()).collect();
        let of_sibling = |(operation, _): &&(String, String)| *operation == change.operation;
        let notes = self.siblings.iter().filter(of_sibling).map(|(_, note)| note.clone());
        touched.notes = notes.collect();
        for clause in &touched.clauses {
            extend(&mut touched.checks, catalogue.checks(clause));
        }
        touched
    }

    /// The (operation, place) of each touch and sibling that none of these places matches.
    pub fn unused<'t>(&'t self, places: &[(String, Site)]) -> Vec<(&'t str, &'t str)> {
        let touches = self.clauses.iter().flat_map(|clause| &clause.touches);
        let touches = touches.map(|touch| (touch.operation.as_str(), touch.at.as_str()));
        let siblings = self.siblings.iter().map(|(operation, _)| (operation.as_str(), "*"));
        let is_unused = |(operation, at): &(&str, &str)| {
            !places.iter().any(|(it, site)| it == operation && matches(at, &site.to_string()))
        };
        touches.chain(siblings).filter(is_unused).collect()
    }
}

fn extend(list: &mut Vec<String>, further: &[String]) {
    for item in further {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
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
