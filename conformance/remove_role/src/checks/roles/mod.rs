//! Roles: the effects of a removal, and the rule that a user keeps at least one role.

mod absent;
mod combination;
mod deprecated;
mod last;
mod race;
mod refusal;
mod removal;
mod walk;

use crate::checks::Check;

pub(super) static CHECKS: &[&Check] = &[
    &removal::EXACTLY_ONE,
    &removal::GIVEN_TWICE,
    &removal::NAMED_ELSEWHERE,
    &removal::ACTIVE_USER,
    &removal::PENDING_USER,
    &removal::EVERY_ROLE,
    &removal::EVERY_PAIR,
    &removal::LASTING,
    &removal::DOWN_TO_ONE,
    &removal::OTHER_PROJECT,
    &removal::REPLACE_ONLY_ROLE,
    &last::REFUSED,
    &last::EVERYWHERE,
    &last::MANY_USERS,
    &last::USED_CONNECTION,
    &refusal::CHANGES_NOTHING,
    &absent::ANSWERED,
    &absent::EXACT_NAME,
    &race::LAST_ROLES,
    &race::SAME_ROLE,
    &race::ADD_AND_REMOVE,
    &walk::MODEL,
    &combination::COVERED,
    &deprecated::UNCHANGED,
];
