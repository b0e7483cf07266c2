//! The checks that a request passes before anything is done.

use super::{
    auth::Account,
    body::{Twice, read_object, string_of},
    call::{Call, Input},
    hook::Verdict,
    ids::is_id,
    media_type::is_understood,
    refusal::{Flaw, Refusal},
    roles::{is_organization_role, is_project_role},
    route::Operation,
    service::Service,
};

/// One check of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Does the resource exist and have the method?
    Method,
    /// Is it known who sent it?
    Identity,
    /// Are the ids of the path ids?
    Path,
    /// Can the query be read?
    Query,
    /// Is there such a project?
    Project,
    /// May the caller do it?
    Permission,
    /// Is the body what the operation asks for?
    Body,
}

impl Step {
    /// The order of the conforming server.
    pub(crate) const ORDER: [Self; 7] = [
        Self::Method,
        Self::Identity,
        Self::Path,
        Self::Query,
        Self::Project,
        Self::Permission,
        Self::Body,
    ];

    /// Takes this step with a call.
    pub(crate) fn take(self, call: &mut Call, service: &Service) -> Verdict {
        match self {
            Self::Method => method(call),
            Self::Identity => identity(call),
            Self::Path => path(call),
            Self::Query => call.query.check_flags(),
            Self::Project => project(call, service),
            Self::Permission => permission(call),
            Self::Body => body(call, service),
        }
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
    let twice = service.behaviour.manner.twice;
    call.input = match call.operation {
        Some(Operation::AddRole | Operation::RemoveRole) => role_input(call, twice)?,
        Some(Operation::AddUser) => user_input(call, twice)?,
        _ => Input::Nothing,
    };
    Ok(())
}

/// A body without a media type is taken for what it looks like.
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
