//! Defects of the roles that are shown.

use serde_json::{Value, json};

use crate::faults::vocabulary::*;

const CLAUSE: &str = "success.roles";

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("roles-missing", "success.required")
            .summary("The user has no roles.")
            .effect(remove_from_user("roles")),
        Fault::new("roles-null", CLAUSE)
            .summary("The roles are null.")
            .effect(set_in_user("roles", Value::Null)),
        Fault::new("roles-empty", CLAUSE)
            .summary("The roles are an empty array.")
            .effect(set_in_user("roles", json!([]))),
        Fault::new("roles-as-string", CLAUSE).summary("A single role is not in an array.").effect(
            edit_user(|_, user| {
                if let Some([only]) = user["roles"].as_array().map(Vec::as_slice) {
                    let only = only.clone();
                    set(user, "roles", only);
                }
            }),
        ),
        Fault::new("roles-as-objects", CLAUSE)
            .summary("The roles are objects with a name.")
            .effect(edit_each_role(|role| json!({ "roleName": role }))),
        Fault::new("roles-stale", CLAUSE)
            .summary("The roles are those before the removal.")
            .effect(show_stale_roles()),
        Fault::new("roles-stale-for-pending", CLAUSE)
            .summary("The roles of a pending user are those before the removal.")
            .effect(show_stale_roles().when(pending())),
        Fault::new("roles-stale-with-digest-and-envelope", CLAUSE)
            .summary("With Digest and envelope=true the roles are those before the removal.")
            .effect(show_stale_roles().when(by_any_digest()).when(envelope())),
        Fault::new("roles-repeated", CLAUSE)
            .summary("The first role is shown twice.")
            .effect(edit_roles(|_, roles| roles.extend(roles.first().cloned()))),
        Fault::new("roles-incomplete", CLAUSE)
            .summary("One role is not shown if there are two or more.")
            .effect(edit_roles(|_, roles| roles.truncate(roles.len().max(2) - 1))),
        Fault::new("roles-shown-up-to-four", CLAUSE)
            .summary("Not more than four roles are shown.")
            .effect(edit_roles(|_, roles| roles.truncate(4))),
        Fault::new("roles-are-the-removed-one", CLAUSE)
            .summary("Only the removed role is shown.")
            .effect(edit_user(|call, user| set(user, "roles", json!([call.role()])))),
        Fault::new("roles-lower-case", CLAUSE)
            .summary("The roles are in lower case.")
            .effect(edit_each_role(|role| role.as_str().map(str::to_ascii_lowercase).into())),
        Fault::new("roles-with-null", CLAUSE)
            .summary("The removed role is shown as null.")
            .effect(edit_roles(|_, roles| roles.push(Value::Null))),
        Fault::new("roles-of-the-organization-shown", CLAUSE)
            .summary("A role of the organization is shown as well.")
            .effect(edit_roles(|_, roles| roles.push(json!("ORG_MEMBER")))),
    ]
}

fn edit_each_role(edit: fn(&Value) -> Value) -> Effect {
    edit_roles(move |_, roles| {
        for role in roles {
            *role = edit(role);
        }
    })
}
