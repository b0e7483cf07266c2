//! Two schemas, held against each other by what they mean.

mod alternatives;
mod property;
mod scalar;

use std::collections::HashSet;

use crate::source_map::At;
use crate::spec_tools::diff::change::{Breaks, End, Site};
use crate::spec_tools::diff::effect::Effect;
use crate::spec_tools::diff::finding::{Finding, end};
use crate::spec_tools::diff::flatten::{Direction, flatten};
use crate::spec_tools::diff::pair::{Pair, key};
use crate::spec_tools::diff::rule::Rule;
use crate::spec_tools::diff::shape::View;
use crate::spec_tools::diff::summary::{kind, summary};
use scalar::Implied;

/// How deep schemas are compared. Circles end by themselves; circles that put schemas together in ever
/// new ways end here.
const DEPTH_LIMIT: usize = 64;

/// Compares schemas below one subject of one operation.
pub(crate) struct Schemas<'f> {
    pub(super) direction: Direction,
    site: Site,
    /// The pairs that have been compared, or are being compared further up.
    seen: HashSet<(String, String)>,
    depth: usize,
    findings: &'f mut Vec<Finding>,
}

impl<'f> Schemas<'f> {
    pub(crate) fn new(direction: Direction, site: Site, findings: &'f mut Vec<Finding>) -> Self {
        Self { direction, site, seen: HashSet::new(), depth: 0, findings }
    }

    /// Compares two views; neither is empty.
    pub(crate) fn compare<'a>(&mut self, old: &View<'a>, new: &View<'a>, path: &str) {
        self.compare_with(old, new, path, (None, None));
    }

    pub(super) fn compare_with<'a>(
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

    fn shapes<'a>(
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

    pub(super) fn push_breaking(
        &mut self,
        path: &str,
        rule: Rule,
        breaks: Breaks,
        old: End,
        new: End,
    ) {
        let site = Site { path: format!("{}{path}", self.site.path), ..self.site.clone() };
        self.findings.push(Finding { rule, site, old, new, breaks });
    }

    /// Whether the types can be compared further.
    fn kind<'a>(&mut self, pair: &Pair<'a, '_>) -> bool {
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

    fn items<'a>(&mut self, pair: &Pair<'a, '_>) {
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
}
