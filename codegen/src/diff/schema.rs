//! Two schemas, held against each other by what they mean.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::alternatives;
use super::bounds::{Motion, motion};
use super::change::{Breaks, End, Site};
use super::flatten::{Direction, flatten};
use super::rule::Rule;
use super::shape::{Fact, Need, Property, Scope, Shape, Unnamed, View, in_words};
use crate::tree::At;

/// How many arrays in one another are named.
const SUMMARY_DEPTH: usize = 4;
/// How deep schemas are compared. Circles end by themselves; circles that put schemas together in ever
/// new ways end here.
const DEPTH_LIMIT: usize = 64;

/// What became of the messages that a schema lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Fewer than before.
    Shrinks,
    /// More than before.
    Grows,
    /// Others than before.
    Changes,
    /// The same.
    Nothing,
}

impl Effect {
    /// A request is written by the client and read by the server, a response the other way round. Who
    /// reads is hurt by messages that are new, who writes by messages that are no longer allowed.
    pub(crate) const fn breaks(self, direction: Direction) -> Breaks {
        match (self, direction) {
            (Self::Nothing, _) => Breaks::NOBODY,
            (Self::Changes, _) => Breaks::BOTH,
            (Self::Shrinks, Direction::Request) | (Self::Grows, Direction::Response) => {
                Breaks::CLIENT
            }
            (Self::Grows, Direction::Request) | (Self::Shrinks, Direction::Response) => {
                Breaks::SERVER
            }
        }
    }
}

/// A change before it is known which operation it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) rule: Rule,
    pub(crate) site: Site,
    pub(crate) old: End,
    pub(crate) new: End,
    pub(crate) breaks: Breaks,
}

/// One end of a finding.
pub(crate) fn end(value: impl Into<String>, at: &At<'_>) -> End {
    End { value: value.into(), place: at.place() }
}

/// The values of a property, where only a discriminator lists them.
type Implied<'a> = Option<&'a [String]>;

/// Properties whose scope changed, by the scope before, the one after, and whether it is narrower.
type Rescoped<'a, 'n> = BTreeMap<(String, String, bool), Vec<(&'n str, At<'a>, At<'a>)>>;

/// Compares schemas below one subject of one operation.
pub(crate) struct Schemas<'a, 'f> {
    direction: Direction,
    site: Site,
    /// The pairs that have been compared, or are being compared further up.
    seen: HashSet<(String, String)>,
    depth: usize,
    findings: &'f mut Vec<Finding>,
    lifetime: std::marker::PhantomData<&'a ()>,
}

impl<'a, 'f> Schemas<'a, 'f> {
    pub(crate) fn new(direction: Direction, site: Site, findings: &'f mut Vec<Finding>) -> Self {
        let lifetime = std::marker::PhantomData;
        Self { direction, site, seen: HashSet::new(), depth: 0, findings, lifetime }
    }

    /// Compares two views; neither is empty.
    pub(crate) fn compare(&mut self, old: &View<'a>, new: &View<'a>, path: &str) {
        self.compare_with(old, new, path, (None, None));
    }

    fn compare_with(
        &mut self,
        old: &View<'a>,
        new: &View<'a>,
        path: &str,
        implied: (Implied<'_>, Implied<'_>),
    ) {
        let (Some(old_at), Some(new_at)) = (old.first(), new.first()) else { return };
        if self.depth == DEPTH_LIMIT || !self.seen.insert((key(old), key(new))) {
            return;
        }
        self.depth += 1;
        self.shapes((old, new), (old_at, new_at), path, implied);
        self.depth -= 1;
    }

    fn shapes(
        &mut self,
        (old, new): (&View<'a>, &View<'a>),
        (old_at, new_at): (&At<'a>, &At<'a>),
        path: &str,
        implied: (Implied<'_>, Implied<'_>),
    ) {
        let (old_shape, new_shape) = (flatten(old, self.direction), flatten(new, self.direction));
        let pair = Pair {
            old: &old_shape,
            new: &new_shape,
            old_at: old_at.clone().follow(),
            new_at: new_at.clone().follow(),
            path,
        };
        // A union against a single schema is one change, not one for each thing that the union lacks.
        if old_shape.alternatives.is_empty() != new_shape.alternatives.is_empty() {
            return alternatives::compare(self, &pair, (old, new));
        }
        if !self.kind(&pair) {
            return;
        }
        self.scalars(&pair, implied);
        self.limits(&pair);
        self.items(&pair);
        self.properties(&pair);
        self.unnamed(&pair);
        alternatives::compare(self, &pair, (old, new));
    }

    pub(crate) fn push(&mut self, path: &str, rule: Rule, effect: Effect, old: End, new: End) {
        let breaks = effect.breaks(self.direction);
        self.push_breaking(path, rule, breaks, old, new);
    }

    fn push_breaking(&mut self, path: &str, rule: Rule, breaks: Breaks, old: End, new: End) {
        let site = Site { path: format!("{}{path}", self.site.path), ..self.site.clone() };
        self.findings.push(Finding { rule, site, old, new, breaks });
    }

    /// Whether the types can be compared further.
    fn kind(&mut self, pair: &Pair<'a, '_>) -> bool {
        let (old, new) = (kind(pair.old), kind(pair.new));
        if old == new {
            return true;
        }
        let (rule, effect) = match (old, new) {
            ("any", _) | ("number", "integer") => (Rule::TypeNarrowed, Effect::Shrinks),
            (_, "any") | ("integer", "number") => (Rule::TypeWidened, Effect::Grows),
            _ => (Rule::TypeChanged, Effect::Changes),
        };
        let ends = pair.ends(pair.old.kind.as_ref(), pair.new.kind.as_ref(), old, new);
        self.push(pair.path, rule, effect, ends.0, ends.1);
        effect != Effect::Changes
    }

    fn scalars(&mut self, pair: &Pair<'a, '_>, implied: (Implied<'_>, Implied<'_>)) {
        self.format(pair);
        self.patterns(pair);
        self.values(pair, implied);
        let word =
            |at: &Option<At<'_>>, yes: &str, no: &str| at.as_ref().map_or(no, |_| yes).to_owned();
        let flags = [
            (&pair.old.nullable, &pair.new.nullable, "null", "no null", true),
            (&pair.old.deprecated, &pair.new.deprecated, "deprecated", "not deprecated", false),
        ];
        for (old, new, yes, no, is_null) in flags {
            let (rule, effect) = match (old.is_some(), new.is_some(), is_null) {
                (false, true, true) => (Rule::NullAllowed, Effect::Grows),
                (true, false, true) => (Rule::NullForbidden, Effect::Shrinks),
                (false, true, false) => (Rule::DeprecationAdded, Effect::Nothing),
                (true, false, false) => (Rule::DeprecationRemoved, Effect::Nothing),
                _ => continue,
            };
            let old_end = end(word(old, yes, no), old.as_ref().unwrap_or(&pair.old_at));
            let new_end = end(word(new, yes, no), new.as_ref().unwrap_or(&pair.new_at));
            self.push(pair.path, rule, effect, old_end, new_end);
        }
        let text = |fact: &Option<Fact<'_>>| fact.as_ref().map(|fact| fact.text.clone());
        let (old, new) = (&pair.old.default, &pair.new.default);
        if self.direction == Direction::Request && text(old) != text(new) {
            let ends = pair.ends(old.as_ref(), new.as_ref(), "none", "none");
            self.push(pair.path, Rule::DefaultChanged, Effect::Changes, ends.0, ends.1);
        }
    }

    fn format(&mut self, pair: &Pair<'a, '_>) {
        let (old, new) = (pair.old.format.as_ref(), pair.new.format.as_ref());
        let names = (old.map(|fact| fact.text.as_str()), new.map(|fact| fact.text.as_str()));
        let (rule, effect) = match names {
            (old, new) if old == new => return,
            (None, _) | (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => {
                (Rule::FormatTightened, Effect::Shrinks)
            }
            (_, None) | (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => {
                (Rule::FormatLoosened, Effect::Grows)
            }
            _ => (Rule::FormatChanged, Effect::Changes),
        };
        let ends = pair.ends(old, new, "none", "none");
        self.push(pair.path, rule, effect, ends.0, ends.1);
    }

    fn patterns(&mut self, pair: &Pair<'a, '_>) {
        let (old, new) = (&pair.old.patterns, &pair.new.patterns);
        if old.keys().eq(new.keys()) {
            return;
        }
        let (rule, effect) = match (old.is_empty(), new.is_empty()) {
            (true, _) => (Rule::PatternAdded, Effect::Shrinks),
            (_, true) => (Rule::PatternRemoved, Effect::Grows),
            _ => (Rule::PatternChanged, Effect::Changes),
        };
        let value = |patterns: &BTreeMap<String, At<'_>>| match patterns.is_empty() {
            true => "none".to_owned(),
            false => patterns.keys().cloned().collect::<Vec<_>>().join(" and "),
        };
        let old_end = end(value(old), old.values().next().unwrap_or(&pair.old_at));
        let new_end = end(value(new), new.values().next().unwrap_or(&pair.new_at));
        self.push(pair.path, rule, effect, old_end, new_end);
    }

    fn values(&mut self, pair: &Pair<'a, '_>, implied: (Implied<'_>, Implied<'_>)) {
        let values = |shape: &Shape<'_>, implied: Implied<'_>| {
            let own = shape.values.as_ref().map(|(values, _)| values.clone());
            own.or_else(|| implied.map(<[String]>::to_vec))
        };
        let place = |shape: &Shape<'a>, at: &At<'a>| {
            shape.values.as_ref().map_or_else(|| at.clone(), |(_, at)| at.clone())
        };
        let (old_at, new_at) = (place(pair.old, &pair.old_at), place(pair.new, &pair.new_at));
        let (old, new) = match (values(pair.old, implied.0), values(pair.new, implied.1)) {
            (None, None) => return,
            (None, Some(new)) => {
                let ends = (end("any", &old_at), end(new.join(", "), &new_at));
                return self.push(pair.path, Rule::EnumNarrowed, Effect::Shrinks, ends.0, ends.1);
            }
            (Some(old), None) => {
                let ends = (end(old.join(", "), &old_at), end("any", &new_at));
                return self.push(pair.path, Rule::EnumWidened, Effect::Grows, ends.0, ends.1);
            }
            (Some(old), Some(new)) => (old, new),
        };
        let without = |these: &[String], those: &[String]| {
            let left = these.iter().filter(|value| !those.contains(value));
            left.cloned().collect::<Vec<_>>().join(", ")
        };
        let (added, removed) = (without(&new, &old), without(&old, &new));
        if !removed.is_empty() {
            let ends = (end(removed, &old_at), end("none", &new_at));
            self.push(pair.path, Rule::EnumNarrowed, Effect::Shrinks, ends.0, ends.1);
        }
        if !added.is_empty() {
            let ends = (end("none", &old_at), end(added, &new_at));
            self.push(pair.path, Rule::EnumWidened, Effect::Grows, ends.0, ends.1);
        }
    }

    fn limits(&mut self, pair: &Pair<'a, '_>) {
        let (old, new) = (&pair.old.bounds, &pair.new.bounds);
        let keywords: BTreeSet<_> = old.keys().chain(new.keys()).copied().collect();
        for keyword in keywords {
            let (before, after) = (old.get(keyword), new.get(keyword));
            let (rule, effect) = match motion(keyword, before, after) {
                None => continue,
                Some(Motion::Tightened) => (Rule::ConstraintTightened, Effect::Shrinks),
                Some(Motion::Loosened) => (Rule::ConstraintLoosened, Effect::Grows),
                Some(Motion::Changed) => (Rule::ConstraintChanged, Effect::Changes),
            };
            let none = || format!("no {keyword}");
            let old_end = before.map_or_else(|| end(none(), &pair.old_at), |l| end(&l.text, &l.at));
            let new_end = after.map_or_else(|| end(none(), &pair.new_at), |l| end(&l.text, &l.at));
            self.push(pair.path, rule, effect, old_end, new_end);
        }
        let same = |one: &[At<'_>], two: &[At<'_>]| {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.node.same(two.node))
        };
        let (old, new) = (&pair.old.not, &pair.new.not);
        if !same(old, new) {
            let (rule, effect) = match (old.is_empty(), new.is_empty()) {
                (true, _) => (Rule::ConstraintTightened, Effect::Shrinks),
                (_, true) => (Rule::ConstraintLoosened, Effect::Grows),
                _ => (Rule::ConstraintChanged, Effect::Changes),
            };
            let value = |list: &[At<'_>]| {
                list.first()
                    .map_or_else(|| "no not".to_owned(), |at| format!("not {}", at.node.inline()))
            };
            let old_end = end(value(old), old.first().unwrap_or(&pair.old_at));
            let new_end = end(value(new), new.first().unwrap_or(&pair.new_at));
            self.push(pair.path, rule, effect, old_end, new_end);
        }
    }

    fn items(&mut self, pair: &Pair<'a, '_>) {
        let path = format!("{}[]", pair.path);
        match (pair.old.items.is_empty(), pair.new.items.is_empty()) {
            (false, false) => self.compare(&pair.old.items, &pair.new.items, &path),
            (true, false) if kind(pair.old) == "array" => {
                let ends =
                    (end("any", &pair.old_at), end(summary(&pair.new.items), &pair.new.items[0]));
                self.push(&path, Rule::TypeNarrowed, Effect::Shrinks, ends.0, ends.1);
            }
            (false, true) if kind(pair.new) == "array" => {
                let ends =
                    (end(summary(&pair.old.items), &pair.old.items[0]), end("any", &pair.new_at));
                self.push(&path, Rule::TypeWidened, Effect::Grows, ends.0, ends.1);
            }
            _ => {}
        }
    }

    fn properties(&mut self, pair: &Pair<'a, '_>) {
        let names = names(pair.old, pair.new);
        let mut scopes: Rescoped<'a, '_> = BTreeMap::new();
        for name in &names {
            match (pair.old.property(name), pair.new.property(name)) {
                (None, None) => self.need(pair, name),
                (None, Some(new)) => self.property_added(pair, new),
                (Some(old), None) => self.property_removed(pair, old),
                (Some(old), Some(new)) => {
                    self.need(pair, name);
                    self.cases(pair, old, new);
                    let (before, after) = (scope(old), scope(new));
                    let (old_at, new_at) = (&old.cases[0].view[0], &new.cases[0].view[0]);
                    if before != after {
                        let narrowed = after.is_some() && !covers(&after, &before);
                        let key = (in_words(&before), in_words(&after), narrowed);
                        scopes.entry(key).or_default().push((name, old_at.clone(), new_at.clone()));
                    }
                }
            }
        }
        for ((before, after, narrowed), members) in scopes {
            let rule = if narrowed { Rule::ScopeNarrowed } else { Rule::ScopeWidened };
            let names: Vec<_> = members.iter().map(|(name, ..)| *name).collect();
            let (_, old_at, new_at) = &members[0];
            let old = end(format!("{before}: {}", names.join(", ")), old_at);
            let new = end(format!("{after}: {}", names.join(", ")), new_at);
            self.push(pair.path, rule, Effect::Nothing, old, new);
        }
    }

    /// Compares the cases of one property, those of the same scope first.
    fn cases(&mut self, pair: &Pair<'a, '_>, old: &Property<'a>, new: &Property<'a>) {
        let path = format!("{}.{}", pair.path, new.name);
        let implied = (implied(pair.old, &old.name), implied(pair.new, &new.name));
        for case in &new.cases {
            let same = old.cases.iter().find(|other| other.scope == case.scope);
            let near = || old.cases.iter().find(|other| overlap(&other.scope, &case.scope));
            if let Some(other) = same.or_else(near) {
                self.compare_with(&other.view, &case.view, &path, implied);
            }
        }
        for case in &old.cases {
            let matched = |other: &super::shape::Case<'_>| overlap(&other.scope, &case.scope);
            let same = new.cases.iter().any(|other| other.scope == case.scope);
            if !same && let Some(other) = new.cases.iter().find(|other| matched(other)) {
                self.compare_with(&case.view, &other.view, &path, implied);
            }
        }
    }

    fn property_added(&mut self, pair: &Pair<'a, '_>, property: &Property<'a>) {
        let need = pair.new.needs.get(&property.name);
        let closed = matches!(pair.old.unnamed, Unnamed::Forbidden(_));
        let breaks = appearance(self.direction, need.is_some(), closed);
        let view = &property.cases[0].view;
        let value = format!("{} {}", in_need(need), summary(view));
        let path = format!("{}.{}", pair.path, property.name);
        let (old, new) = (end("none", &pair.old_at), end(value, &view[0]));
        self.push_breaking(&path, Rule::PropertyAdded, breaks, old, new);
    }

    fn property_removed(&mut self, pair: &Pair<'a, '_>, property: &Property<'a>) {
        let need = pair.old.needs.get(&property.name);
        let closed = matches!(pair.new.unnamed, Unnamed::Forbidden(_));
        let breaks = appearance(self.direction, need.is_some(), closed).mirror();
        let view = &property.cases[0].view;
        let value = format!("{} {}", in_need(need), summary(view));
        let path = format!("{}.{}", pair.path, property.name);
        let (old, new) = (end(value, &view[0]), end("none", &pair.new_at));
        self.push_breaking(&path, Rule::PropertyRemoved, breaks, old, new);
    }

    fn need(&mut self, pair: &Pair<'a, '_>, name: &str) {
        let (old, new) = (pair.old.needs.get(name), pair.new.needs.get(name));
        let (rule, effect) = match (old.map(|need| &need.scope), new.map(|need| &need.scope)) {
            (old, new) if old == new => return,
            (None, _) => (Rule::RequiredAdded, Effect::Shrinks),
            (_, None) => (Rule::RequiredRemoved, Effect::Grows),
            (Some(old), Some(new)) if covers(new, old) => (Rule::RequiredAdded, Effect::Shrinks),
            (Some(old), Some(new)) if covers(old, new) => (Rule::RequiredRemoved, Effect::Grows),
            _ => (Rule::RequiredChanged, Effect::Changes),
        };
        let old_end = end(in_need(old), old.map_or(&pair.old_at, |need| &need.at));
        let new_end = end(in_need(new), new.map_or(&pair.new_at, |need| &need.at));
        self.push(&format!("{}.{name}", pair.path), rule, effect, old_end, new_end);
    }

    fn unnamed(&mut self, pair: &Pair<'a, '_>) {
        let (allowed, forbidden) = (Rule::UnnamedAllowed, Rule::UnnamedForbidden);
        let value = |unnamed: &Unnamed<'a>, at: &At<'a>| match unnamed {
            Unnamed::Free => end("any", at),
            Unnamed::Forbidden(at) => end("none", at),
            Unnamed::Schema(at) => end(summary(&vec![at.clone()]), at),
        };
        let (rule, effect) = match (&pair.old.unnamed, &pair.new.unnamed) {
            (Unnamed::Free, Unnamed::Free) | (Unnamed::Forbidden(_), Unnamed::Forbidden(_)) => {
                return;
            }
            (Unnamed::Schema(old), Unnamed::Schema(new)) => {
                let path = format!("{}{{}}", pair.path);
                return self.compare(&vec![old.clone()], &vec![new.clone()], &path);
            }
            (Unnamed::Free, _) | (_, Unnamed::Forbidden(_)) => (forbidden, Effect::Shrinks),
            (_, Unnamed::Free) | (Unnamed::Forbidden(_), _) => (allowed, Effect::Grows),
        };
        let (old, new) =
            (value(&pair.old.unnamed, &pair.old_at), value(&pair.new.unnamed, &pair.new_at));
        self.push(pair.path, rule, effect, old, new);
    }
}

/// Two shapes and where they stand.
pub(crate) struct Pair<'a, 'p> {
    pub(crate) old: &'p Shape<'a>,
    pub(crate) new: &'p Shape<'a>,
    pub(crate) old_at: At<'a>,
    pub(crate) new_at: At<'a>,
    pub(crate) path: &'p str,
}

impl Pair<'_, '_> {
    fn ends(
        &self,
        old: Option<&Fact<'_>>,
        new: Option<&Fact<'_>>,
        before: &str,
        after: &str,
    ) -> (End, End) {
        let one = |fact: Option<&Fact<'_>>, at: &At<'_>, absent: &str| {
            fact.map_or_else(|| end(absent, at), |fact| end(&fact.text, &fact.at))
        };
        (one(old, &self.old_at, before), one(new, &self.new_at, after))
    }
}

pub(crate) fn key(view: &View<'_>) -> String {
    let pointers: BTreeSet<_> = view.iter().map(|at| at.clone().follow().pointer).collect();
    pointers.into_iter().collect::<Vec<_>>().join(" ")
}

/// Whom a property that appears breaks. One that a request may hold is unknown to the server; one that
/// a response may hold hurts only a client that was told that there is no other.
const fn appearance(direction: Direction, required: bool, closed: bool) -> Breaks {
    match direction {
        Direction::Request => Breaks { client: required, server: true },
        Direction::Response => Breaks { client: closed, server: required },
    }
}

/// The type; what has properties or items is an object or array even if it doesn't say so.
pub(crate) fn kind<'s>(shape: &'s Shape<'_>) -> &'s str {
    match &shape.kind {
        Some(fact) => &fact.text,
        None if !shape.properties.is_empty() => "object",
        None if !shape.items.is_empty() => "array",
        None => "any",
    }
}

/// A type in a few words.
pub(crate) fn summary(view: &View<'_>) -> String {
    nested_summary(view, 0)
}

/// An array may be one of itself, so that there is no end to its items.
fn nested_summary(view: &View<'_>, depth: usize) -> String {
    let shape = flatten(view, Direction::Response);
    let kind = kind(&shape);
    match (&shape.format, shape.alternatives.first()) {
        _ if kind == "array" && !shape.items.is_empty() && depth < SUMMARY_DEPTH => {
            format!("array of {}", nested_summary(&shape.items, depth + 1))
        }
        (Some(format), _) => format!("{kind} ({})", format.text),
        (None, Some(alternatives)) if kind == "any" => alternatives.keyword.to_owned(),
        _ => kind.to_owned(),
    }
}

fn in_need(need: Option<&Need<'_>>) -> String {
    match need.map(|need| &need.scope) {
        None => "optional".to_owned(),
        Some(None) => "required".to_owned(),
        Some(scope) => format!("required {}", in_words(scope)),
    }
}

/// The names of both, in the order of the new shape, then of the old one.
fn names(old: &Shape<'_>, new: &Shape<'_>) -> Vec<String> {
    let of = |shape: &Shape<'_>| {
        let names: Vec<_> = shape.properties.iter().map(|property| property.name.clone()).collect();
        names.into_iter().chain(shape.needs.keys().cloned()).collect::<Vec<_>>()
    };
    let mut seen = HashSet::new();
    of(new).into_iter().chain(of(old)).filter(|name| seen.insert(name.clone())).collect()
}

/// The cases in which a property is described at all.
fn scope(property: &Property<'_>) -> Scope {
    let mut all = BTreeSet::new();
    for case in &property.cases {
        all.extend(case.scope.clone()?);
    }
    Some(all)
}

/// Whether the first scope holds in every case of the second.
fn covers(wide: &Scope, narrow: &Scope) -> bool {
    match (wide, narrow) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(wide), Some(narrow)) => wide.is_superset(narrow),
    }
}

fn overlap(one: &Scope, two: &Scope) -> bool {
    match (one, two) {
        (Some(one), Some(two)) => !one.is_disjoint(two),
        _ => true,
    }
}

fn implied<'s>(shape: &'s Shape<'_>, name: &str) -> Implied<'s> {
    let (fact, values) = shape.discriminator.as_ref()?;
    (fact.text == name).then_some(values)
}
