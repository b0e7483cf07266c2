//! Unusual habits of the operations beside removeRole.

use serde_json::{Value, json};

use super::Variant;
use crate::{call::Operation, extension::Effect, store::Ids};

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("added-with-200").summary("Adding a user is answered with 200.").effect(
            Effect::response(|call, response| {
                if call.operation == Some(Operation::AddUser) && response.status == 201 {
                    response.status = 200;
                }
            }),
        ),
        Variant::new("taken-out-with-200")
            .summary("The removal of a user is answered with 200 and an empty object.")
            .effect(Effect::response(|call, response| {
                if call.operation == Some(Operation::RemoveUser) && response.status == 204 {
                    response.status = 200;
                    response.body = Some(json!({}));
                    response.media_type = Some("application/json".to_owned());
                }
            })),
        Variant::new("lists-with-links").summary("Lists have links and no count.").effect(
            Effect::response(|call, response| {
                if let (Some(Operation::ListUsers), Some(list)) =
                    (call.operation, response.object())
                    && list.remove("totalCount").is_some()
                {
                    let links: Value = json!([{ "rel": "self", "href": "users?pageNum=1" }]);
                    list.insert("links".to_owned(), links);
                }
            }),
        ),
        Variant::new("ids-per-project")
            .summary("The same person has another id in each project.")
            .effect(Effect::settings(|settings| settings.ids = Ids::PerProject)),
        Variant::new("ids-counted-up")
            .summary("Users get their ids one after the other, from 0.")
            .effect(Effect::settings(|settings| settings.ids = Ids::CountedUp)),
    ]
}
