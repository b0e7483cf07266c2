//! Rewriting a bad request into a good one.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::request::Request;

/// The body as text.
pub(super) fn text(request: &Request) -> String {
    String::from_utf8_lossy(&request.body).into_owned()
}

/// The body as one JSON value.
pub(super) fn value(request: &Request) -> Option<Value> {
    serde_json::from_slice(&request.body).ok()
}

/// Replaces a body that is no JSON with another text, if that is some.
pub(super) fn repair(request: &mut Request, repaired: impl FnOnce(&str) -> String) {
    if value(request).is_none() {
        let text = repaired(&text(request));
        if serde_json::from_str::<Value>(&text).is_ok() {
            request.body = text.into();
        }
    }
}

/// Replaces the body with one that names a role.
pub(super) fn name_role(request: &mut Request, role: Option<&str>) {
    if let Some(role) = role {
        request.body = json!({ "groupRole": role }).to_string().into();
    }
}

/// Replaces the role that the body names.
pub(super) fn rename_role(request: &mut Request, rename: impl FnOnce(&str) -> Option<String>) {
    let body = value(request).unwrap_or_default();
    let role = body.get("groupRole").and_then(Value::as_str).and_then(rename);
    name_role(request, role.as_deref());
}

/// Replaces the id of the user in the path.
pub(super) fn readdress_user(request: &mut Request, rename: impl FnOnce(&str) -> Option<String>) {
    if let Some((group, user)) = ids(request)
        && let Some(user) = rename(&user)
    {
        address(request, &group, &user);
    }
}

/// Replaces the id of the project in the path.
pub(super) fn readdress_group(request: &mut Request, rename: impl FnOnce(&str) -> Option<String>) {
    if let Some((group, user)) = ids(request)
        && let Some(group) = rename(&group)
    {
        address(request, &group, &user);
    }
}

/// The ids of the path, decoded.
fn ids(request: &Request) -> Option<(String, String)> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let rest = request.path.strip_prefix("/api/atlas/v2/groups/")?;
    let (group, rest) = rest.split_once("/users/")?;
    let (user, _) = rest.rsplit_once(':')?;
    Some((decode(group), decode(user)))
}

fn address(request: &mut Request, group: &str, user: &str) {
    request.path = format!("/api/atlas/v2/groups/{group}/users/{user}:removeRole");
}
