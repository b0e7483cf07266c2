//! What a request was sent under, in words: who asks, for whom, with which query, on which connection.

use std::borrow::Cow;
use std::collections::BTreeSet;

use atlas_api::clauses::Clause;

/// One circumstance of a request. Their order is that in which one of several is blamed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Circumstance {
    /// Its place among the kinds of circumstances.
    pub rank: u8,
    /// A few words, such as `a pending user`.
    pub words: Cow<'static, str>,
    /// The clause that says that a request under it is served like any other.
    pub clause: Option<Clause>,
}

/// All circumstances of one request.
pub type Circumstances = BTreeSet<Circumstance>;
