//! Defects for active users, for pending ones, and for those of the deprecated invitation.

use crate::faults::vocabulary::*;

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("active-users-unknown", "roles.active-user")
            .summary("Active users are answered with 404.")
            .effect(refuse_legal_removal(Refusal::UnknownUser).when(active())),
        Fault::new("active-owners-refused", "roles.active-user")
            .summary("GROUP_OWNER can't be removed from an active user.")
            .effect(
                refuse_legal_removal(Refusal::Forbidden).when(active()).when(role("GROUP_OWNER")),
            ),
        Fault::new("active-users-removal-claimed-only", "roles.removes-exactly-one")
            .summary("Nothing is removed from active users, though it is confirmed.")
            .effect(claim_only().when(active())),
        Fault::new("pending-users-unknown", "roles.pending-user")
            .summary("Pending users are answered with 404.")
            .effect(refuse_legal_removal(Refusal::UnknownUser).when(pending())),
        Fault::new("pending-users-conflict", "roles.pending-user")
            .summary("Pending users with exactly two roles are answered with 409.")
            .effect(
                refuse_legal_removal(Refusal::Other(409, "INVITATION_PENDING"))
                    .when(pending())
                    .when(holding(2)),
            ),
        Fault::new("pending-users-leave-the-project", "roles.pending-user")
            .summary("A pending user's invitation ends with the first removal.")
            .effect(remove_user().when(accepted()).when(pending())),
        Fault::new("replacement-refused", "roles.replace-only-role")
            .summary("A role that was the only one is refused as if it still were.")
            .effect(refuse_legal_removal(Refusal::LastRole).when(replaced_role())),
        Fault::new("replacement-removes-the-new-role", "roles.replace-only-role")
            .summary("The role that was given last is removed, not the one that was the only one before.")
            .effect(
                Effect::decision(|call, _, decision| {
                    if let (Ok(removal), [.., newest]) = (decision, call.had()) {
                        removal.role.clone_from(newest);
                    }
                })
                .when(replaced_role()),
            ),
        Fault::new("two-roles-count-as-one", "roles.removes-exactly-one")
            .summary("A user with two roles is refused as if there were one.")
            .effect(refuse_legal_removal(Refusal::LastRole).when(holding(2))),
        Fault::new("deprecated-invitation-changed", "roles.deprecated-invitation")
            .summary("A role is removed from a user of the deprecated invitation.")
            .effect(remove_anyway().when(invited_by_deprecated_invitation())),
        Fault::new("deprecated-invitation-confirmed", "roles.deprecated-invitation")
            .summary("A user of the deprecated invitation is answered with 200.")
            .effect(confirm_nothing().when(invited_by_deprecated_invitation())),
        Fault::new("deprecated-invitation-undocumented", "status.documented")
            .summary("A user of the deprecated invitation is answered with 422.")
            .effect(
                refuse_removal(Refusal::Other(422, "INVITATION_NOT_SUPPORTED"))
                    .when(invited_by_deprecated_invitation()),
            ),
    ]
}
