//! What the operations beside removeRole do otherwise.

use serde_json::{Value, json};

use super::variant::Variant;
use crate::{hook::Hook, manner::Ids, route::Operation};

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "added-with-200",
        summary: "Adding a user is answered with 200.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.operation == Some(Operation::AddUser) && reply.status == 201 {
                reply.status = 200;
            }
        })],
    },
    Variant {
        name: "taken-out-with-200",
        summary: "Taking a user out of a project is answered with 200 and an empty object.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.operation == Some(Operation::RemoveUser) && reply.status == 204 {
                reply.status = 200;
                reply.body = Some(json!({}));
                reply.media_type = Some("application/json".to_owned());
            }
        })],
    },
    Variant {
        name: "lists-with-links",
        summary: "Lists have links and no count.",
        hooks: &[Hook::Reply(|call, reply| {
            if let (Some(Operation::ListUsers), Some(list)) = (call.operation, reply.object())
                && list.remove("totalCount").is_some()
            {
                let links: Value = json!([{ "rel": "self", "href": "users?pageNum=1" }]);
                list.insert("links".to_owned(), links);
            }
        })],
    },
    Variant {
        name: "ids-per-project",
        summary: "The same person has another id in each project.",
        hooks: &[Hook::Manner(|manner| manner.ids = Ids::PerProject)],
    },
    Variant {
        name: "ids-counted-up",
        summary: "Users get their ids one after the other, from 0.",
        hooks: &[Hook::Manner(|manner| manner.ids = Ids::CountedUp)],
    },
];
