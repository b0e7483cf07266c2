//! Names that match though they name something else.

use serde_json::Value;

use crate::{
    faults::vocabulary::*,
    store::{PROJECT_ROLES, is_project_role},
};

const CLAUSE: &str = "roles.exact-name";

/// The first role that a name could mean, if it isn't one itself.
fn meant(name: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    let role = PROJECT_ROLES.iter().find(|role| fits(role))?;
    (!is_project_role(name) && !name.is_empty()).then(|| (*role).to_owned())
}

/// The value of the first property whose name fits.
fn property(body: &Value, fits: fn(&str) -> bool) -> Option<&Value> {
    let mut members = body.as_object()?.iter();
    members.find(|(key, _)| fits(key)).map(|(_, value)| value)
}

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("role-in-any-case", CLAUSE)
            .summary("Role names match in any case.")
            .effect(replace_role(|name| meant(name, |role| role.eq_ignore_ascii_case(name)))),
        Fault::new("role-trimmed", CLAUSE)
            .summary("White space around a role name is ignored.")
            .effect(replace_role(|name| meant(name, |role| role == name.trim()))),
        Fault::new("role-by-prefix", CLAUSE)
            .summary("The beginning of a role name is enough.")
            .effect(replace_role(|name| {
                meant(name, |role| name.len() > 6 && role.starts_with(name))
            })),
        Fault::new("role-with-a-tail", CLAUSE)
            .summary("Anything after a role name is ignored.")
            .effect(replace_role(|name| meant(name, |role| name.starts_with(role)))),
        Fault::new("role-without-group-prefix", CLAUSE)
            .summary("READ_ONLY means GROUP_READ_ONLY, and so on.")
            .effect(replace_role(|name| {
                meant(name, |role| role.strip_prefix("GROUP_") == Some(name))
            })),
        Fault::new("role-up-to-nul", CLAUSE)
            .summary("A role name ends at the first NUL character.")
            .effect(replace_role(|name| {
                let (start, _) = name.split_once('\0')?;
                meant(name, |role| role == start)
            })),
        Fault::new("property-in-any-case", CLAUSE)
            .summary("The property groupRole matches in any case.")
            .effect(find_role(|body| {
                property(body, |name| name.eq_ignore_ascii_case("groupRole"))
            })),
        Fault::new("property-trimmed", CLAUSE)
            .summary("White space around the property name groupRole is ignored.")
            .effect(find_role(|body| property(body, |name| name.trim() == "groupRole"))),
        Fault::new("property-named-role", CLAUSE)
            .summary("The property may also be called role or roleName.")
            .effect(find_role(|body| {
                ["role", "roleName", "group_role"].iter().find_map(|name| body.get(name))
            })),
    ]
}
