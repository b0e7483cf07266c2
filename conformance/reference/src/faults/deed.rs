//! Changing the store behind the back of the conforming server.

use serde_json::Value;

use crate::{
    call::Call,
    store::{Member, Store},
};

/// The role that the body names, even where the conforming server didn't come to read it.
pub(super) fn asked_role(call: &Call) -> Option<String> {
    let body: Value = serde_json::from_slice(&call.request.body).ok()?;
    body.get("groupRole")?.as_str().map(str::to_owned)
}

/// Removes the role that was asked for, as long as another is left.
pub(super) fn remove_anyway(call: &Call, store: &mut Store) {
    let Some(role) = asked_role(call) else { return };
    with_user(call, store, |member| {
        if member.roles.len() > 1 {
            member.remove(&role);
        }
    });
}

/// Removes the role that was given last, as long as another is left.
pub(super) fn remove_some(call: &Call, store: &mut Store) {
    with_user(call, store, |member| {
        if member.roles.len() > 1
            && let Some(role) = member.roles.last().cloned()
        {
            member.remove(&role);
        }
    });
}

/// Takes a removal back.
pub(super) fn restore(call: &Call, store: &mut Store) {
    with_user(call, store, |member| member.roles = call.had().to_vec());
}

/// Does something to the user that the path names.
pub(super) fn with_user(call: &Call, store: &mut Store, change: impl FnOnce(&mut Member)) {
    let member = call.target().and_then(|target| store.find_mut(&target));
    if let Some(member) = member.filter(|member| !member.out_of_reach) {
        change(member);
    }
}

/// Does something to all other users of the project.
pub(super) fn with_others(call: &Call, store: &mut Store, mut change: impl FnMut(&mut Member)) {
    let Some(own) = call.target() else { return };
    for (target, member) in store.everyone() {
        if target.group == own.group && target.user != own.user && !member.out_of_reach {
            change(member);
        }
    }
}

/// Does something to the same user in other projects.
pub(super) fn with_elsewhere(call: &Call, store: &mut Store, change: impl Fn(&mut Member)) {
    let Some(own) = call.target() else { return };
    for (target, member) in store.everyone() {
        if target.group != own.group && target.user == own.user {
            change(member);
        }
    }
}

/// How many roles the user has in other projects.
pub(super) fn roles_elsewhere(call: &Call, store: &Store) -> usize {
    let Some(own) = call.target() else { return 0 };
    let elsewhere = store.groups().filter(|group| **group != own.group);
    elsewhere
        .flat_map(|group| store.members(group))
        .filter(|member| member.person.id == own.user)
        .map(|member| member.roles.len())
        .sum()
}
