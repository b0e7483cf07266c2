//! Effects that change the store where the conforming server wouldn't, or undo what it did.

use crate::{
    call::Call,
    extension::Effect,
    faults::vocabulary::{conditions::accepted, response_edits::claim_removal},
    store::{Member, Store},
};

/// Edits the user that the path names.
pub(crate) fn edit_stored_user(
    edit: impl Fn(&Call, &mut Member) + Send + Sync + 'static,
) -> Effect {
    Effect::store(move |call, store| with_user(call, store, |member| edit(call, member)))
}

/// Edits the user that the path names once the response is complete.
pub(crate) fn edit_stored_user_afterwards(
    edit: impl Fn(&Call, &mut Member) + Send + Sync + 'static,
) -> Effect {
    Effect::store_afterwards(move |call, store| {
        with_user(call, store, |member| edit(call, member));
    })
}

/// Edits all other users of the project.
pub(crate) fn edit_others(edit: impl Fn(&Call, &mut Member) + Send + Sync + 'static) -> Effect {
    Effect::store(move |call, store| with_others(call, store, |member| edit(call, member)))
}

/// Edits the same user in other projects.
pub(crate) fn edit_elsewhere(edit: impl Fn(&Call, &mut Member) + Send + Sync + 'static) -> Effect {
    Effect::store(move |call, store| {
        let Some(own) = call.target() else { return };
        for (target, member) in store.everyone() {
            if target.group != own.group && target.user == own.user {
                edit(call, member);
            }
        }
    })
}

/// Takes a removal back.
pub(crate) fn restore_roles() -> Effect {
    edit_stored_user(|call, member| member.roles = call.had().to_vec())
}

/// Takes a removal back, and confirms it all the same.
pub(crate) fn claim_only() -> Effect {
    restore_roles().when(accepted()).and(claim_removal())
}

/// Removes the oldest role as well, as long as another is left.
pub(crate) fn remove_oldest_too() -> Effect {
    let remove = edit_stored_user(|_, member| {
        if member.roles.len() > 1 {
            member.roles.remove(0);
        }
    });
    remove.when(accepted())
}

/// Removes the role that was asked for, as long as another is left.
pub(crate) fn remove_asked_role() -> Effect {
    edit_stored_user(spare_asked_role)
}

/// Removes the role that was asked for in other projects, as long as another is left there.
pub(crate) fn remove_asked_role_elsewhere() -> Effect {
    edit_elsewhere(spare_asked_role)
}

/// Removes the role that was given last, as long as another is left.
pub(crate) fn remove_newest_role() -> Effect {
    edit_stored_user(|_, member| {
        if let [.., _, newest] = member.roles.as_slice() {
            let newest = newest.clone();
            member.remove(&newest);
        }
    })
}

/// Removes the user from the project once the response is complete.
pub(crate) fn remove_user() -> Effect {
    Effect::store_afterwards(|call, store| {
        if let Some(target) = call.target() {
            // An unknown user is gone already.
            let _ = store.remove_user(&target);
        }
    })
}

/// Edits all other users of the project.
pub(crate) fn with_others(call: &Call, store: &mut Store, mut edit: impl FnMut(&mut Member)) {
    let Some(own) = call.target() else { return };
    for (target, member) in store.everyone() {
        if target.group == own.group && target.user != own.user && !member.out_of_reach {
            edit(member);
        }
    }
}

fn with_user(call: &Call, store: &mut Store, edit: impl FnOnce(&mut Member)) {
    let member = call.target().and_then(|target| store.find_mut(&target));
    if let Some(member) = member.filter(|member| !member.out_of_reach) {
        edit(member);
    }
}

/// Removes the role that was asked for from a user who has another.
fn spare_asked_role(call: &Call, member: &mut Member) {
    if let Some(role) = call.asked_role()
        && member.roles.len() > 1
    {
        member.remove(&role);
    }
}
