//! The content of errors.

use serde_json::{Map, Value, json};

use super::Variant;
use crate::{call::Call, extension::Effect};

/// Edits the body of an error.
fn edit(edit: impl Fn(&Call, &mut Map<String, Value>) + Send + Sync + 'static) -> Effect {
    Effect::response(move |call, response| {
        if let (Some(_), Some(body)) = (&call.refusal, response.object()) {
            edit(call, body);
        }
    })
}

/// Sets properties of an error.
fn set(members: Value) -> Effect {
    edit(move |_, body| body.extend(members.as_object().cloned().unwrap_or_default()))
}

pub(super) fn variants() -> Vec<Variant> {
    vec![
        Variant::new("smallest-errors").summary("Errors have error and errorCode only.").effect(
            edit(|_, body| {
                body.retain(|name, _| name == "error" || name == "errorCode");
            }),
        ),
        Variant::new("reason-with-a-reference")
            .summary("The reason of each error ends with a number of its own.")
            .effect(edit(|call, body| {
                body["reason"] = json!(format!("Refused (reference {})", call.serial));
            })),
        Variant::new("fullest-errors").summary("Errors have all documented fields.").effect(set(
            json!({
                "badRequestDetail": { "fields": [
                    { "field": "groupRole", "description": "is refused" },
                    { "field": "groupRole.name", "description": "is refused" },
                ] },
                "parameters": [{ "name": "groupRole", "position": 1 }, {}],
            }),
        )),
        Variant::new("errors-with-null")
            .summary("detail, reason and badRequestDetail are null.")
            .effect(set(json!({ "detail": null, "reason": null, "badRequestDetail": null }))),
        Variant::new("errors-with-empty-detail")
            .summary("badRequestDetail and the texts are there and empty.")
            .effect(set(json!({ "badRequestDetail": {}, "detail": "", "reason": "" }))),
        Variant::new("errors-without-field-violations")
            .summary("badRequestDetail has an empty list of fields.")
            .effect(set(json!({ "badRequestDetail": { "fields": [] } }))),
        Variant::new("odd-error-codes")
            .summary("errorCode is not a name in capitals.")
            .effect(set(json!({ "errorCode": "atlas.fehler/42: verweigert – größer?" }))),
        Variant::new("errors-in-another-language")
            .summary("The texts of errors are in another language.")
            .effect(set(json!({ "detail": "要求は拒否されました。🚫", "reason": "拒否" }))),
        Variant::new("further-fields-in-errors")
            .summary("Errors have undocumented fields of all kinds.")
            .effect(set(json!({
                "help": { "see": ["https://example.com/help"], "retry": false },
                "status": null,
            }))),
        Variant::new("request-id-in-errors")
            .summary("Each error has a field with a value of its own.")
            .effect(edit(|call, body| {
                body.insert("requestId".to_owned(), json!(call.serial));
            })),
    ]
}
