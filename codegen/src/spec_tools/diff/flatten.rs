//! Schemas to shapes: references followed, `allOf` put together, discriminated `oneOf` written out.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds;
use super::shape::{Alternatives, Case, Fact, Scope, Shape, Unnamed, View};
use crate::source_map::{At, Value, name_of};

/// Which way a message goes: what is `readOnly` is in no request, what is `writeOnly` in no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    Request,
    Response,
}

/// The shape of schemas that hold together.
pub(crate) fn flatten<'a>(view: &View<'a>, direction: Direction) -> Shape<'a> {
    let mut flatten = Flatten { direction, stack: Vec::new(), shape: Shape::default() };
    for part in view {
        flatten.schema(part.clone());
    }
    let mut shape = flatten.shape;
    whole_scopes(&mut shape, direction);
    drop_one_way(&mut shape, direction);
    shape
}

struct Flatten<'a> {
    direction: Direction,
    /// The schemas that are being written out; one that is met again adds nothing.
    stack: Vec<String>,
    shape: Shape<'a>,
}

impl<'a> Flatten<'a> {
    fn schema(&mut self, at: At<'a>) {
        let at = at.follow();
        if self.stack.contains(&at.pointer) {
            return;
        }
        self.stack.push(at.pointer.clone());
        self.facts(&at);
        self.object(&at);
        for member in at.get("allOf").iter().flat_map(At::items) {
            self.schema(member);
        }
        self.members(&at);
        self.stack.pop();
    }

    fn facts(&mut self, at: &At<'a>) {
        let fact = |key| {
            let at = at.get(key)?;
            let text = at.node.as_text().map_or_else(|| at.node.inline(), str::to_owned);
            Some(Fact { text, at })
        };
        let shape = &mut self.shape;
        for (slot, key) in [(&mut shape.kind, "type"), (&mut shape.format, "format")] {
            if slot.is_none() {
                *slot = fact(key);
            }
        }
        if shape.default.is_none() {
            shape.default = at.get("default").map(|at| Fact { text: at.node.inline(), at });
        }
        if let Some(pattern) = fact("pattern") {
            shape.patterns.entry(pattern.text).or_insert(pattern.at);
        }
        if let Some(list) = at.get("enum") {
            let values = list.node.items().iter().filter(|value| !value.is_null());
            let mut values: Vec<_> = values.map(plain).collect();
            if let Some((known, _)) = &shape.values {
                values.retain(|value| known.contains(value));
            }
            shape.values = Some((values, list));
        }
        for (slot, key) in
            [(&mut shape.nullable, "nullable"), (&mut shape.deprecated, "deprecated")]
        {
            if slot.is_none() {
                *slot = at.get(key).filter(|at| at.node.is_true());
            }
        }
        bounds::collect(at, &mut shape.bounds);
        if let Some(items) = at.get("items") {
            join(&mut shape.items, items);
        }
        shape.not.extend(at.get("not"));
    }

    fn object(&mut self, at: &At<'a>) {
        for (name, schema) in at.get("properties").iter().flat_map(At::entries) {
            let property = self.shape.property_mut(name);
            match property.cases.iter_mut().find(|case| case.scope.is_none()) {
                Some(case) => join(&mut case.view, schema),
                None => property.cases.push(Case { scope: None, view: vec![schema] }),
            }
        }
        for name in at.get("required").iter().flat_map(At::items) {
            if let Some(text) = name.node.as_text() {
                self.shape.need(text, None, name.clone());
            }
        }
        for case in at.get("x-required-when").iter().flat_map(At::items) {
            let (Some(property), Some(value)) =
                (case.node.get_text("property"), case.get("equals"))
            else {
                continue;
            };
            let scope = Some(BTreeSet::from([(property.to_owned(), plain(value.node))]));
            for name in case.get("required").iter().flat_map(At::items) {
                if let Some(text) = name.node.as_text() {
                    self.shape.need(text, scope.clone(), name.clone());
                }
            }
        }
        match at.get("additionalProperties") {
            Some(at) if !at.node.entries().is_empty() => {
                self.shape.unnamed = Unnamed::Schema(at);
            }
            Some(at) if matches!(at.node.value, Value::Bare(_)) && !at.node.is_true() => {
                self.shape.unnamed = Unnamed::Forbidden(at)
            }
            _ => {}
        }
    }

    /// `oneOf` and `anyOf`: written out where a discriminator tells the members apart.
    fn members(&mut self, at: &At<'a>) {
        let listed = ["oneOf", "anyOf"].into_iter().find_map(|keyword| {
            let list = at.get(keyword)?;
            Some(Alternatives { keyword, members: list.items().collect(), at: list })
        });
        let Some(discriminator) = at.get("discriminator") else {
            self.shape.alternatives.extend(listed);
            return;
        };
        let members = Members::of(at, &discriminator, listed.as_ref());
        // A base that one of its own members builds upon: the member is what is being written out.
        if members.0.keys().any(|pointer| self.stack.contains(pointer)) {
            return;
        }
        if !self.discriminated(&discriminator, &members) {
            self.shape.alternatives.extend(listed);
        }
    }

    /// Writes the members out; false if one of them has alternatives of its own.
    fn discriminated(&mut self, discriminator: &At<'a>, members: &Members<'a>) -> bool {
        let Some(property) = discriminator.get("propertyName") else { return false };
        let Some(name) = property.node.as_text() else { return false };
        let mut shapes = Vec::new();
        for (member, values) in members.0.values() {
            let mut inner = Flatten {
                direction: self.direction,
                stack: self.stack.clone(),
                shape: Shape::default(),
            };
            inner.schema(member.clone());
            if !inner.shape.alternatives.is_empty() {
                return false;
            }
            let cases: BTreeSet<_> = values.iter().map(|v| (name.to_owned(), v.clone())).collect();
            shapes.push((cases, inner.shape));
        }
        let closed = |(_, shape): &(_, Shape<'a>)| matches!(shape.unnamed, Unnamed::Forbidden(_));
        if !shapes.is_empty() && shapes.iter().all(closed) {
            self.shape.unnamed = shapes[0].1.unnamed.clone();
        }
        for (cases, shape) in shapes {
            self.merge(&cases, shape);
        }
        let values = members.0.values().flat_map(|(_, values)| values.clone()).collect();
        self.shape.discriminator = Some((Fact { text: name.to_owned(), at: property }, values));
        true
    }

    /// Adds what a member says, for the cases in which the value is one of it.
    fn merge(&mut self, cases: &BTreeSet<(String, String)>, member: Shape<'a>) {
        for property in member.properties {
            let known = self.shape.property_mut(&property.name);
            for case in property.cases {
                let scope = case.scope.unwrap_or_else(|| cases.clone());
                let pointers =
                    |view: &View<'_>| view.iter().map(|at| at.pointer.clone()).collect::<Vec<_>>();
                let same = |other: &&mut Case<'_>| {
                    other.scope.is_some() && pointers(&other.view) == pointers(&case.view)
                };
                match known.cases.iter_mut().find(same) {
                    Some(Case { scope: Some(known), .. }) => known.extend(scope),
                    _ => known.cases.push(Case { scope: Some(scope), view: case.view }),
                }
            }
        }
        for (name, need) in member.needs {
            let scope = need.scope.unwrap_or_else(|| cases.clone());
            self.shape.need(&name, Some(scope), need.at);
        }
        if self.shape.kind.is_none() {
            self.shape.kind = member.kind;
        }
    }
}

/// Adds a schema to those that hold together, unless it is one of them.
fn join<'a>(view: &mut View<'a>, schema: At<'a>) {
    let pointer = schema.clone().follow().pointer;
    if view.iter().all(|known| known.clone().follow().pointer != pointer) {
        view.push(schema);
    }
}

/// The members of a discriminated schema, by pointer, with the values that choose each.
struct Members<'a>(BTreeMap<String, (At<'a>, BTreeSet<String>)>);

impl<'a> Members<'a> {
    fn of(base: &At<'a>, discriminator: &At<'a>, listed: Option<&Alternatives<'a>>) -> Self {
        let mut members: BTreeMap<String, (At<'a>, BTreeSet<String>)> = BTreeMap::new();
        for (value, target) in discriminator.get("mapping").iter().flat_map(At::entries) {
            let pointer = target.node.as_text().and_then(crate::spec_tools::references::mapped);
            if let Some(at) = pointer.and_then(|pointer| At::find(base.document, &pointer)) {
                let at = at.follow();
                let entry =
                    members.entry(at.pointer.clone()).or_insert_with(|| (at, BTreeSet::new()));
                entry.1.insert(value.to_owned());
            }
        }
        // A member without a mapping is chosen by its own name.
        for member in listed.iter().flat_map(|listed| &listed.members) {
            let at = member.clone().follow();
            let name = name_of(&at.pointer);
            members.entry(at.pointer.clone()).or_insert_with(|| (at, BTreeSet::from([name])));
        }
        Self(members)
    }
}

/// A value of an `enum` or of a condition, without quotes.
pub(crate) fn plain(node: &crate::source_map::Node) -> String {
    node.as_text().map_or_else(|| node.inline(), str::to_owned)
}

/// What holds for every value of the property that tells cases apart holds always.
fn whole_scopes(shape: &mut Shape<'_>, direction: Direction) {
    let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for property in &shape.properties {
        let all = property.cases.iter().filter(|case| case.scope.is_none());
        for case in all {
            if let Some((listed, _)) = flatten_leaf(&case.view, direction) {
                values.insert(property.name.clone(), listed.into_iter().collect());
            }
        }
    }
    if let Some((fact, mapped)) = &shape.discriminator {
        values.entry(fact.text.clone()).or_insert_with(|| mapped.iter().cloned().collect());
    }
    let whole = |scope: &Scope| {
        let Some(cases) = scope else { return false };
        values.iter().any(|(property, all)| {
            all.iter().all(|value| cases.contains(&(property.clone(), value.clone())))
        })
    };
    for case in shape.properties.iter_mut().flat_map(|property| &mut property.cases) {
        if whole(&case.scope) {
            case.scope = None;
        }
    }
    // Cases of one scope hold together.
    for property in &mut shape.properties {
        let mut cases: Vec<Case<'_>> = Vec::new();
        for case in std::mem::take(&mut property.cases) {
            match cases.iter_mut().find(|known| known.scope == case.scope) {
                Some(known) => case.view.into_iter().for_each(|part| join(&mut known.view, part)),
                None => cases.push(case),
            }
        }
        property.cases = cases;
    }
    for need in shape.needs.values_mut() {
        if whole(&need.scope) {
            need.scope = None;
        }
    }
}

/// The values of a schema, without going below it.
fn flatten_leaf<'a>(view: &View<'a>, direction: Direction) -> Option<(Vec<String>, At<'a>)> {
    let mut flatten = Flatten { direction, stack: Vec::new(), shape: Shape::default() };
    for part in view {
        let at = part.clone().follow();
        flatten.facts(&at);
    }
    flatten.shape.values
}

fn drop_one_way(shape: &mut Shape<'_>, direction: Direction) {
    let key = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    let travels = |view: &View<'_>| {
        view.iter()
            .all(|part| !part.clone().follow().get(key).is_some_and(|flag| flag.node.is_true()))
    };
    let mut dropped = Vec::new();
    for property in &mut shape.properties {
        property.cases.retain(|case| travels(&case.view));
        if property.cases.is_empty() {
            dropped.push(property.name.clone());
        }
    }
    shape.properties.retain(|property| !property.cases.is_empty());
    for name in dropped {
        shape.needs.remove(&name);
    }
}
