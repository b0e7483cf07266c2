//! The operations that set users up and read them back.

use serde_json::{Value, json};

use super::Service;
use crate::{
    call::{Call, Input, Operation, Success},
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
    let page = call.query.count("pageNum", 1)?;
    let size = call.query.count("itemsPerPage", 100)?.min(500);
    let username = call.query.get("username");
    let store = service.store();
    let found: Vec<Value> = store
        .members(call.route.group().unwrap_or_default())
        .filter(|member| username.is_none_or(|name| member.person.username == name))
        .map(|member| member.view().into())
        .collect();
    let total = found.len();
    let results: Vec<Value> =
        found.into_iter().skip((page - 1).saturating_mul(size)).take(size).collect();
    Ok(Success::ok(json!({ "results": results, "totalCount": total })))
}
