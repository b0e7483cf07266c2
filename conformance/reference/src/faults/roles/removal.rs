//! Defects of every removal.

use jiff::SignedDuration;
use serde_json::json;

use crate::{
    faults::vocabulary::*,
    store::{Member, PROJECT_ROLES, Standing},
};

/// Removes the role that was given last from a user who has another, without a trace.
fn drop_newest(member: &mut Member) {
    member.roles.truncate(member.roles.len().max(2) - 1);
}

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("removal-renews-the-invitation", "roles.removes-exactly-one")
            .summary("A removal moves the invitation of a pending user by an hour.")
            .effect(move_invitation().when(accepted())),
        Fault::new("user-changed-before-loses-another-role", "roles.removes-exactly-one")
            .summary("A removal also takes a role from the user who was changed before.")
            .effect(take_from_user_changed_before().when(accepted())),
        Fault::new("removal-claimed-only", "roles.removes-exactly-one")
            .summary("A removal is confirmed and shown, but nothing is removed.")
            .effect(restore_roles().and(claim_removal())),
        Fault::new("removal-not-done", "roles.removes-exactly-one")
            .summary("A removal is answered with 200 and the unchanged user.")
            .effect(restore_roles()),
        Fault::new("another-role-removed-instead", "roles.removes-exactly-one")
            .summary("Another role than the named one is removed.")
            .effect(remove_another_role()),
        Fault::new("all-but-one-removed", "roles.removes-exactly-one")
            .summary("A removal leaves one role, however many there were.")
            .effect(edit_stored_user(|_, member| member.roles.truncate(1)).when(accepted())),
        Fault::new("second-role-removed-too", "roles.removes-exactly-one")
            .summary("A removal removes a second role if the user keeps another.")
            .effect(edit_stored_user(|_, member| drop_newest(member)).when(accepted())),
        Fault::new("second-role-removed-silently", "roles.removes-exactly-one")
            .summary("A removal removes a second role that the response still shows.")
            .effect(edit_stored_user_afterwards(|_, member| drop_newest(member)).when(accepted())),
        Fault::new("every-user-loses-the-role", "roles.removes-exactly-one")
            .summary("All users of the project lose the role if they have others.")
            .effect(edit_others(remove_named_role).when(accepted())),
        Fault::new("one-other-user-loses-the-role", "roles.removes-exactly-one")
            .summary("One other user of the project who has the role loses it too.")
            .effect(take_from_one_other().when(accepted())),
        Fault::new("other-project-loses-the-role", "roles.removes-exactly-one")
            .summary("The user loses the role in the other project as well.")
            .effect(edit_elsewhere(remove_named_role).when(accepted())),
        Fault::new("other-project-loses-its-role", "roles.removes-exactly-one")
            .summary("A removal in one project also removes the oldest role in the other.")
            .effect(remove_oldest_elsewhere().when(accepted())),
        Fault::new("removed-in-the-other-project-instead", "roles.removes-exactly-one")
            .summary("The role of a user of both projects is removed in the wrong one.")
            .effect(move_removal_elsewhere().when(accepted())),
        Fault::new("removal-one-behind", "roles.removes-exactly-one")
            .summary("A removal is confirmed at once and done when the next one arrives.")
            .effect(postpone_removal().when(accepted()).and(claim_removal())),
        Fault::new("removed-role-returns", "roles.removes-exactly-one")
            .summary("A removal brings back the role that was removed from the user before.")
            .effect(bring_back_role().when(accepted())),
        Fault::new("roles-with-the-suffix-removed", "roles.removes-exactly-one")
            .summary("The removal of GROUP_READ_ONLY removes GROUP_DATA_ACCESS_READ_ONLY as well.")
            .effect(
                edit_stored_user(|_, member| {
                    if member.roles.len() > 1 {
                        member.remove("GROUP_DATA_ACCESS_READ_ONLY");
                    }
                })
                .when(accepted())
                .when(role("GROUP_READ_ONLY")),
            ),
        Fault::new("roles-of-a-family-removed", "roles.removes-exactly-one")
            .summary("The removal of a data access role removes all data access roles.")
            .effect(remove_data_access_roles().when(accepted())),
        Fault::new("role-added-instead-of-the-removed", "roles.removes-exactly-one")
            .summary("A removal gives the user a role that they never had.")
            .effect(give_new_role().when(accepted())),
        Fault::new("user-leaves-the-project", "roles.removes-exactly-one")
            .summary("The user is removed from the project after the response.")
            .effect(remove_user().when(accepted())),
    ]
}

fn move_invitation() -> Effect {
    edit_stored_user(|_, member| {
        if let Standing::Pending(sent) = &mut member.person.standing {
            *sent -= SignedDuration::from_hours(1);
        }
    })
}

fn take_from_user_changed_before() -> Effect {
    Effect::store_afterwards(|call, store| {
        let before = call.memory.note("changed last", call.user().into());
        with_others(call, store, |other| {
            let struck = before.as_ref().is_some_and(|id| *id == other.person.id.as_str());
            if struck && other.roles.len() > 1 {
                other.roles.pop();
            }
        });
    })
}

fn remove_another_role() -> Effect {
    Effect::decision(|call, _, decision| {
        if let Ok(removal) = decision
            && let Some(other) = call.had().iter().find(|role| **role != removal.role)
        {
            removal.role.clone_from(other);
        }
    })
}

/// Removes the role that the call names from a user who has another.
fn remove_named_role(call: &Call, member: &mut Member) {
    if member.roles.len() > 1 {
        member.remove(call.role().unwrap_or_default());
    }
}

fn take_from_one_other() -> Effect {
    Effect::store(|call, store| {
        let role = call.role().unwrap_or_default();
        let mut done = false;
        with_others(call, store, |member| {
            if !done && member.roles.len() > 1 && member.has(role) {
                member.remove(role);
                done = true;
            }
        });
    })
}

fn remove_oldest_elsewhere() -> Effect {
    edit_elsewhere(|_, member| {
        if member.roles.len() > 1 {
            member.roles.remove(0);
        }
    })
}

fn move_removal_elsewhere() -> Effect {
    Effect::store(|call, store| {
        let Some(own) = call.target() else { return };
        let role = call.role().unwrap_or_default();
        let mut moved = false;
        for (target, member) in store.everyone() {
            if target.group != own.group && target.user == own.user {
                member.remove(role);
                moved = true;
            }
        }
        if moved && let Some(member) = store.find_mut(&own) {
            member.roles = call.had().to_vec();
        }
    })
}

fn postpone_removal() -> Effect {
    let remove_due_role = Effect::store(|call, store| {
        let debt = json!([call.route.group(), call.route.user(), call.role()]);
        let Some(due) = call.memory.note("debt", debt) else { return };
        for (target, member) in store.everyone() {
            if due[0] == target.group && due[1] == target.user {
                member.remove(due[2].as_str().unwrap_or_default());
            }
        }
    });
    restore_roles().and(remove_due_role)
}

fn bring_back_role() -> Effect {
    edit_stored_user(|_, member| {
        let before = member.removed.iter().rev().nth(1).cloned();
        if let Some(role) = before
            && !member.has(&role)
        {
            member.roles.push(role);
        }
    })
}

fn remove_data_access_roles() -> Effect {
    const FAMILY: &str = "GROUP_DATA_ACCESS_";
    let remove = edit_stored_user(|_, member| {
        let mut kept = member.roles.clone();
        kept.retain(|role| !role.starts_with(FAMILY));
        if !kept.is_empty() {
            member.roles = kept;
        }
    });
    remove.only_if(|call| call.role().is_some_and(|role| role.starts_with(FAMILY)))
}

fn give_new_role() -> Effect {
    edit_stored_user(|call, member| {
        let new = PROJECT_ROLES.iter().find(|role| !call.had().iter().any(|held| held == *role));
        member.roles.extend(new.map(|role| (*role).to_owned()));
    })
}
