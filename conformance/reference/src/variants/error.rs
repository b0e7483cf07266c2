//! What errors say.

use serde_json::{Map, Value, json};

use super::variant::Variant;
use crate::{call::Call, hook::Hook, reply::Reply};

/// Edits the body of an error.
fn edit(call: &Call, reply: &mut Reply, edit: impl FnOnce(&mut Map<String, Value>)) {
    if let (Some(_), Some(body)) = (&call.refusal, reply.object()) {
        edit(body);
    }
}

/// Sets properties of an error.
fn put<const N: usize>(call: &Call, reply: &mut Reply, members: [(&str, Value); N]) {
    edit(call, reply, |body| {
        body.extend(members.map(|(name, value)| (name.to_owned(), value)));
    });
}

pub(super) static VARIANTS: &[Variant] = &[
    Variant {
        name: "smallest-errors",
        summary: "Errors have error and errorCode only.",
        hooks: &[Hook::Reply(|call, reply| {
            edit(call, reply, |body| body.retain(|name, _| name == "error" || name == "errorCode"));
        })],
    },
    Variant {
        name: "reason-with-a-reference",
        summary: "The reason of each error ends with a number of its own.",
        hooks: &[Hook::Reply(|call, reply| {
            let reason = format!("Refused (reference {})", call.serial);
            put(call, reply, [("reason", reason.into())]);
        })],
    },
    Variant {
        name: "fullest-errors",
        summary: "Errors have all documented fields.",
        hooks: &[Hook::Reply(|call, reply| {
            let violation = |field: &str| json!({ "field": field, "description": "is refused" });
            let fields = [violation("groupRole"), violation("groupRole.name")];
            let detail = json!({ "fields": fields });
            let parameters = json!([{ "name": "groupRole", "position": 1 }, {}]);
            put(call, reply, [("badRequestDetail", detail), ("parameters", parameters)]);
        })],
    },
    Variant {
        name: "errors-with-null",
        summary: "detail, reason and badRequestDetail are null.",
        hooks: &[Hook::Reply(|call, reply| {
            let null = Value::Null;
            let members =
                [("detail", null.clone()), ("reason", null.clone()), ("badRequestDetail", null)];
            put(call, reply, members);
        })],
    },
    Variant {
        name: "errors-with-empty-detail",
        summary: "badRequestDetail and the texts are there and empty.",
        hooks: &[Hook::Reply(|call, reply| {
            let members =
                [("badRequestDetail", json!({})), ("detail", json!("")), ("reason", json!(""))];
            put(call, reply, members);
        })],
    },
    Variant {
        name: "errors-without-field-violations",
        summary: "badRequestDetail has an empty list of fields.",
        hooks: &[Hook::Reply(|call, reply| {
            put(call, reply, [("badRequestDetail", json!({ "fields": [] }))]);
        })],
    },
    Variant {
        name: "odd-error-codes",
        summary: "errorCode is no name in capitals.",
        hooks: &[Hook::Reply(|call, reply| {
            put(call, reply, [("errorCode", json!("atlas.fehler/42: verweigert – größer?"))]);
        })],
    },
    Variant {
        name: "errors-in-another-language",
        summary: "The texts of errors are written in another language.",
        hooks: &[Hook::Reply(|call, reply| {
            let texts = [("detail", json!("要求は拒否されました。🚫")), ("reason", json!("拒否"))];
            put(call, reply, texts);
        })],
    },
    Variant {
        name: "further-fields-in-errors",
        summary: "Errors have fields of all kinds that the documentation doesn't know.",
        hooks: &[Hook::Reply(|call, reply| {
            let help = json!({ "see": ["https://example.com/help"], "retry": false });
            put(call, reply, [("help", help), ("status", Value::Null)]);
        })],
    },
    Variant {
        name: "request-id-in-errors",
        summary: "Each error has a field that tells it from all others.",
        hooks: &[Hook::Reply(|call, reply| {
            put(call, reply, [("requestId", json!(call.serial))]);
        })],
    },
];
