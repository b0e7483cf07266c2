//! The clauses: `clauses.yaml`, read and validated.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::source_map::{self, At, Value};
use crate::{Source, names};

const FILE_KEYS: [&str; 3] = ["operation", "siblings", "clauses"];

const KEYS: [&str; 13] = [
    "slug",
    "level",
    "text",
    "source",
    "uncheckable",
    "why",
    "sent",
    "passes",
    "repair",
    "effect",
    "several_users",
    "judges",
    "touches",
];

const JUDGES_KEYS: [&str; 3] = ["body", "at", "breach"];

const TOUCHES_KEYS: [&str; 3] = ["operation", "at", "rules"];

#[derive(Debug, Clone)]
pub(crate) struct Clauses {
    /// The ids of other operations that the suite uses, and what for.
    pub(crate) siblings: Vec<(String, String)>,
    pub(crate) clauses: Vec<Clause>,
}

/// One requirement of the documentation.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    pub(crate) slug: String,
    pub(crate) level: Level,
    pub(crate) text: String,
    pub(crate) source: String,
    pub(crate) uncheckable: Option<String>,
    pub(crate) explanation: Explanation,
    /// Whether it is about what happens to a user.
    pub(crate) effect: bool,
    /// Whether one user alone can't show that it holds.
    pub(crate) several_users: bool,
    pub(crate) judges: Vec<Judged>,
    pub(crate) touches: Vec<Touch>,
}

/// A clause at length.
#[derive(Debug, Clone)]
pub(crate) struct Explanation {
    pub(crate) why: String,
    pub(crate) sent: String,
    pub(crate) passes: String,
    pub(crate) repair: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Must,
    Should,
    May,
}

/// A place in a body that a clause judges.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) body: Body,
    /// The segments of its pointer; `*` is any one member or element.
    pub(crate) at: Vec<String>,
    /// The kind of breach; none: every kind.
    pub(crate) breach: Option<BreachKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Body {
    Success,
    Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum BreachKind {
    Value,
    Missing,
    MissingByCondition,
}

impl BreachKind {
    const ALL: [Self; 3] = [Self::Value, Self::Missing, Self::MissingByCondition];

    const fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Missing => "missing",
            Self::MissingByCondition => "missing-by-condition",
        }
    }
}

impl Body {
    const ALL: [Self; 2] = [Self::Success, Self::Error];

    const fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Error => "error",
        }
    }
}

/// A place of the document whose change touches a clause.
#[derive(Debug, Clone)]
pub(crate) struct Touch {
    pub(crate) operation: String,
    /// The place as `spec diff` prints it, with wildcards.
    pub(crate) at: String,
    /// Names of rules, with wildcards; none: every one.
    pub(crate) rules: Vec<String>,
}

pub(crate) fn read(source: &Source) -> Result<Clauses, Vec<Error>> {
    let document = source_map::read(&source.name, &source.text);
    file(&At::root(&document.map_err(|error| vec![error.into()])?))
}

fn file(root: &At<'_>) -> Result<Clauses, Vec<Error>> {
    known_keys(root, &FILE_KEYS).map_err(|error| vec![error])?;
    let operation = text(root, "operation").map_err(|error| vec![error])?;
    let siblings = siblings(root).map_err(|error| vec![error])?;
    if root.get("clauses").is_none() {
        return Err(vec![unexpected(root, "the key `clauses`", "none")]);
    }
    let items = list(root, "clauses").map_err(|error| vec![error])?;
    let (mut clauses, mut errors) = (Vec::new(), Vec::new());
    let (mut slugs, mut places) = (BTreeSet::new(), BTreeMap::new());
    for item in items {
        match clause(&item, &operation) {
            Ok(clause) if slugs.insert(names::ty(&clause.slug)) => {
                errors.extend(judged_twice(&item, &clause, &mut places));
                clauses.push(clause);
            }
            Ok(clause) => errors.push(Error::Collision {
                place: item.place_of("slug"),
                what: "the slug",
                name: clause.slug,
                reason: "another clause has it".to_owned(),
            }),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        errors.extend(unjudged(root, &places));
    }
    if errors.is_empty() { Ok(Clauses { siblings, clauses }) } else { Err(errors) }
}

fn siblings(root: &At<'_>) -> Result<Vec<(String, String)>, Error> {
    let Some(siblings) = root.get("siblings") else { return Ok(Vec::new()) };
    if !matches!(siblings.node.value, Value::Map(_)) {
        return Err(unexpected(&siblings, "a mapping", siblings.node.kind()));
    }
    siblings.entries().map(|(id, what)| Ok((id.to_owned(), scalar(&what)?))).collect()
}

fn clause(item: &At<'_>, operation: &str) -> Result<Clause, Error> {
    known_keys(item, &KEYS)?;
    let slug = text(item, "slug")?;
    if !is_slug(&slug) {
        return Err(wrong(item, "slug", "a slug like section.topic, in lower case", &slug));
    }
    let levels = [("must", Level::Must), ("should", Level::Should), ("may", Level::May)];
    Ok(Clause {
        slug,
        level: one_of(item, "level", &levels)?,
        text: text(item, "text")?,
        source: text(item, "source")?,
        uncheckable: optional(item, "uncheckable")?,
        explanation: Explanation {
            why: sentence(item, "why")?,
            sent: sentence(item, "sent")?,
            passes: sentence(item, "passes")?,
            repair: sentence(item, "repair")?,
        },
        effect: flag(item, "effect")?,
        several_users: flag(item, "several_users")?,
        judges: list(item, "judges")?.iter().map(judged).collect::<Result<_, _>>()?,
        touches: touches(item, operation)?,
    })
}

fn judged(item: &At<'_>) -> Result<Judged, Error> {
    known_keys(item, &JUDGES_KEYS)?;
    let at = text(item, "at")?;
    let segments = match at.strip_prefix('/') {
        Some(path) => path.split('/').map(str::to_owned).collect(),
        None if at.is_empty() => Vec::new(),
        None => {
            return Err(wrong(item, "at", "a JSON pointer, empty or with a leading `/`", &at));
        }
    };
    let breaches = BreachKind::ALL.map(|kind| (kind.name(), kind));
    let breach = item.get("breach").map(|_| one_of(item, "breach", &breaches)).transpose()?;
    let body = one_of(item, "body", &Body::ALL.map(|body| (body.name(), body)))?;
    Ok(Judged { body, at: segments, breach })
}

fn touches(item: &At<'_>, operation: &str) -> Result<Vec<Touch>, Error> {
    let items = list(item, "touches")?;
    if items.is_empty() {
        return Err(unexpected(item, "the key `touches`, with a place", "none"));
    }
    let touch = |item: &At<'_>| {
        if let Some(at) = item.node.raw() {
            let (operation, at) = (operation.to_owned(), at.to_owned());
            return Ok(Touch { operation, at, rules: Vec::new() });
        }
        known_keys(item, &TOUCHES_KEYS)?;
        let other = optional(item, "operation")?;
        let rules = list(item, "rules")?;
        Ok(Touch {
            operation: other.unwrap_or_else(|| operation.to_owned()),
            at: text(item, "at")?,
            rules: rules.iter().map(scalar).collect::<Result<_, _>>()?,
        })
    };
    items.iter().map(touch).collect()
}

/// The places of a clause that an earlier one judges.
fn judged_twice(
    item: &At<'_>,
    clause: &Clause,
    places: &mut BTreeMap<(Body, Vec<String>, BreachKind), String>,
) -> Vec<Error> {
    let mut errors = Vec::new();
    let nodes = item.get("judges").into_iter().flat_map(|judges| judges.items());
    for (node, judged) in nodes.zip(&clause.judges) {
        let kinds = match &judged.breach {
            Some(kind) => std::slice::from_ref(kind),
            None => &BreachKind::ALL,
        };
        for kind in kinds {
            let key = (judged.body, judged.at.clone(), *kind);
            if let Some(other) = places.insert(key, clause.slug.clone()) {
                errors.push(Error::Collision {
                    place: node.place(),
                    what: "the place",
                    name: describe(judged.body, &judged.at, *kind),
                    reason: format!("{other} judges it"),
                });
                break;
            }
        }
    }
    errors
}

/// The first kind of breach in the first kind of body that would belong to no clause.
fn unjudged(
    root: &At<'_>,
    places: &BTreeMap<(Body, Vec<String>, BreachKind), String>,
) -> Option<Error> {
    let all = Body::ALL.into_iter().flat_map(|body| BreachKind::ALL.map(|kind| (body, kind)));
    let mut none = all.filter(|(body, kind)| !places.contains_key(&(*body, Vec::new(), *kind)));
    none.next().map(|(body, kind)| Error::Unexpected {
        place: root.place_of("clauses"),
        expected: format!("a clause that judges {}", describe(body, &[], kind)),
        got: "none".to_owned(),
    })
}

fn known_keys(at: &At<'_>, keys: &[&str]) -> Result<(), Error> {
    if !matches!(at.node.value, Value::Map(_)) {
        let expected = format!("a mapping with {}", keys.join(", "));
        return Err(unexpected(at, &expected, at.node.kind()));
    }
    match at.entries().find(|(key, _)| !keys.contains(key)) {
        Some((key, stranger)) => {
            let expected = format!("one of {}", keys.join(", "));
            Err(unexpected(&stranger, &expected, &format!("the key `{key}`")))
        }
        None => Ok(()),
    }
}

fn text(at: &At<'_>, key: &str) -> Result<String, Error> {
    optional(at, key)?.ok_or_else(|| unexpected(at, &format!("the key `{key}`"), "none"))
}

fn optional(at: &At<'_>, key: &str) -> Result<Option<String>, Error> {
    at.get(key).map(|value| scalar(&value)).transpose()
}

fn scalar(at: &At<'_>) -> Result<String, Error> {
    let text = at.node.raw().map(str::to_owned);
    text.ok_or_else(|| unexpected(at, "text", at.node.kind()))
}

fn sentence(at: &At<'_>, key: &str) -> Result<String, Error> {
    let text = text(at, key)?;
    if text.len() > 3 && text.ends_with('.') {
        return Ok(text);
    }
    Err(wrong(at, key, "a sentence with a full stop", &text))
}

fn flag(at: &At<'_>, key: &str) -> Result<bool, Error> {
    let Some(value) = at.get(key) else { return Ok(false) };
    value.node.as_boolean().ok_or_else(|| unexpected(&value, "a boolean", value.node.kind()))
}

fn list<'a>(at: &At<'a>, key: &str) -> Result<Vec<At<'a>>, Error> {
    match at.get(key) {
        Some(list) if matches!(list.node.value, Value::List(_)) => Ok(list.items().collect()),
        Some(other) => Err(unexpected(&other, "a list", other.node.kind())),
        None => Ok(Vec::new()),
    }
}

fn one_of<T: Copy>(at: &At<'_>, key: &str, known: &[(&str, T)]) -> Result<T, Error> {
    let text = text(at, key)?;
    let found = known.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        wrong(at, key, &format!("one of {}", names.join(", ")), &text)
    })
}

/// The value of a key is not as it should be.
fn wrong(at: &At<'_>, key: &str, expected: &str, got: &str) -> Error {
    let (expected, got) = (expected.to_owned(), format!("`{got}`"));
    Error::Unexpected { place: at.place_of(key), expected, got }
}

fn unexpected(at: &At<'_>, expected: &str, got: &str) -> Error {
    Error::Unexpected { place: at.place(), expected: expected.to_owned(), got: got.to_owned() }
}

fn describe(body: Body, at: &[String], kind: BreachKind) -> String {
    let pointer: String = at.iter().map(|segment| format!("/{segment}")).collect();
    format!("body {}, at \"{pointer}\", breach {}", body.name(), kind.name())
}

fn is_slug(slug: &str) -> bool {
    let word = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    slug.split_once('.').is_some_and(|(section, topic)| word(section) && word(topic))
}
