//! Defects of the only role.

use crate::faults::vocabulary::*;

const CLAUSE: &str = "roles.never-empty";

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("last-role-removed-if-given-again", CLAUSE)
            .summary("The only role is removed if it was removed and given again before.")
            .effect(remove_last_role().when(role_given_again())),
        Fault::new("last-role-removed", CLAUSE)
            .summary("The only role is removed like any other.")
            .effect(remove_last_role()),
        Fault::new("last-role-refused-and-removed", CLAUSE)
            .summary("The removal of the only role is refused and done.")
            .effect(
                edit_stored_user_afterwards(|call, member| {
                    member.remove(&call.asked_role().unwrap_or_default());
                })
                .when(refused_for(Refusal::LastRole)),
            ),
        Fault::new("last-role-confirmed-and-kept", CLAUSE)
            .summary("The removal of the only role is answered with 200 and not done.")
            .effect(confirm_nothing().when(refused_for(Refusal::LastRole))),
        Fault::new("last-role-error-with-200", CLAUSE)
            .summary("The removal of the only role is refused in the body, with status 200.")
            .effect(set_status(200).when(refused_for(Refusal::LastRole))),
        Fault::new("last-role-removes-the-user", CLAUSE)
            .summary("The removal of the only role removes the user from the project.")
            .effect(remove_last_role())
            .effect(remove_user().when(accepted()).when(holding(1))),
        Fault::new("last-role-replaced-by-default", "roles.refusal-changes-nothing")
            .summary("The refused removal of the only role leaves the user with another role.")
            .effect(replace_roles_by_default().when(refused_for(Refusal::LastRole))),
        Fault::new("last-role-removed-on-the-second-try", CLAUSE)
            .summary("The only role is removed when its removal is asked for again.")
            .effect(
                remove_last_role()
                    .only_if(|call| call.memory.count(&format!("tries {}", call.user())) > 1),
            ),
        Fault::new("last-role-removed-after-others", CLAUSE)
            .summary("The only role is removed if the user had others before.")
            .effect(remove_last_role().when(after_removals())),
        Fault::new("last-role-removed-from-new-users", CLAUSE)
            .summary("The only role is removed if the user never had another.")
            .effect(remove_last_role().when(after_removals().not())),
        Fault::new("absent-role-empties-the-user", CLAUSE)
            .summary("The removal of a role that the user lacks removes the only one.")
            .effect(
                edit_stored_user(|_, member| {
                    if member.roles.len() == 1 {
                        member.roles.clear();
                    }
                })
                .when(refused_for(Refusal::AbsentRole)),
            ),
        Fault::new("last-role-refused-as-success", CLAUSE)
            .summary("The removal of the only role is answered with 204.")
            .effect(set_status(204).and(remove_body()).when(refused_for(Refusal::LastRole))),
    ]
}

fn replace_roles_by_default() -> Effect {
    edit_stored_user(|_, member| {
        let default = match member.has("GROUP_READ_ONLY") {
            true => "GROUP_OBSERVABILITY_VIEWER",
            false => "GROUP_READ_ONLY",
        };
        member.roles = vec![default.to_owned()];
    })
}
