//! Two shapes that are compared.

use std::collections::BTreeSet;

use super::change::End;
use super::finding::end;
use super::shape::{Fact, Shape, View};
use crate::source_map::At;

/// Two shapes and where they stand.
pub(crate) struct Pair<'a, 'p> {
    pub(crate) old: &'p Shape<'a>,
    pub(crate) new: &'p Shape<'a>,
    pub(crate) old_at: At<'a>,
    pub(crate) new_at: At<'a>,
    pub(crate) path: &'p str,
}

impl Pair<'_, '_> {
    pub(crate) fn ends(
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
