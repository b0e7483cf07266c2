//! The checks that a request passes before anything is done.

use super::Service;
use crate::{
    auth::Account,
    call::{Call, Input, Operation},
    extension::Step,
    http::{Flaw, Twice, is_understood, read_object, string_of},
    refusal::{Refusal, Verdict},
    store::{is_id, is_organization_role, is_project_role},
};

pub(super) fn check(step: Step, call: &mut Call, service: &Service) -> Verdict {
    match step {
        Step::Method => method(call),
        Step::Identity => identity(call),
        Step::Path => path(call),
        Step::Query => Ok(call.query.check_flags()?),
        Step::Project => project(call, service),
        Step::Permission => permission(call),
        Step::Body => body(call, service),
    }
}

fn method(call: &mut Call) -> Verdict {
    call.operation = Some(call.route.operation(&call.request.method)?);
    Ok(())
}

fn identity(call: &mut Call) -> Verdict {
    call.caller = Some(call.credentials.map_err(Refusal::Unauthenticated)?);
    Ok(())
}

fn path(call: &mut Call) -> Verdict {
    let parameters = [("groupId", call.route.group()), ("userId", call.route.user())];
    match parameters.into_iter().find(|(_, id)| id.is_some_and(|id| !is_id(id))) {
        Some((name, _)) => Err(Refusal::PathParameter(name)),
        None => Ok(()),
    }
}

fn project(call: &mut Call, service: &Service) -> Verdict {
    match call.route.group().is_some_and(|group| service.store().has_project(group)) {
        true => Ok(()),
        false => Err(Refusal::UnknownProject),
    }
}

fn permission(call: &mut Call) -> Verdict {
    let changes = call.operation.is_some_and(Operation::changes);
    match call.caller.is_some_and(|caller| caller.account == Account::Owner) || !changes {
        true => Ok(()),
        false => Err(Refusal::Forbidden),
    }
}

fn body(call: &mut Call, service: &Service) -> Verdict {
    let twice = service.extensions.settings.twice;
    call.input = match call.operation {
        Some(Operation::AddRole | Operation::RemoveRole) => role_input(call, twice)?,
        Some(Operation::AddUser) => user_input(call, twice)?,
        _ => Input::Nothing,
    };
    Ok(())
}

/// Checks size and media type. A body without a media type is read as JSON.
fn check_form(call: &Call) -> Verdict {
    if call.request.oversized {
        return Err(Refusal::TooLarge);
    }
    let declared = call.request.headers.get("content-type");
    match declared.is_none_or(|value| value.to_str().is_ok_and(is_understood)) {
        true => Ok(()),
        false => Err(Refusal::MediaType),
    }
}

fn role_input(call: &Call, twice: Twice) -> Result<Input, Refusal> {
    check_form(call)?;
    let object = read_object(&call.request.body, twice).map_err(Refusal::Body)?;
    let role = string_of(&object, "groupRole").map_err(Refusal::Body)?;
    check_role(&role)?;
    Ok(Input::Role(role))
}

fn user_input(call: &Call, twice: Twice) -> Result<Input, Refusal> {
    check_form(call)?;
    let object = read_object(&call.request.body, twice).map_err(Refusal::Body)?;
    let username = string_of(&object, "username").map_err(Refusal::Body)?;
    if !is_email_address(&username) {
        return Err(Refusal::Body(Flaw::Value("username")));
    }
    let wrong = |flaw: fn(&'static str) -> Flaw| Refusal::Body(flaw("roles"));
    let elements = object.get("roles").ok_or_else(|| wrong(Flaw::Absent))?;
    let elements = elements.as_array().ok_or_else(|| wrong(Flaw::Type))?;
    let mut roles: Vec<String> = Vec::new();
    for element in elements {
        let role = element.as_str().ok_or_else(|| wrong(Flaw::Type))?;
        check_role(role)?;
        if roles.iter().any(|held| held == role) {
            return Err(wrong(Flaw::Value));
        }
        roles.push(role.to_owned());
    }
    match roles.is_empty() {
        true => Err(wrong(Flaw::Value)),
        false => Ok(Input::User { username, roles }),
    }
}

fn check_role(role: &str) -> Verdict {
    match (is_project_role(role), is_organization_role(role)) {
        (true, _) => Ok(()),
        (false, true) => Err(Refusal::OrganizationRole),
        (false, false) => Err(Refusal::UnknownRole),
    }
}

fn is_email_address(text: &str) -> bool {
    let visible =
        text.chars().all(|character| !character.is_whitespace() && !character.is_control());
    let parts = text.split_once('@');
    visible
        && parts.is_some_and(|(local, host)| {
            !local.is_empty() && host.contains('.') && !host.contains('@')
        })
}
