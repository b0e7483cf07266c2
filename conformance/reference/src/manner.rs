//! What is settled once, when the server starts.

use super::{auth::Challenge, body::Twice, step::Step};

/// What is settled once, when the server starts. The default is the conforming server's.
#[derive(Clone, Debug)]
pub(crate) struct Manner {
    /// What stands before `/api` in all paths.
    pub(crate) prefix: &'static str,
    /// The checks, in order.
    pub(crate) steps: Vec<Step>,
    /// How many bytes a body may have.
    pub(crate) body_limit: usize,
    /// What becomes of a key that an object has twice.
    pub(crate) twice: Twice,
    /// How the server asks for credentials.
    pub(crate) challenge: Challenge,
    /// The type of tokens, as the token endpoint names it.
    pub(crate) token_type: &'static str,
    /// Whether the token endpoint says more than it has to.
    pub(crate) wordy_token: bool,
    /// Whether header names are sent in title case.
    pub(crate) title_case: bool,
    /// Whether a Date field is sent.
    pub(crate) date: bool,
    /// Whether requests are answered strictly one after the other.
    pub(crate) one_at_a_time: bool,
    /// How users get their ids.
    pub(crate) ids: Ids,
}

/// How users get their ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ids {
    /// At random, one for each person.
    #[default]
    Random,
    /// At random, another in each project.
    PerProject,
    /// One after the other.
    CountedUp,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            prefix: "",
            steps: Step::ORDER.to_vec(),
            body_limit: 1 << 20,
            twice: Twice::default(),
            challenge: Challenge::default(),
            token_type: "Bearer",
            wordy_token: false,
            title_case: false,
            date: true,
            one_at_a_time: false,
            ids: Ids::default(),
        }
    }
}
