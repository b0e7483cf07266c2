//! Defects of the rule: what is removed, from whom, and what is left.

pub(super) mod everywhere;
pub(super) mod last;
pub(super) mod membership;
pub(super) mod name;
pub(super) mod needle;
pub(super) mod race;
pub(super) mod refusal;
pub(super) mod removal;
