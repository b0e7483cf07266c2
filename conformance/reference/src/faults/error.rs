//! Defects of the body of an error.

use serde_json::{Value, json};

use super::vocabulary::*;

pub(super) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("error-missing", "error.error")
            .summary("An error has no error.")
            .effect(remove_from_error("error")),
        Fault::new("error-as-string", "error.error")
            .summary("error is a string.")
            .effect(edit_status(|status| status.to_string().into())),
        Fault::new("error-null", "error.error")
            .summary("error is null.")
            .effect(set_in_error("error", Value::Null)),
        Fault::new("error-with-fraction", "error.error")
            .summary("error is not an integer.")
            .effect(edit_status(|status| (f64::from(status) + 0.5).into())),
        Fault::new("error-beyond-32-bits", "error.error")
            .summary("error is an integer beyond 32 bits.")
            .effect(edit_status(|status| ((1_u64 << 32) + u64::from(status)).into())),
        Fault::new("error-always-400", "error.error")
            .summary("error is 400, whatever the status.")
            .effect(set_in_error("error", 400)),
        Fault::new("error-of-last-role-differs", "error.error")
            .summary("error is 409 if the only role is refused with 403.")
            .effect(set_in_error("error", 409).when(refused_for(Refusal::LastRole))),
        Fault::new("error-body-as-array", "error.error")
            .summary("The body of an error is an array.")
            .effect(edit_body(|body| json!([body])).when(refused())),
        Fault::new("error-body-as-string", "error.error")
            .summary("The body of a 404 is a string.")
            .effect(edit_body(|_| json!("Not Found")).when(refused_with(404))),
        Fault::new("error-body-of-another-framework", "error.error")
            .summary("An error has the fields timestamp, status, message and path instead.")
            .effect(write_like_another_framework().when(refused())),
        Fault::new("error-code-missing", "error.code")
            .summary("An error has no errorCode.")
            .effect(remove_from_error("errorCode")),
        Fault::new("error-code-missing-in-401", "error.code")
            .summary("A 401 has no errorCode.")
            .effect(remove_from_error("errorCode").when(refused_with(401))),
        Fault::new("error-code-null", "error.code")
            .summary("errorCode of a 404 is null.")
            .effect(set_in_error("errorCode", Value::Null).when(refused_with(404))),
        Fault::new("error-code-as-number", "error.code")
            .summary("errorCode is a number.")
            .effect(set_in_error("errorCode", 1017)),
        Fault::new("detail-as-array", "error.texts")
            .summary("detail is an array of sentences.")
            .effect(set_in_error("detail", json!(["Refused."]))),
        Fault::new("detail-of-400-as-object", "error.texts")
            .summary("detail of a 400 is an object.")
            .effect(
                set_in_error("detail", json!({ "message": "Refused." })).when(refused_with(400)),
            ),
        Fault::new("reason-as-number", "error.texts")
            .summary("reason is a number.")
            .effect(set_in_error("reason", 4)),
        Fault::new("parameters-as-object", "error.parameters")
            .summary("parameters is an object.")
            .effect(set_in_error("parameters", json!({}))),
        Fault::new("parameters-as-string", "error.parameters")
            .summary("parameters of a 404 is a string.")
            .effect(set_in_error("parameters", "userId").when(refused_with(404))),
        Fault::new("parameters-of-strings", "error.parameter-elements")
            .summary("parameters holds strings.")
            .effect(set_in_error("parameters", json!(["groupRole"]))),
        Fault::new("parameters-of-numbers-and-null", "error.parameter-elements")
            .summary("parameters of a 400 holds a number and null.")
            .effect(set_in_error("parameters", json!([1, null])).when(refused_with(400))),
        Fault::new("bad-request-detail-as-string", "error.bad-request-detail")
            .summary("badRequestDetail is a string.")
            .effect(set_in_error("badRequestDetail", "groupRole is invalid")),
        Fault::new("bad-request-fields-as-object", "error.bad-request-detail")
            .summary("fields of badRequestDetail is an object.")
            .effect(set_fields(json!({ "field": "groupRole", "description": "invalid" }))),
        Fault::new("bad-request-fields-of-strings", "error.bad-request-detail")
            .summary("fields of badRequestDetail holds strings.")
            .effect(set_fields(json!(["groupRole"]))),
        Fault::new("bad-request-field-without-description", "error.bad-request-detail")
            .summary("An element of fields has no description.")
            .effect(set_fields(json!([{ "field": "groupRole" }])).when(refused_with(400))),
        Fault::new("bad-request-field-as-number", "error.bad-request-detail")
            .summary("The field of an element of fields is a number.")
            .effect(set_fields(json!([{ "field": 1, "description": "invalid" }]))),
        Fault::new("stack-trace-in-detail", "error.no-leak")
            .summary("The detail of an error is a stack trace.")
            .effect(set_in_error("detail", STACK_TRACE)),
        Fault::new("panic-message-in-detail", "error.no-leak")
            .summary("The detail of a malformed body is a panic message with file and line.")
            .effect(set_in_error("detail", PANIC).when(bad_body())),
        Fault::new("file-path-in-reason", "error.no-leak")
            .summary("The reason of a 404 shows a path of the server's disk.")
            .effect(
                set_in_error(
                    "reason",
                    "cannot open /var/lib/atlas/projects/users.db: no such user",
                )
                .when(refused_with(404)),
            ),
        Fault::new("secret-in-detail", "error.no-leak")
            .summary("The detail of a refused last role shows the password of a database.")
            .effect(set_in_error("detail", DATABASE).when(refused_for(Refusal::LastRole))),
        Fault::new("trace-field-in-errors", "error.no-leak")
            .summary("An error has a field stackTrace.")
            .effect(set_in_error(
                "stackTrace",
                json!(["remove_role (/srv/app/roles.py:31)", "main (/srv/app/run.py:7)"]),
            )),
    ]
}

const STACK_TRACE: &str = "java.lang.IllegalStateException: refused\n\tat \
                           com.example.RoleService.remove(RoleService.java:117)\n\tat \
                           com.example.RoleResource.post(RoleResource.java:42)";

const PANIC: &str = "thread 'main' panicked at src/handlers/role.rs:88:17: called \
                     `Result::unwrap()` on an `Err` value";

const DATABASE: &str = "update refused by mongodb://atlas:s3cr3t-pa55@db.internal:27017/users";

/// Writes the status in an error in another way.
fn edit_status(write: fn(u16) -> Value) -> Effect {
    edit_error(move |call, error| {
        let status = call.refusal.as_ref().map_or(0, Refusal::status);
        set(error, "error", write(status));
    })
}

/// Adds a badRequestDetail with these fields.
fn set_fields(fields: Value) -> Effect {
    set_in_error("badRequestDetail", json!({ "fields": fields }))
}

fn write_like_another_framework() -> Effect {
    Effect::response(|_, response| {
        response.body = Some(json!({
            "timestamp": "2025-02-19T00:00:00Z",
            "status": response.status,
            "message": "Refused",
            "path": "users",
        }));
    })
}
