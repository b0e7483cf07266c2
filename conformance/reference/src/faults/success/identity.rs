//! Defects of id, username and orgMembershipStatus.

use serde_json::{Value, json};

use crate::faults::vocabulary::*;

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("id-missing", "success.required")
            .summary("The user has no id.")
            .effect(remove_from_user("id")),
        Fault::new("id-null", "success.id")
            .summary("The id is null.")
            .effect(set_in_user("id", Value::Null)),
        Fault::new("id-upper-case", "success.id")
            .summary("The id is in upper case.")
            .effect(edit_text_in_user("id", str::to_ascii_uppercase)),
        Fault::new("id-cut", "success.id")
            .summary("The id lacks its last digit.")
            .effect(edit_text_in_user("id", |id| id[..23].to_owned())),
        Fault::new("id-of-the-project", "success.id").summary("The id is the project's.").effect(
            edit_user(|call, user| {
                set(user, "id", call.route.group().unwrap_or_default());
            }),
        ),
        Fault::new("id-of-somebody-else", "success.id")
            .summary("The first digit of some ids is not the one in the path.")
            .effect(edit_text_in_user("id", |id| match id.strip_prefix(['a', 'b', 'c', 'd']) {
                Some(rest) => format!("0{rest}"),
                None => id.to_owned(),
            })),
        Fault::new("id-under-another-name", "success.required")
            .summary("The id is called userId.")
            .effect(edit_user(|_, user| {
                let id = user.remove("id");
                set(user, "userId", id);
            })),
        Fault::new("username-missing", "success.required")
            .summary("The user has no username.")
            .effect(remove_from_user("username")),
        Fault::new("username-missing-for-pending", "success.required")
            .summary("A pending user has no username.")
            .effect(remove_from_user("username").when(pending())),
        Fault::new("username-null", "success.username")
            .summary("The username is null.")
            .effect(set_in_user("username", Value::Null)),
        Fault::new("username-without-host", "success.username")
            .summary("The username is only the first part of the email address.")
            .effect(edit_text_in_user("username", |name| {
                name.split('@').next().unwrap_or_default().to_owned()
            })),
        Fault::new("username-of-somebody-else", "success.username")
            .summary("The username is another one.")
            .effect(set_in_user("username", "somebody.else@example.com")),
        Fault::new("username-of-the-inviter", "success.username")
            .summary("The username of a pending user is the inviter's.")
            .effect(copy_in_user("inviterUsername", "username").when(pending())),
        Fault::new("membership-missing", "success.required")
            .summary("The user has no orgMembershipStatus.")
            .effect(remove_from_user("orgMembershipStatus")),
        Fault::new("membership-null", "success.membership")
            .summary("The orgMembershipStatus of a pending user is null.")
            .effect(set_in_user("orgMembershipStatus", Value::Null).when(pending())),
        Fault::new("membership-lower-case", "success.membership")
            .summary("The orgMembershipStatus is in lower case.")
            .effect(edit_text_in_user("orgMembershipStatus", str::to_ascii_lowercase)),
        Fault::new("membership-unpublished", "success.membership")
            .summary("The orgMembershipStatus of a pending user is INVITED.")
            .effect(set_in_user("orgMembershipStatus", "INVITED").when(pending())),
        Fault::new("pending-shown-as-active", "success.membership")
            .summary("A pending user is shown as active.")
            .effect(set_in_user("orgMembershipStatus", "ACTIVE").when(pending())),
        Fault::new("active-shown-as-pending", "success.membership")
            .summary("An active user is shown as pending.")
            .effect(set_in_user("orgMembershipStatus", "PENDING").when(active())),
        Fault::new("pending-shown-as-expired", "success.membership")
            .summary("A pending user's invitation is shown as expired.")
            .effect(set_in_user("orgMembershipStatus", "INVITATION_EXPIRED").when(pending())),
        Fault::new("user-in-an-array", "success.id")
            .summary("A success is an array with the user in it.")
            .effect(edit_body(|user| json!([user])).when(accepted())),
    ]
}
