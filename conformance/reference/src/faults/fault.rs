//! A deliberate defect.

use crate::extension::{Condition, Effect};

/// A deliberate defect of removeRole. Everything else stays right.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The name, which no other fault has.
    pub name: &'static str,
    /// The slug of the clause that it breaks.
    pub clause: &'static str,
    /// The defect in one sentence.
    pub summary: &'static str,
    pub(crate) effect: Effect,
}

impl Fault {
    /// A fault that has no effect yet.
    pub(super) fn new(name: &'static str, clause: &'static str) -> Self {
        Self { name, clause, summary: "", effect: Effect::none() }
    }

    pub(super) fn summary(self, summary: &'static str) -> Self {
        Self { summary, ..self }
    }

    /// Adds an effect to those that it has.
    pub(super) fn effect(self, effect: Effect) -> Self {
        Self { effect: self.effect.and(effect), ..self }
    }

    /// The same fault, restricted to calls for which a condition holds. Name and summary say so.
    ///
    /// Both live as long as the process, like those of the faults of the catalogue.
    pub fn when(self, condition: Condition) -> Self {
        let name = format!("{}-when-{}", self.name, condition.name());
        let summary = self.summary.trim_end_matches('.');
        let summary = format!("{summary}, only when {}.", condition.phrase());
        Self {
            name: name.leak(),
            clause: self.clause,
            summary: summary.leak(),
            effect: self.effect.restricted_to(&condition),
        }
    }

    /// The fault for the rest of the process, as `Options` takes it.
    pub fn leak(self) -> &'static Self {
        Box::leak(Box::new(self))
    }
}
