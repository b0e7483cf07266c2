//! Defects of the fields that pending users have.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::faults::vocabulary::*;

const TIMES: &str = "success.invitation-times";

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("invitation-created-missing", "success.required-by-status")
            .summary("A pending user has no invitationCreatedAt.")
            .effect(remove_from_user("invitationCreatedAt").when(pending())),
        Fault::new("inviter-missing", "success.required-by-status")
            .summary("A pending user has no inviterUsername.")
            .effect(remove_from_user("inviterUsername").when(pending())),
        Fault::new("invitation-created-as-number", TIMES)
            .summary("invitationCreatedAt is a number of seconds.")
            .effect(
                edit_user(|_, user| {
                    let time = seconds(user["invitationCreatedAt"].as_str().unwrap_or_default());
                    set(user, "invitationCreatedAt", time);
                })
                .when(pending()),
            ),
        Fault::new("invitation-created-null", TIMES)
            .summary("invitationCreatedAt is null.")
            .effect(set_in_user("invitationCreatedAt", Value::Null).when(pending())),
        Fault::new("invitation-created-without-zone", TIMES)
            .summary("invitationCreatedAt has no time zone.")
            .effect(edit_creation(|time| time.trim_end_matches('Z').to_owned())),
        Fault::new("invitation-expires-in-another-zone", TIMES)
            .summary("invitationExpiresAt is a local time with its offset.")
            .effect(edit_expiry(|time| time.replace('Z', "+02:00"))),
        Fault::new("invitation-expires-on-a-date", TIMES)
            .summary("invitationExpiresAt is a date without a time.")
            .effect(edit_expiry(|time| time[..10].to_owned())),
        Fault::new("invitation-expires-with-a-space", TIMES)
            .summary("Date and time of invitationExpiresAt are separated by a space.")
            .effect(edit_expiry(|time| time.replace('T', " ").replace('Z', " UTC"))),
        Fault::new("invitation-expires-on-no-day", TIMES)
            .summary("invitationExpiresAt is the 31st of February.")
            .effect(edit_expiry(|time| format!("{}-02-31{}", &time[..4], &time[10..]))),
        Fault::new("invitation-expires-never", TIMES)
            .summary("invitationExpiresAt of a pending user is null.")
            .effect(set_in_user("invitationExpiresAt", Value::Null).when(pending())),
        Fault::new("invitation-times-swapped", TIMES)
            .summary("The invitation expires before it is created.")
            .effect(
                edit_user(|_, user| {
                    let created = user.remove("invitationCreatedAt");
                    let expires = user.remove("invitationExpiresAt");
                    set(user, "invitationCreatedAt", expires);
                    set(user, "invitationExpiresAt", created);
                })
                .when(pending()),
            ),
        Fault::new("invitation-renewed", TIMES)
            .summary("A removal shows an invitation that is a day younger than it is.")
            .effect(edit_creation(|time| {
                let day_later = Timestamp::from_second(seconds(time) + 86_400);
                day_later.unwrap_or_default().to_string()
            })),
        Fault::new("inviter-no-address", "success.inviter")
            .summary("inviterUsername is a name and no email address.")
            .effect(set_in_user("inviterUsername", "Project Owner").when(pending())),
        Fault::new("inviter-null", "success.inviter")
            .summary("inviterUsername is null.")
            .effect(set_in_user("inviterUsername", Value::Null).when(pending())),
        Fault::new("inviter-as-object", "success.inviter")
            .summary("inviterUsername is an object.")
            .effect(
                edit_user(|_, user| {
                    let inviter = user.remove("inviterUsername");
                    set(user, "inviterUsername", json!({ "email": inviter }));
                })
                .when(pending()),
            ),
        Fault::new("inviter-is-the-invited", "success.inviter")
            .summary("inviterUsername is the invited user's own.")
            .effect(copy_in_user("username", "inviterUsername").when(pending())),
    ]
}

fn edit_creation(edit: fn(&str) -> String) -> Effect {
    edit_text_in_user("invitationCreatedAt", edit).when(pending())
}

fn edit_expiry(edit: fn(&str) -> String) -> Effect {
    edit_text_in_user("invitationExpiresAt", edit).when(pending())
}

fn seconds(time: &str) -> i64 {
    time.parse::<Timestamp>().map(Timestamp::as_second).unwrap_or_default()
}
