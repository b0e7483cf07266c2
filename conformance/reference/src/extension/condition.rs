//! Conditions on a call.

use std::{borrow::Cow, fmt, sync::Arc};

use crate::call::Call;

/// A condition on a call: a predicate with a name. Conditions can be combined.
#[derive(Clone)]
pub struct Condition {
    name: Cow<'static, str>,
    phrase: Cow<'static, str>,
    holds: Arc<dyn Fn(&Call) -> bool + Send + Sync>,
}

impl Condition {
    /// A condition with a name for lists and a phrase that can follow "when".
    pub(crate) fn new(
        name: impl Into<Cow<'static, str>>,
        phrase: impl Into<Cow<'static, str>>,
        holds: impl Fn(&Call) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self { name: name.into(), phrase: phrase.into(), holds: Arc::new(holds) }
    }

    /// The name: lower-case words with hyphens.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The condition in words that can follow "when".
    pub fn phrase(&self) -> &str {
        &self.phrase
    }

    /// Holds when both hold.
    pub fn and(self, other: Self) -> Self {
        Self::all([self, other])
    }

    /// Holds when one of the two holds, or both.
    pub fn or(self, other: Self) -> Self {
        Self::any([self, other])
    }

    /// Holds when this one doesn't.
    #[expect(clippy::should_implement_trait, reason = "it stands beside `and` and `or`")]
    pub fn not(self) -> Self {
        let (name, phrase) = (format!("not-{}", self.name), format!("not: {}", self.phrase));
        Self::new(name, phrase, move |call| !self.holds(call))
    }

    /// Holds when all of them hold. They are tried in order, up to the first that doesn't.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let conditions: Vec<Self> = conditions.into_iter().collect();
        let (name, phrase) = joined(&conditions, "and");
        Self::new(name, phrase, move |call| conditions.iter().all(|one| one.holds(call)))
    }

    /// Holds when at least one of them holds. They are tried in order, up to the first that does.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        let conditions: Vec<Self> = conditions.into_iter().collect();
        let (name, phrase) = joined(&conditions, "or");
        Self::new(name, phrase, move |call| conditions.iter().any(|one| one.holds(call)))
    }

    /// Whether it holds for a call, as far as the call has come.
    pub(crate) fn holds(&self, call: &Call) -> bool {
        (self.holds)(call)
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// The names and phrases of several conditions as one name and one phrase.
fn joined(conditions: &[Condition], word: &str) -> (String, String) {
    let names: Vec<&str> = conditions.iter().map(Condition::name).collect();
    let phrases: Vec<&str> = conditions.iter().map(Condition::phrase).collect();
    (names.join(&format!("-{word}-")), phrases.join(&format!(" {word} ")))
}
