//! Expected against received, at a place, under a clause.

use std::rc::Rc;

use atlas_api::clauses::Clause;

use crate::exchange::Exchange;

/// One breach of one clause.
#[derive(Debug, Clone)]
pub struct Violation {
    pub clause: Clause,
    /// What the clause asks for.
    pub expected: String,
    pub received: String,
    /// The exchanges that show it, in order.
    pub exchanges: Vec<Rc<Exchange>>,
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
        }
    }
}
