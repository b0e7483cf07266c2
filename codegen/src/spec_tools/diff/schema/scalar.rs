//! Formats, patterns, values, flags and limits of two schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::Schemas;
use crate::source_map::At;
use crate::spec_tools::diff::bounds::{Motion, motion};
use crate::spec_tools::diff::effect::Effect;
use crate::spec_tools::diff::finding::end;
use crate::spec_tools::diff::flatten::Direction;
use crate::spec_tools::diff::pair::Pair;
use crate::spec_tools::diff::rule::Rule;
use crate::spec_tools::diff::shape::{Fact, Shape};

/// The values of a property, where only a discriminator lists them.
pub(super) type Implied<'a> = Option<&'a [String]>;

impl Schemas<'_> {
    pub(super) fn scalars<'a>(&mut self, pair: &Pair<'a, '_>, implied: (Implied<'_>, Implied<'_>)) {
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

    fn format<'a>(&mut self, pair: &Pair<'a, '_>) {
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

    fn patterns<'a>(&mut self, pair: &Pair<'a, '_>) {
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

    fn values<'a>(&mut self, pair: &Pair<'a, '_>, implied: (Implied<'_>, Implied<'_>)) {
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

    pub(super) fn limits(&mut self, pair: &Pair<'_, '_>) {
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
}
