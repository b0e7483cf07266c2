//! A change of which it is not known yet where it belongs.

use super::change::{Breaks, End, Site};
use super::rule::Rule;
use crate::source_map::At;

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
