//! What the package of an operation gives the engine.

use std::fmt;
use std::rc::Rc;

use atlas_api::clauses::{Clause, Level};

use super::check::{CheckInfo, Running};
use super::recorder::Recorder;
use super::state::RunState;

/// One check: data, and one function that reads as prose.
pub struct Check<S: Suite> {
    /// `section/topic/name`: folder, file and what is checked.
    pub id: &'static str,
    /// One sentence that is true of a conforming target.
    pub title: &'static str,
    /// The clauses that it tests; the first is what it is for.
    pub clauses: &'static [Clause],
    /// What it needs of the target and the configuration.
    pub needs: &'static [S::Need],
    pub run: for<'a> fn(&'a S::Context) -> Running<'a>,
}

impl<S: Suite> Check<S> {
    /// The check as reports know it.
    pub const fn info(&self) -> CheckInfo {
        CheckInfo { id: self.id, title: self.title, clauses: self.clauses }
    }

    /// The strictest level among its clauses.
    pub fn level(&self) -> Level {
        self.info().level()
    }
}

impl<S: Suite> fmt::Debug for Check<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// The checks of one operation, and what they share in a run.
pub trait Suite: Sized + 'static {
    /// What one check works with.
    type Context: Context;
    /// What a check may need of the target and the configuration.
    type Need: Copy + 'static;

    /// Every check, in the order of the catalogue.
    fn catalogue() -> impl Iterator<Item = &'static Check<Self>>;

    /// The first need of the check that the run can't meet, and what would meet it.
    fn unmet_need(&self, check: &Check<Self>) -> Option<String>;

    /// What one check works with.
    fn context(self: &Rc<Self>, check: CheckInfo) -> Self::Context;

    /// What holds for the whole run.
    fn run_state(&self) -> &Rc<RunState>;
}

/// What one check works with: its recorder, and whatever it has set up.
pub trait Context {
    /// What keeps the check from passing though nothing was wrong: its clauses say more than the
    /// responses have shown.
    fn not_shown(&self) -> Option<String>;

    /// Undoes what the check has set up; describes what can't be undone.
    fn clean_up(&self) -> impl Future<Output = Vec<String>>;

    /// What the check has recorded.
    fn into_recorder(self) -> Recorder;
}
