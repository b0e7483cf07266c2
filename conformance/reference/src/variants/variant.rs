//! An unusual habit.

use crate::extension::Effect;

/// An unusual habit of the whole server that breaks no clause.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The name, which no other variant has.
    pub name: &'static str,
    /// The habit in one sentence.
    pub summary: &'static str,
    pub(crate) effect: Effect,
}

impl Variant {
    /// A variant that has no effect yet.
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, summary: "", effect: Effect::none() }
    }

    pub(super) fn summary(self, summary: &'static str) -> Self {
        Self { summary, ..self }
    }

    /// Adds an effect to those that it has.
    pub(super) fn effect(self, effect: Effect) -> Self {
        Self { effect: self.effect.and(effect), ..self }
    }
}
