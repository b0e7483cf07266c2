//! Defects of the fields that active users have.

use serde_json::Value;

use crate::faults::vocabulary::*;

const OTHER_FIELDS: &str = "success.other-fields";

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("created-missing", "success.required-by-status")
            .summary("An active user has no createdAt.")
            .effect(remove_from_user("createdAt").when(active())),
        Fault::new("names-missing", "success.required-by-status")
            .summary("An active user has neither firstName nor lastName.")
            .effect(remove_from_user("firstName").when(active()))
            .effect(remove_from_user("lastName").when(active())),
        Fault::new("country-lower-case", OTHER_FIELDS)
            .summary("country is in lower case.")
            .effect(edit_text_in_user("country", str::to_ascii_lowercase).when(active())),
        Fault::new("country-with-three-letters", OTHER_FIELDS)
            .summary("country is a code of three letters.")
            .effect(set_in_user("country", "USA").when(active())),
        Fault::new("created-as-number", OTHER_FIELDS)
            .summary("createdAt is a number.")
            .effect(set_in_user("createdAt", 1_600_000_000).when(active())),
        Fault::new("created-in-another-year", OTHER_FIELDS)
            .summary("createdAt is years before the account was created.")
            .effect(
                edit_text_in_user("createdAt", |time| format!("2009{}", &time[4..])).when(active()),
            ),
        Fault::new("last-authenticated-unreadable", OTHER_FIELDS)
            .summary("lastAuth is words and no date-time.")
            .effect(set_in_user("lastAuth", "a while ago").when(active())),
        Fault::new("first-name-as-number", OTHER_FIELDS)
            .summary("firstName is a number.")
            .effect(set_in_user("firstName", 7).when(active())),
        Fault::new("first-name-null", OTHER_FIELDS)
            .summary("firstName is null.")
            .effect(set_in_user("firstName", Value::Null).when(active())),
        Fault::new("last-name-of-somebody-else", OTHER_FIELDS)
            .summary("lastName is not the user's.")
            .effect(set_in_user("lastName", "Doe-Else").when(active())),
        Fault::new("mobile-number-as-number", OTHER_FIELDS)
            .summary("mobileNumber is a number.")
            .effect(set_in_user("mobileNumber", 2_125_550_123_u64).when(active())),
    ]
}
