//! Names that match though they name something else.

use serde_json::Value;

use crate::{
    faults::{
        fault::Fault,
        rewrite::{name_role, rename_role, value},
    },
    hook::Hook,
    roles::{PROJECT_ROLES, is_project_role},
};

/// The first role that a name could mean, where it is none itself.
fn meant(name: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    let role = PROJECT_ROLES.iter().find(|role| fits(role))?;
    (!is_project_role(name) && !name.is_empty()).then(|| (*role).to_owned())
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "role-in-any-case",
        clause: "roles.exact-name",
        summary: "Role names match in any case.",
        hooks: &[Hook::Request(|request| {
            rename_role(request, |name| meant(name, |role| role.eq_ignore_ascii_case(name)));
        })],
    },
    Fault {
        name: "role-trimmed",
        clause: "roles.exact-name",
        summary: "White space around a role name is ignored.",
        hooks: &[Hook::Request(|request| {
            rename_role(request, |name| meant(name, |role| role == name.trim()));
        })],
    },
    Fault {
        name: "role-by-prefix",
        clause: "roles.exact-name",
        summary: "The beginning of a role name is enough.",
        hooks: &[Hook::Request(|request| {
            rename_role(request, |name| {
                meant(name, |role| name.len() > 6 && role.starts_with(name))
            });
        })],
    },
    Fault {
        name: "role-with-a-tail",
        clause: "roles.exact-name",
        summary: "Whatever follows a role name is ignored.",
        hooks: &[Hook::Request(|request| {
            rename_role(request, |name| meant(name, |role| name.starts_with(role)));
        })],
    },
    Fault {
        name: "role-without-group-prefix",
        clause: "roles.exact-name",
        summary: "READ_ONLY means GROUP_READ_ONLY, and so on.",
        hooks: &[Hook::Request(|request| {
            rename_role(request, |name| {
                meant(name, |role| role.strip_prefix("GROUP_") == Some(name))
            });
        })],
    },
    Fault {
        name: "role-up-to-nul",
        clause: "roles.exact-name",
        summary: "A role name ends at the first NUL character.",
        hooks: &[Hook::Request(|request| {
            rename_role(request, |name| {
                let (start, _) = name.split_once('\0')?;
                meant(name, |role| role == start)
            });
        })],
    },
    Fault {
        name: "property-in-any-case",
        clause: "roles.exact-name",
        summary: "The property groupRole matches in any case.",
        hooks: &[Hook::Request(|request| {
            let body = value(request).unwrap_or_default();
            let mut members = body.as_object().into_iter().flatten();
            let role = members.find(|(key, _)| key.eq_ignore_ascii_case("groupRole"));
            name_role(request, role.and_then(|(_, role)| role.as_str()));
        })],
    },
    Fault {
        name: "property-trimmed",
        clause: "roles.exact-name",
        summary: "White space around the property name groupRole is ignored.",
        hooks: &[Hook::Request(|request| {
            let body = value(request).unwrap_or_default();
            let mut members = body.as_object().into_iter().flatten();
            let role = members.find(|(key, _)| key.trim() == "groupRole");
            name_role(request, role.and_then(|(_, role)| role.as_str()));
        })],
    },
    Fault {
        name: "property-named-role",
        clause: "roles.exact-name",
        summary: "The property may also be called role or roleName.",
        hooks: &[Hook::Request(|request| {
            let body = value(request).unwrap_or_default();
            let role = ["role", "roleName", "group_role"].iter().find_map(|name| body.get(name));
            name_role(request, role.and_then(Value::as_str));
        })],
    },
];
