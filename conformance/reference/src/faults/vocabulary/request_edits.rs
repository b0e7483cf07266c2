//! Effects that make a good request of a bad one before it is read.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::{extension::Effect, http::Request};

/// Replaces the id of the user in the path, if the function gives another.
pub(crate) fn replace_user_id(replace: fn(&str) -> Option<String>) -> Effect {
    replace_ids(move |group, user| Some((group.to_owned(), replace(user)?)))
}

/// Replaces the id of the project in the path, if the function gives another.
pub(crate) fn replace_group_id(replace: fn(&str) -> Option<String>) -> Effect {
    replace_ids(move |group, user| Some((replace(group)?, user.to_owned())))
}

/// Replaces a body that is not JSON with another text, if that is.
pub(crate) fn repair_body(repair: fn(&str) -> String) -> Effect {
    Effect::request(move |request| {
        if value(request).is_none() {
            let text = repair(&String::from_utf8_lossy(&request.body));
            if serde_json::from_str::<Value>(&text).is_ok() {
                request.body = text.into();
            }
        }
    })
}

/// Replaces the body with one that names a role, if the function finds one in its value.
pub(crate) fn find_role(find: fn(&Value) -> Option<&Value>) -> Effect {
    Effect::request(move |request| {
        let body = value(request).unwrap_or_default();
        name_role(request, find(&body).and_then(Value::as_str));
    })
}

/// Replaces the role that the body names, if the function gives another.
pub(crate) fn replace_role(replace: fn(&str) -> Option<String>) -> Effect {
    Effect::request(move |request| {
        let body = value(request).unwrap_or_default();
        let role = body.get("groupRole").and_then(Value::as_str).and_then(replace);
        name_role(request, role.as_deref());
    })
}

/// Leaves a parameter out of the query.
pub(crate) fn drop_parameter(name: &'static str) -> Effect {
    Effect::request(move |request| {
        let kept = request.query.split('&').filter(|pair| !pair.starts_with(name));
        request.query = kept.collect::<Vec<_>>().join("&");
    })
}

/// The body as one JSON value.
pub(crate) fn value(request: &Request) -> Option<Value> {
    serde_json::from_slice(&request.body).ok()
}

/// Replaces the body with one that names a role.
pub(crate) fn name_role(request: &mut Request, role: Option<&str>) {
    if let Some(role) = role {
        request.body = json!({ "groupRole": role }).to_string().into();
    }
}

fn replace_ids(
    replace: impl Fn(&str, &str) -> Option<(String, String)> + Send + Sync + 'static,
) -> Effect {
    Effect::request(move |request| {
        if let Some((group, user)) = ids(request)
            && let Some((group, user)) = replace(&group, &user)
        {
            request.path = format!("/api/atlas/v2/groups/{group}/users/{user}:removeRole");
        }
    })
}

/// The ids of the path, decoded.
fn ids(request: &Request) -> Option<(String, String)> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let rest = request.path.strip_prefix("/api/atlas/v2/groups/")?;
    let (group, rest) = rest.split_once("/users/")?;
    let (user, _) = rest.rsplit_once(':')?;
    Some((decode(group), decode(user)))
}
