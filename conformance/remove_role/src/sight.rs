//! What answers alone can show, for targets whose users can't be read back.

use atlas_api::clauses::Clause;

/// Whether a clause speaks of what happens to a user, so that answers alone can break it but not
/// show that it holds.
pub(crate) const fn speaks_of_effects(clause: Clause) -> bool {
    matches!(
        clause,
        Clause::RolesRemovesExactlyOne
            | Clause::RolesActiveUser
            | Clause::RolesPendingUser
            | Clause::RolesReplaceOnlyRole
            | Clause::RolesNeverEmpty
            | Clause::RolesNeverEmptyEverywhere
            | Clause::RolesNeverEmptyUnderRace
            | Clause::RolesRefusalChangesNothing
            | Clause::RolesAbsentRole
            | Clause::RolesExactName
            | Clause::RequestPostOnly
            | Clause::RequestBodyShape
            | Clause::AuthRequired
            | Clause::AuthPermission
    )
}

/// Whether a clause says whom an answer is about, which one user alone can't show: an answer that
/// is always the same would be right by chance.
pub(crate) const fn tells_users_apart(clause: Clause) -> bool {
    matches!(clause, Clause::SuccessId | Clause::SuccessUsername)
}
