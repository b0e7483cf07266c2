//! Expected against received, at a place, under a clause.

use std::rc::Rc;
use std::sync::Arc;

use atlas_api::clauses::Clause;

use crate::exchange::{Circumstances, Exchange};

/// One breach of one clause.
#[derive(Debug, Clone)]
pub struct Violation {
    pub clause: Clause,
    /// What the clause asks for.
    pub expected: String,
    pub received: String,
    /// The exchanges that show it, in order.
    pub exchanges: Vec<Rc<Exchange>>,
    /// What the target did otherwise than the model; none where a response is wrong by itself.
    pub mismatch: Option<Mismatch>,
    /// The clause that would be broken if the documentation spoke of such a request.
    pub instead_of: Option<Clause>,
    /// How whom the request is about was set up before.
    pub set_up: Option<SetUp>,
}

/// How whom a request is about was set up, and what changed that since.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// A sentence without its first capital letter and full stop.
    pub description: String,
    /// The exchanges that did it, in order, as far as the target's own operations did.
    pub exchanges: Vec<Rc<Exchange>>,
}

/// The target did otherwise than the model. One defect shows so in many checks, each of which is
/// for another clause.
#[derive(Debug, Clone)]
pub struct Mismatch {
    pub rule: Rule,
    /// What the request was sent under.
    pub circumstances: Arc<Circumstances>,
}

/// A rule of the model, apart from the circumstances of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    pub kind: RuleKind,
    /// The clause that says it.
    pub clause: Clause,
    /// The clause for where it is broken under some circumstances only.
    pub under_some: UnderSome,
}

/// The clause of a rule that is broken under some circumstances only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnderSome {
    /// That of the rule.
    Same,
    /// Another one.
    Other(Clause),
    /// That of the circumstance, where it has one.
    Its,
}

/// What a rule of the model is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// A request that has to be served is served.
    Served,
    /// A request that has to be refused is refused.
    Refused,
    /// The state of the user who is named is the model's afterwards.
    State,
    /// The state of everybody else is the model's afterwards.
    Others,
}

impl Rule {
    /// A rule that one clause is for, under whatever circumstances.
    pub const fn new(kind: RuleKind, clause: Clause) -> Self {
        Self { kind, clause, under_some: UnderSome::Same }
    }
}

impl Violation {
    /// A breach that one exchange shows.
    pub fn new(
        clause: Clause,
        expected: impl Into<String>,
        received: impl Into<String>,
        exchange: &Rc<Exchange>,
    ) -> Self {
        Self {
            clause,
            expected: expected.into(),
            received: received.into(),
            exchanges: vec![Rc::clone(exchange)],
            mismatch: None,
            instead_of: None,
            set_up: None,
        }
    }

    /// Whether it is of the same clause, and under the same circumstances.
    pub fn is_like(&self, other: &Self) -> bool {
        let under = |it: &Self| it.mismatch.as_ref().map(|it| Arc::clone(&it.circumstances));
        self.clause == other.clause && under(self) == under(other)
    }

    /// ... of a rule of the model.
    pub fn of_rule(mut self, rule: Rule) -> Self {
        let circumstances = self.exchanges.first().map(|it| Arc::clone(&it.request.circumstances));
        self.mismatch = circumstances.map(|circumstances| Mismatch { rule, circumstances });
        self
    }
}
