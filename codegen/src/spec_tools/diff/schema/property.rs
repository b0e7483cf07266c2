//! The properties of two objects.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Schemas;
use super::scalar::Implied;
use crate::source_map::At;
use crate::spec_tools::diff::change::Breaks;
use crate::spec_tools::diff::effect::Effect;
use crate::spec_tools::diff::finding::end;
use crate::spec_tools::diff::flatten::Direction;
use crate::spec_tools::diff::pair::Pair;
use crate::spec_tools::diff::rule::Rule;
use crate::spec_tools::diff::shape::{Case, Need, Property, Scope, Shape, Unnamed, in_words};
use crate::spec_tools::diff::summary::summary;

/// Properties whose scope changed, by the scope before, the one after, and whether it is narrower.
type Rescoped<'a, 'n> = BTreeMap<(String, String, bool), Vec<(&'n str, At<'a>, At<'a>)>>;

impl Schemas<'_> {
    pub(super) fn properties<'a>(&mut self, pair: &Pair<'a, '_>) {
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
    fn cases<'a>(&mut self, pair: &Pair<'a, '_>, old: &Property<'a>, new: &Property<'a>) {
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
            let matched = |other: &Case<'_>| overlap(&other.scope, &case.scope);
            let same = new.cases.iter().any(|other| other.scope == case.scope);
            if !same && let Some(other) = new.cases.iter().find(|other| matched(other)) {
                self.compare_with(&case.view, &other.view, &path, implied);
            }
        }
    }

    fn property_added<'a>(&mut self, pair: &Pair<'a, '_>, property: &Property<'a>) {
        let need = pair.new.needs.get(&property.name);
        let closed = matches!(pair.old.unnamed, Unnamed::Forbidden(_));
        let breaks = appearance(self.direction, need.is_some(), closed);
        let view = &property.cases[0].view;
        let value = format!("{} {}", in_need(need), summary(view));
        let path = format!("{}.{}", pair.path, property.name);
        let (old, new) = (end("none", &pair.old_at), end(value, &view[0]));
        self.push_breaking(&path, Rule::PropertyAdded, breaks, old, new);
    }

    fn property_removed<'a>(&mut self, pair: &Pair<'a, '_>, property: &Property<'a>) {
        let need = pair.old.needs.get(&property.name);
        let closed = matches!(pair.new.unnamed, Unnamed::Forbidden(_));
        let breaks = appearance(self.direction, need.is_some(), closed).mirror();
        let view = &property.cases[0].view;
        let value = format!("{} {}", in_need(need), summary(view));
        let path = format!("{}.{}", pair.path, property.name);
        let (old, new) = (end(value, &view[0]), end("none", &pair.new_at));
        self.push_breaking(&path, Rule::PropertyRemoved, breaks, old, new);
    }

    fn need<'a>(&mut self, pair: &Pair<'a, '_>, name: &str) {
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

    pub(super) fn unnamed<'a>(&mut self, pair: &Pair<'a, '_>) {
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

/// Whom a property that appears breaks. One that a request may hold is unknown to the server; one that
/// a response may hold hurts only a client that was told that there is no other.
const fn appearance(direction: Direction, required: bool, closed: bool) -> Breaks {
    match direction {
        Direction::Request => Breaks { client: required, server: true },
        Direction::Response => Breaks { client: closed, server: required },
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
