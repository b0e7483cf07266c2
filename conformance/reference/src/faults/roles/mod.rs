//! Defects of the rule: what is removed, from which user, and what is left.

pub(super) mod everywhere;
pub(super) mod last;
pub(super) mod membership;
pub(super) mod name;
pub(super) mod race;
pub(super) mod rare_conditions;
pub(super) mod refusal;
pub(super) mod removal;
