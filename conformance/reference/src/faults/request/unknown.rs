//! Well-formed ids and role names that name nothing, and are not refused as they should be.

use crate::{
    faults::vocabulary::*,
    store::{Removal, Target, is_organization_role},
};

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("unknown-user-is-bad-request", "request.unknown-user")
            .summary("An unknown user is answered with 400.")
            .effect(restate(400).when(refused_for(Refusal::UnknownUser))),
        Fault::new("unknown-user-is-forbidden", "request.unknown-user")
            .summary("An unknown user is answered with 403.")
            .effect(restate(403).when(refused_for(Refusal::UnknownUser))),
        Fault::new("unknown-user-is-gone", "status.documented")
            .summary("An unknown user is answered with 410.")
            .effect(restate(410).when(refused_for(Refusal::UnknownUser))),
        Fault::new("unknown-user-fails", "status.no-server-error")
            .summary("An unknown user causes a 500.")
            .effect(refuse_removal(BROKEN).when(refused_for(Refusal::UnknownUser))),
        Fault::new("user-served-in-any-project", "request.unknown-user")
            .summary("A user of the first project is changed there if the second is named.")
            .effect(serve_in_first_project().when(refused_for(Refusal::UnknownUser))),
        Fault::new("user-of-the-other-project-served", "request.unknown-user")
            .summary("A user of the other project is changed there, whatever project is named.")
            .effect(serve_in_any_project().when(refused_for(Refusal::UnknownUser))),
        Fault::new("user-id-compared-by-23-digits", "request.unknown-user")
            .summary("The last digit of a userId is not compared.")
            .effect(serve_similar_user().when(refused_for(Refusal::UnknownUser))),
        Fault::new("unknown-project-fails", "status.no-server-error")
            .summary("An unknown project causes a 500.")
            .effect(fail_at(Step::Project).when(refused())),
        Fault::new("unknown-project-is-bad-request", "request.unknown-group")
            .summary("An unknown project is answered with 400.")
            .effect(restate(400).when(refused_for(Refusal::UnknownProject))),
        Fault::new("unknown-project-is-conflict", "request.unknown-group")
            .summary("An unknown project is answered with 409.")
            .effect(restate(409).when(refused_for(Refusal::UnknownProject))),
        Fault::new("project-not-compared", "request.unknown-group")
            .summary("An unknown project is taken for the one that has the user.")
            .effect(pass(Step::Project))
            .effect(serve_instead_of_unknown_project()),
        Fault::new("unknown-role-confirmed", "request.unknown-role")
            .summary("The removal of an unknown role is answered with 200.")
            .effect(pass(Step::Body).when(refused_for(Refusal::UnknownRole)))
            .effect(confirm_without_role()),
        Fault::new("organization-role-confirmed", "request.unknown-role")
            .summary("The removal of an organization role is answered with 200.")
            .effect(pass(Step::Body).when(refused_for(Refusal::OrganizationRole)))
            .effect(confirm_without_role()),
        Fault::new("unknown-role-unprocessable", "status.documented")
            .summary("An unknown role is refused with 422.")
            .effect(restate(422).when(refused_for(Refusal::UnknownRole))),
        Fault::new("empty-role-confirmed", "request.unknown-role")
            .summary("The removal of a role with an empty name is answered with 200.")
            .effect(pass(Step::Body).only_if(|call| call.asked_role().as_deref() == Some("")))
            .effect(confirm_without_role()),
        Fault::new("non-ascii-role-fails", "status.no-server-error")
            .summary("A role name with characters beyond ASCII causes a 500.")
            .effect(fail_on_role(|role| !role.is_ascii())),
        Fault::new("control-character-in-role-fails", "status.no-server-error")
            .summary("A role name with a control character causes a 500.")
            .effect(fail_on_role(|role| role.contains(char::is_control))),
        Fault::new("long-role-fails", "status.no-server-error")
            .summary("A role name of more than 200 characters causes a 500.")
            .effect(fail_on_role(|role| role.len() > 200)),
        Fault::new("organization-role-fails", "status.no-server-error")
            .summary("An organization role causes a 500.")
            .effect(fail_on_role(is_organization_role)),
    ]
}

/// Answers 500 to a role name that is refused and fits.
fn fail_on_role(fits: fn(&str) -> bool) -> Effect {
    let fail = fail_at(Step::Body).when(refused());
    fail.only_if(move |call| call.asked_role().is_some_and(|role| fits(&role)))
}

/// Confirms a removal whose role was refused and let pass, and removes nothing.
fn confirm_without_role() -> Effect {
    let confirm = confirm_nothing().when(refused_for(Refusal::AbsentRole));
    confirm.only_if(|call| call.role().is_none())
}

fn serve_in_first_project() -> Effect {
    Effect::decision(|call, store, decision| {
        let Some(mut target) = call.target() else { return };
        let Some(first) = store.groups().next() else { return };
        target.group.clone_from(first);
        if let Ok(removal) = store.decide(&target, call.role().unwrap_or_default()) {
            *decision = Ok(removal);
        }
    })
}

fn serve_in_any_project() -> Effect {
    Effect::decision(|call, store, decision| {
        let Some(mut target) = call.target() else { return };
        for group in store.groups() {
            target.group.clone_from(group);
            if let Ok(removal) = store.decide(&target, call.role().unwrap_or_default()) {
                *decision = Ok(removal);
                return;
            }
        }
    })
}

fn serve_similar_user() -> Effect {
    Effect::decision(|call, store, decision| {
        let Some(target) = call.target() else { return };
        let similar = store
            .members(&target.group)
            .find(|member| member.person.id[..23] == target.user[..23])
            .map(|member| member.person.id.clone());
        if let Some(user) = similar {
            let role = call.role().unwrap_or_default().to_owned();
            let target = Target { user, ..target };
            *decision = store.decide(&target, &role).map(|_| Removal { target, role });
        }
    })
}

fn serve_instead_of_unknown_project() -> Effect {
    Effect::decision(|call, store, decision| {
        let Some(mut target) = call.target() else { return };
        if store.has_project(&target.group) {
            return;
        }
        for group in store.groups() {
            target.group.clone_from(group);
            if let Ok(removal) = store.decide(&target, call.role().unwrap_or_default()) {
                *decision = Ok(removal);
            }
        }
    })
}
