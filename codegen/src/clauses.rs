//! The clauses: `clauses.yaml`, read and validated.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Entry, Node, Tree, Value};
use crate::error::Error;
use crate::load::load;
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
    let tree = load(source).map_err(|error| vec![error])?;
    Reader { tree: &tree }.file()
}

struct Reader<'a, 't> {
    tree: &'a Tree<'t>,
}

impl<'t> Reader<'_, 't> {
    fn file(&self) -> Result<Clauses, Vec<Error>> {
        let root = &self.tree.root;
        self.known_keys(root, &FILE_KEYS).map_err(|error| vec![error])?;
        let operation = self.text(root, "operation").map_err(|error| vec![error])?;
        let siblings = self.siblings(root).map_err(|error| vec![error])?;
        let items = match root.get("clauses") {
            Some(Node { value: Value::Sequence(items), .. }) => items,
            Some(other) => return Err(vec![self.unexpected(other, "a list", other.kind())]),
            None => return Err(vec![self.unexpected(root, "the key `clauses`", "none")]),
        };
        let (mut clauses, mut errors) = (Vec::new(), Vec::new());
        let (mut slugs, mut places) = (BTreeSet::new(), BTreeMap::new());
        for item in items {
            match self.clause(item, &operation) {
                Ok(clause) if slugs.insert(names::ty(&clause.slug)) => {
                    errors.extend(self.judged_twice(item, &clause, &mut places));
                    clauses.push(clause);
                }
                Ok(clause) => errors.push(Error::Collision {
                    place: self.tree.place_of(item, "slug"),
                    what: "the slug",
                    name: clause.slug,
                    reason: "another clause has it".to_owned(),
                }),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() {
            errors.extend(self.unjudged(root, &places));
        }
        if errors.is_empty() { Ok(Clauses { siblings, clauses }) } else { Err(errors) }
    }

    fn siblings(&self, root: &Node<'t>) -> Result<Vec<(String, String)>, Error> {
        let entries = match root.get("siblings") {
            Some(Node { value: Value::Mapping(entries), .. }) => entries.as_slice(),
            Some(other) => return Err(self.unexpected(other, "a mapping", other.kind())),
            None => &[],
        };
        let sibling = |entry: &Entry<'t>| Ok((entry.key.to_string(), self.scalar(&entry.node)?));
        entries.iter().map(sibling).collect()
    }

    fn clause(&self, item: &Node<'t>, operation: &str) -> Result<Clause, Error> {
        self.known_keys(item, &KEYS)?;
        let slug = self.text(item, "slug")?;
        if !is_slug(&slug) {
            return Err(Error::Unexpected {
                place: self.tree.place_of(item, "slug"),
                expected: "a slug like section.topic, in lower case".to_owned(),
                got: format!("`{slug}`"),
            });
        }
        let levels = [("must", Level::Must), ("should", Level::Should), ("may", Level::May)];
        Ok(Clause {
            slug,
            level: self.one_of(item, "level", &levels)?,
            text: self.text(item, "text")?,
            source: self.text(item, "source")?,
            uncheckable: self.optional(item, "uncheckable")?,
            explanation: Explanation {
                why: self.sentence(item, "why")?,
                sent: self.sentence(item, "sent")?,
                passes: self.sentence(item, "passes")?,
                repair: self.sentence(item, "repair")?,
            },
            effect: self.flag(item, "effect")?,
            several_users: self.flag(item, "several_users")?,
            judges: self.judges(item)?,
            touches: self.touches(item, operation)?,
        })
    }

    fn judges(&self, item: &Node<'t>) -> Result<Vec<Judged>, Error> {
        self.list(item, "judges")?.iter().map(|judged| self.judged(judged)).collect()
    }

    fn judged(&self, item: &Node<'t>) -> Result<Judged, Error> {
        self.known_keys(item, &JUDGES_KEYS)?;
        let at = self.text(item, "at")?;
        let segments = match at.strip_prefix('/') {
            Some(path) => path.split('/').map(str::to_owned).collect(),
            None if at.is_empty() => Vec::new(),
            None => {
                return Err(Error::Unexpected {
                    place: self.tree.place_of(item, "at"),
                    expected: "a JSON pointer, empty or with a leading `/`".to_owned(),
                    got: format!("`{at}`"),
                });
            }
        };
        let breach = match item.get("breach") {
            Some(_) => {
                Some(self.one_of(item, "breach", &BreachKind::ALL.map(|it| (it.name(), it)))?)
            }
            None => None,
        };
        let body = self.one_of(item, "body", &Body::ALL.map(|it| (it.name(), it)))?;
        Ok(Judged { body, at: segments, breach })
    }

    fn touches(&self, item: &Node<'t>, operation: &str) -> Result<Vec<Touch>, Error> {
        let items = self.list(item, "touches")?;
        if items.is_empty() {
            return Err(self.unexpected(item, "the key `touches`, with a place", "none"));
        }
        let touch = |item: &Node<'t>| {
            if let Some(at) = item.raw() {
                let (operation, at) = (operation.to_owned(), at.to_owned());
                return Ok(Touch { operation, at, rules: Vec::new() });
            }
            self.known_keys(item, &TOUCHES_KEYS)?;
            let other = self.optional(item, "operation")?;
            let rules = self.list(item, "rules")?.iter().map(|rule| self.scalar(rule));
            Ok(Touch {
                operation: other.unwrap_or_else(|| operation.to_owned()),
                at: self.text(item, "at")?,
                rules: rules.collect::<Result<_, _>>()?,
            })
        };
        items.iter().map(touch).collect()
    }

    /// The places of a clause that an earlier one judges.
    fn judged_twice(
        &self,
        item: &Node<'t>,
        clause: &Clause,
        places: &mut BTreeMap<(Body, Vec<String>, BreachKind), String>,
    ) -> Vec<Error> {
        let mut errors = Vec::new();
        let nodes = item.get("judges").map_or(&[][..], Node::items);
        for (node, judged) in nodes.iter().zip(&clause.judges) {
            let kinds = match &judged.breach {
                Some(kind) => std::slice::from_ref(kind),
                None => &BreachKind::ALL,
            };
            for kind in kinds {
                let key = (judged.body, judged.at.clone(), *kind);
                if let Some(other) = places.insert(key, clause.slug.clone()) {
                    errors.push(Error::Collision {
                        place: self.tree.place(node),
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
        &self,
        root: &Node<'t>,
        places: &BTreeMap<(Body, Vec<String>, BreachKind), String>,
    ) -> Option<Error> {
        let all = Body::ALL.into_iter().flat_map(|body| BreachKind::ALL.map(|kind| (body, kind)));
        let mut none = all.filter(|(body, kind)| !places.contains_key(&(*body, Vec::new(), *kind)));
        none.next().map(|(body, kind)| Error::Unexpected {
            place: self.tree.place_of(root, "clauses"),
            expected: format!("a clause that judges {}", describe(body, &[], kind)),
            got: "none".to_owned(),
        })
    }

    fn known_keys(&self, node: &Node<'t>, keys: &[&str]) -> Result<(), Error> {
        if !matches!(node.value, Value::Mapping(_)) {
            let expected = format!("a mapping with {}", keys.join(", "));
            return Err(self.unexpected(node, &expected, node.kind()));
        }
        match node.entries().iter().find(|entry| !keys.contains(&entry.key.as_ref())) {
            Some(stranger) => {
                let got = format!("the key `{}`", stranger.key);
                let expected = format!("one of {}", keys.join(", "));
                Err(self.unexpected(&stranger.node, &expected, &got))
            }
            None => Ok(()),
        }
    }

    fn text(&self, node: &Node<'t>, key: &str) -> Result<String, Error> {
        let text = self.optional(node, key)?;
        text.ok_or_else(|| self.unexpected(node, &format!("the key `{key}`"), "none"))
    }

    fn optional(&self, node: &Node<'t>, key: &str) -> Result<Option<String>, Error> {
        node.get(key).map(|value| self.scalar(value)).transpose()
    }

    fn scalar(&self, node: &Node<'t>) -> Result<String, Error> {
        let text = node.raw().map(str::to_owned);
        text.ok_or_else(|| self.unexpected(node, "text", node.kind()))
    }

    fn sentence(&self, node: &Node<'t>, key: &str) -> Result<String, Error> {
        let text = self.text(node, key)?;
        if text.len() > 3 && text.ends_with('.') {
            return Ok(text);
        }
        Err(Error::Unexpected {
            place: self.tree.place_of(node, key),
            expected: "a sentence with a full stop".to_owned(),
            got: format!("`{text}`"),
        })
    }

    fn flag(&self, node: &Node<'t>, key: &str) -> Result<bool, Error> {
        match node.get(key) {
            Some(value) => {
                value.boolean().ok_or_else(|| self.unexpected(value, "a boolean", value.kind()))
            }
            None => Ok(false),
        }
    }

    fn list<'n>(&self, node: &'n Node<'t>, key: &str) -> Result<&'n [Node<'t>], Error> {
        match node.get(key) {
            Some(Node { value: Value::Sequence(items), .. }) => Ok(items),
            Some(other) => Err(self.unexpected(other, "a list", other.kind())),
            None => Ok(&[]),
        }
    }

    fn one_of<T: Copy>(&self, node: &Node<'t>, key: &str, known: &[(&str, T)]) -> Result<T, Error> {
        let text = self.text(node, key)?;
        let found = known.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        found.ok_or_else(|| {
            let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
            Error::Unexpected {
                place: self.tree.place_of(node, key),
                expected: format!("one of {}", names.join(", ")),
                got: format!("`{text}`"),
            }
        })
    }

    fn unexpected(&self, node: &Node<'t>, expected: &str, got: &str) -> Error {
        Error::Unexpected {
            place: self.tree.place(node),
            expected: expected.to_owned(),
            got: got.to_owned(),
        }
    }
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
