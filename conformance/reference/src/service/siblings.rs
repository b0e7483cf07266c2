//! The operations that set users up and read them back.

use serde_json::{Value, json};

use super::Service;
use crate::{
    call::{Call, Input, Operation, Success},
    http::{BadParameter, Query},
    refusal::Refusal,
};

/// Performs the operation of a call that passed all checks.
pub(crate) fn perform(
    service: &Service,
    call: &Call,
    operation: Operation,
) -> Result<Success, Refusal> {
    match operation {
        Operation::AddRole => add_role(service, call),
        Operation::AddUser => add_user(service, call),
        Operation::GetUser => get_user(service, call),
        Operation::ListUsers => list_users(service, call),
        Operation::RemoveUser => remove_user(service, call),
        Operation::RemoveRole => Err(Refusal::NoSuchRoute),
    }
}

fn add_role(service: &Service, call: &Call) -> Result<Success, Refusal> {
    let target = call.target().ok_or(Refusal::NoSuchRoute)?;
    let role = call.role().unwrap_or_default();
    Ok(Success::ok(service.store().add_role(&target, role)?.view()))
}

fn add_user(service: &Service, call: &Call) -> Result<Success, Refusal> {
    let Input::User { username, roles } = &call.input else { return Err(Refusal::NoSuchRoute) };
    let group = call.route.group().unwrap_or_default();
    let mut store = service.store();
    let view = store.add_user(group, username, roles.clone())?.view();
    Ok(Success { status: 201, body: Some(view.into()) })
}

fn get_user(service: &Service, call: &Call) -> Result<Success, Refusal> {
    let target = call.target().ok_or(Refusal::NoSuchRoute)?;
    Ok(Success::ok(service.store().member(&target)?.view()))
}

fn remove_user(service: &Service, call: &Call) -> Result<Success, Refusal> {
    let target = call.target().ok_or(Refusal::NoSuchRoute)?;
    service.store().remove_user(&target)?;
    Ok(Success { status: 204, body: None })
}

fn list_users(service: &Service, call: &Call) -> Result<Success, Refusal> {
    let query = &call.query;
    let page = query.count("pageNum", 1, usize::MAX)?;
    let size = query.count("itemsPerPage", 100, 500)?;
    let username = query.get("username");
    let memberships = memberships(query)?;
    let store = service.store();
    let found: Vec<Value> = store
        .members(call.route.group().unwrap_or_default())
        .filter(|member| username.is_none_or(|name| member.person.username == name))
        .filter(|member| {
            memberships.is_empty() || memberships.contains(&member.person.membership())
        })
        .map(|member| member.view().into())
        .collect();
    let total = found.len();
    let results: Vec<Value> =
        found.into_iter().skip((page - 1).saturating_mul(size)).take(size).collect();
    let mut list = json!({ "results": results });
    if query.include_count()? {
        list["totalCount"] = total.into();
    }
    Ok(Success::ok(list))
}

/// The memberships that a list is to have; none for all. The first parameter is the deprecated one.
fn memberships(query: &Query) -> Result<Vec<&str>, BadParameter> {
    const KNOWN: [&str; 4] = ["ACTIVE", "PENDING", "INVITATION_EXPIRED", "INVITATION_REJECTED"];
    let mut wanted = Vec::new();
    for name in ["orgMembershipStatus", "orgMembershipStatuses"] {
        for value in query.all(name) {
            if !KNOWN.contains(&value) {
                return Err(BadParameter(name));
            }
            wanted.push(value);
        }
    }
    Ok(wanted)
}
