//! `spec/discrepancies.md`: the changes between our fragments and the published document that are
//! known, each a row of a table.

use std::collections::BTreeSet;

use super::change::Change;
use crate::error::ReadError;
use crate::source_map::{Place, Position};

/// The columns of a table that is read; others are for people alone.
const COLUMNS: [&str; 5] = ["operation", "place", "rule", "ours", "the document's"];

#[derive(Debug, Clone, Default)]
pub struct Ledger {
    rows: Vec<Row>,
}

#[derive(Debug, Clone)]
struct Row {
    place: Place,
    /// Names of operations; none: every one.
    operations: Vec<String>,
    sites: Vec<String>,
    rule: String,
    ours: String,
    theirs: String,
}

impl Row {
    fn is_about(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.iter().any(|name| name == operation)
    }

    fn lists(&self, (operation, site, rule, old, new): &Key) -> bool {
        self.is_about(operation)
            && self.sites.contains(site)
            && (&self.rule, &self.ours, &self.theirs) == (rule, old, new)
    }
}

/// One difference, as a key.
type Key = (String, String, String, String, String);

/// How known and real differences differ.
#[derive(Debug, Clone, Default)]
pub struct Mismatch {
    /// Changes that no row lists.
    pub unlisted: Vec<Change>,
    /// Rows, or parts of them, that no change is behind; each names its line.
    pub stale: Vec<String>,
}

impl Mismatch {
    /// Whether the rows list exactly the changes.
    pub fn is_empty(&self) -> bool {
        self.unlisted.is_empty() && self.stale.is_empty()
    }
}

impl Ledger {
    /// Reads every table with the columns operation, place, rule, ours, the document's; further ones
    /// are for people. An operation may be `every` or several, with commas.
    ///
    /// # Errors
    /// For a row with too few cells.
    pub fn read(name: &str, text: &str) -> Result<Self, ReadError> {
        let mut rows = Vec::new();
        let mut inside = false;
        for (index, line) in text.lines().enumerate() {
            let line_number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let position = Position { line: line_number, column: 1 };
            let place = Place::at(name, position);
            let Some(cells) = cells(line) else {
                inside = false;
                continue;
            };
            if cells.iter().zip(COLUMNS).filter(|(cell, column)| cell.as_str() == *column).count()
                == COLUMNS.len()
            {
                inside = true;
            } else if inside && !cells.iter().all(|cell| cell.chars().all(|c| c == '-' || c == ':'))
            {
                rows.push(row(place, &cells)?);
            }
        }
        Ok(Self { rows })
    }

    /// Holds the rows against the changes of these operations. A row about other operations only is
    /// not looked at.
    pub fn hold(&self, changes: &[Change], operations: &[String]) -> Mismatch {
        let found: BTreeSet<Key> = changes.iter().flat_map(keys).collect();
        let mut stale = Vec::new();
        for row in &self.rows {
            for operation in operations.iter().filter(|operation| row.is_about(operation)) {
                for site in &row.sites {
                    let key = (
                        operation.clone(),
                        site.clone(),
                        row.rule.clone(),
                        row.ours.clone(),
                        row.theirs.clone(),
                    );
                    if !found.contains(&key) {
                        stale.push(format!("{}: {operation}, {site}: {}", row.place, row.rule));
                    }
                }
            }
        }
        Mismatch { unlisted: self.unlisted(changes.to_vec()), stale }
    }

    /// The changes that no row lists, or lists for some statuses only.
    pub fn unlisted(&self, changes: Vec<Change>) -> Vec<Change> {
        let lists = |key: &Key| self.rows.iter().any(|row| row.lists(key));
        changes.into_iter().filter(|change| !keys(change).iter().all(lists)).collect()
    }

    /// The row that would list a change; its last cells are for the person who adds it.
    pub fn row(change: &Change) -> String {
        let cell = |text: &str| format!("`{}`", text.replace('|', "\\|"));
        format!(
            "| {} | {} | {} | {} | {} | we follow …, because … |",
            change.operation,
            change.site,
            change.rule,
            cell(&change.old.short()),
            cell(&change.new.short())
        )
    }
}

fn keys(change: &Change) -> Vec<Key> {
    let key = |site: &super::change::Site| {
        (
            change.operation.clone(),
            site.to_string(),
            change.rule.slug().to_owned(),
            change.old.short(),
            change.new.short(),
        )
    };
    change.site.each().iter().map(key).collect()
}

fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = vec![String::new()];
    let mut characters = inner.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, characters.peek(), cells.last_mut()) {
            ('\\', Some('|'), Some(cell)) => {
                cell.push('|');
                characters.next();
            }
            ('|', ..) => cells.push(String::new()),
            (c, _, Some(cell)) => cell.push(c),
            (_, _, None) => {}
        }
    }
    Some(cells.iter().map(|cell| cell.trim().trim_matches('`').to_owned()).collect())
}

fn row(place: Place, cells: &[String]) -> Result<Row, ReadError> {
    let [operation, site, rule, ours, theirs, ..] = cells else {
        let reason = format!("expected {} cells or more, got {}", COLUMNS.len(), cells.len());
        return Err(ReadError { place, reason });
    };
    if super::rule::Rule::ALL.iter().all(|known| known.slug() != rule) {
        let reason = format!("expected a rule of `cargo xtask spec diff`, got `{rule}`");
        return Err(ReadError { place, reason });
    }
    let operations = match operation.as_str() {
        "every" => Vec::new(),
        names => names.split(',').map(|name| name.trim().to_owned()).collect(),
    };
    let sites = each_status(site);
    Ok(Row {
        place,
        operations,
        sites,
        rule: rule.clone(),
        ours: ours.clone(),
        theirs: theirs.clone(),
    })
}

/// `response 400, 401 body` as one site for each status.
fn each_status(site: &str) -> Vec<String> {
    let Some(rest) = site.strip_prefix("response ") else { return vec![site.to_owned()] };
    let end = rest.find(|c: char| c.is_ascii_lowercase() && c != 'x').unwrap_or(rest.len());
    let (statuses, tail) = rest.split_at(end);
    let one = |status: &str| format!("response {} {tail}", status.trim()).trim_end().to_owned();
    statuses.split(',').map(one).collect()
}
