//! What a check has found, and the exchanges that led there.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::Clause;

use super::{Observation, Probe};
use crate::answers::Answers;
use crate::check::Halt;
use crate::exchange::Exchange;
use crate::violation::Violation;

/// How many violations of one clause a check records.
const SAME_CLAUSE_LIMIT: usize = 4;

impl Probe {
    /// Records a violation.
    pub fn violate(
        &self,
        clause: Clause,
        expected: impl Into<String>,
        received: impl Into<String>,
        exchange: &Rc<Exchange>,
    ) {
        self.put(vec![Violation::new(clause, expected, received, exchange)]);
    }

    /// Records what was seen of a question that is left open.
    pub fn observe(&self, clause: Clause, question: &str, exchange: &Exchange) {
        let seen = exchange.received();
        let question = question.to_owned();
        let mut answers = self.answers.borrow_mut();
        answers.observed(self.check, clause, &question, exchange, &self.roles());
        self.observations.borrow_mut().insert(Observation { clause, question, seen });
    }

    /// Records violations, of each clause a few: a defect that shows in every answer is one.
    pub fn put(&self, violations: Vec<Violation>) {
        let mut found = self.violations.borrow_mut();
        for violation in violations {
            let same = found.iter().filter(|known| known.clause == violation.clause).count();
            if same < SAME_CLAUSE_LIMIT {
                found.push(violation);
            }
        }
    }

    /// Takes everything found so far away, and the trail of exchanges with it.
    pub fn take(&self) -> Vec<Violation> {
        self.trail.borrow_mut().clear();
        self.violations.take()
    }

    /// The exchanges since the last `take`.
    pub fn trail(&self) -> Vec<Rc<Exchange>> {
        self.trail.borrow().clone()
    }

    /// The exchange of the operation that came last.
    ///
    /// # Errors
    /// When there is none.
    pub fn last(&self) -> Result<Rc<Exchange>, Halt> {
        let trail = self.trail.borrow();
        let last = trail.iter().rev().find(|exchange| exchange.is_removal()).cloned();
        last.ok_or_else(|| Halt::Error("nothing was sent".to_owned()))
    }

    /// Whether a violation is what this check looks for, or harm that no check may pass over.
    pub fn concerns(&self, violation: &Violation) -> bool {
        const HARM: [Clause; 5] = [
            Clause::RolesRemovesExactlyOne,
            Clause::RolesNeverEmpty,
            Clause::RolesRefusalChangesNothing,
            Clause::StatusNoServerError,
            Clause::HttpAnswers,
        ];
        self.clauses.contains(&violation.clause) || HARM.contains(&violation.clause)
    }

    /// What the answers to the check looked like.
    pub fn answers(&self) -> Answers {
        self.answers.take()
    }

    /// What the check found, and how many requests of the operation it sent.
    pub fn into_findings(self) -> (Vec<Violation>, BTreeSet<Observation>, u64) {
        (self.violations.into_inner(), self.observations.into_inner(), self.exchanges.get())
    }
}
