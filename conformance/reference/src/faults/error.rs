//! Defects of the body of an error.

use serde_json::{Value, json};

use crate::{
    call::Call,
    faults::{
        fault::Fault,
        tamper::{error, set},
    },
    hook::Hook,
    refusal::Refusal,
    reply::Reply,
};

/// Sets a property of an error.
fn put(call: &Call, reply: &mut Reply, name: &str, value: impl Into<Value>) {
    error(call, reply, |body| set(body, name, value));
}

/// Leaves a property of an error out.
fn omit(call: &Call, reply: &mut Reply, name: &str) {
    error(call, reply, |body| {
        body.remove(name);
    });
}

pub(super) static FAULTS: &[Fault] = &[
    Fault {
        name: "error-missing",
        clause: "error.error",
        summary: "An error has no error.",
        hooks: &[Hook::Reply(|call, reply| omit(call, reply, "error"))],
    },
    Fault {
        name: "error-as-string",
        clause: "error.error",
        summary: "error is a string.",
        hooks: &[Hook::Reply(|call, reply| {
            let status = reply.status.to_string();
            put(call, reply, "error", status);
        })],
    },
    Fault {
        name: "error-null",
        clause: "error.error",
        summary: "error is null.",
        hooks: &[Hook::Reply(|call, reply| put(call, reply, "error", Value::Null))],
    },
    Fault {
        name: "error-with-fraction",
        clause: "error.error",
        summary: "error is no integer.",
        hooks: &[Hook::Reply(|call, reply| {
            let status = f64::from(reply.status) + 0.5;
            put(call, reply, "error", status);
        })],
    },
    Fault {
        name: "error-beyond-32-bits",
        clause: "error.error",
        summary: "error is an integer beyond 32 bits.",
        hooks: &[Hook::Reply(|call, reply| {
            let status = (1_u64 << 32) + u64::from(reply.status);
            put(call, reply, "error", status);
        })],
    },
    Fault {
        name: "error-always-400",
        clause: "error.error",
        summary: "error is 400, whatever the status.",
        hooks: &[Hook::Reply(|call, reply| put(call, reply, "error", 400))],
    },
    Fault {
        name: "error-of-last-role-differs",
        clause: "error.error",
        summary: "error is 409 where the only role is refused with 403.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::LastRole) {
                put(call, reply, "error", 409);
            }
        })],
    },
    Fault {
        name: "error-body-as-array",
        clause: "error.error",
        summary: "The body of an error is an array.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refusal.is_some() {
                reply.body = reply.body.take().map(|body| json!([body]));
            }
        })],
    },
    Fault {
        name: "error-body-as-string",
        clause: "error.error",
        summary: "The body of a 404 is a string.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refusal.is_some() && reply.status == 404 {
                reply.body = Some(json!("Not Found"));
            }
        })],
    },
    Fault {
        name: "error-body-of-another-framework",
        clause: "error.error",
        summary: "An error has the fields timestamp, status, message and path instead.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refusal.is_some() {
                let status = reply.status;
                reply.body = Some(json!({
                    "timestamp": "2025-02-19T00:00:00Z",
                    "status": status,
                    "message": "Refused",
                    "path": "users",
                }));
            }
        })],
    },
    Fault {
        name: "error-code-missing",
        clause: "error.code",
        summary: "An error has no errorCode.",
        hooks: &[Hook::Reply(|call, reply| omit(call, reply, "errorCode"))],
    },
    Fault {
        name: "error-code-missing-in-401",
        clause: "error.code",
        summary: "A 401 has no errorCode.",
        hooks: &[Hook::Reply(|call, reply| {
            if reply.status == 401 {
                omit(call, reply, "errorCode");
            }
        })],
    },
    Fault {
        name: "error-code-null",
        clause: "error.code",
        summary: "errorCode of a 404 is null.",
        hooks: &[Hook::Reply(|call, reply| {
            if reply.status == 404 {
                put(call, reply, "errorCode", Value::Null);
            }
        })],
    },
    Fault {
        name: "error-code-as-number",
        clause: "error.code",
        summary: "errorCode is a number.",
        hooks: &[Hook::Reply(|call, reply| put(call, reply, "errorCode", 1017))],
    },
    Fault {
        name: "detail-as-array",
        clause: "error.texts",
        summary: "detail is an array of sentences.",
        hooks: &[Hook::Reply(|call, reply| put(call, reply, "detail", json!(["Refused."])))],
    },
    Fault {
        name: "detail-of-400-as-object",
        clause: "error.texts",
        summary: "detail of a 400 is an object.",
        hooks: &[Hook::Reply(|call, reply| {
            if reply.status == 400 {
                put(call, reply, "detail", json!({ "message": "Refused." }));
            }
        })],
    },
    Fault {
        name: "reason-as-number",
        clause: "error.texts",
        summary: "reason is a number.",
        hooks: &[Hook::Reply(|call, reply| put(call, reply, "reason", 4))],
    },
    Fault {
        name: "parameters-as-object",
        clause: "error.parameters",
        summary: "parameters is an object.",
        hooks: &[Hook::Reply(|call, reply| put(call, reply, "parameters", json!({})))],
    },
    Fault {
        name: "parameters-as-string",
        clause: "error.parameters",
        summary: "parameters of a 404 is a string.",
        hooks: &[Hook::Reply(|call, reply| {
            if reply.status == 404 {
                put(call, reply, "parameters", "userId");
            }
        })],
    },
    Fault {
        name: "parameters-of-strings",
        clause: "error.parameter-elements",
        summary: "parameters holds strings.",
        hooks: &[Hook::Reply(|call, reply| put(call, reply, "parameters", json!(["groupRole"])))],
    },
    Fault {
        name: "parameters-of-numbers-and-null",
        clause: "error.parameter-elements",
        summary: "parameters of a 400 holds a number and null.",
        hooks: &[Hook::Reply(|call, reply| {
            if reply.status == 400 {
                put(call, reply, "parameters", json!([1, null]));
            }
        })],
    },
    Fault {
        name: "bad-request-detail-as-string",
        clause: "error.bad-request-detail",
        summary: "badRequestDetail is a string.",
        hooks: &[Hook::Reply(|call, reply| {
            put(call, reply, "badRequestDetail", "groupRole is invalid");
        })],
    },
    Fault {
        name: "bad-request-fields-as-object",
        clause: "error.bad-request-detail",
        summary: "fields of badRequestDetail is an object.",
        hooks: &[Hook::Reply(|call, reply| {
            let detail = json!({ "fields": { "field": "groupRole", "description": "invalid" } });
            put(call, reply, "badRequestDetail", detail);
        })],
    },
    Fault {
        name: "bad-request-fields-of-strings",
        clause: "error.bad-request-detail",
        summary: "fields of badRequestDetail holds strings.",
        hooks: &[Hook::Reply(|call, reply| {
            put(call, reply, "badRequestDetail", json!({ "fields": ["groupRole"] }));
        })],
    },
    Fault {
        name: "bad-request-field-without-description",
        clause: "error.bad-request-detail",
        summary: "An element of fields has no description.",
        hooks: &[Hook::Reply(|call, reply| {
            if reply.status == 400 {
                let detail = json!({ "fields": [{ "field": "groupRole" }] });
                put(call, reply, "badRequestDetail", detail);
            }
        })],
    },
    Fault {
        name: "bad-request-field-as-number",
        clause: "error.bad-request-detail",
        summary: "The field of an element of fields is a number.",
        hooks: &[Hook::Reply(|call, reply| {
            let detail = json!({ "fields": [{ "field": 1, "description": "invalid" }] });
            put(call, reply, "badRequestDetail", detail);
        })],
    },
    Fault {
        name: "stack-trace-in-detail",
        clause: "error.no-leak",
        summary: "The detail of an error is a stack trace.",
        hooks: &[Hook::Reply(|call, reply| {
            let trace = "java.lang.IllegalStateException: refused\n\tat \
                         com.example.RoleService.remove(RoleService.java:117)\n\tat \
                         com.example.RoleResource.post(RoleResource.java:42)";
            put(call, reply, "detail", trace);
        })],
    },
    Fault {
        name: "panic-message-in-detail",
        clause: "error.no-leak",
        summary: "The detail of a malformed body is a panic message with a file and a line.",
        hooks: &[Hook::Reply(|call, reply| {
            if matches!(call.refusal, Some(Refusal::Body(_))) {
                let panic = "thread 'main' panicked at src/handlers/role.rs:88:17: called \
                             `Result::unwrap()` on an `Err` value";
                put(call, reply, "detail", panic);
            }
        })],
    },
    Fault {
        name: "file-path-in-reason",
        clause: "error.no-leak",
        summary: "The reason of a 404 shows a path of the server's disk.",
        hooks: &[Hook::Reply(|call, reply| {
            if reply.status == 404 {
                let reason = "cannot open /var/lib/atlas/projects/users.db: no such user";
                put(call, reply, "reason", reason);
            }
        })],
    },
    Fault {
        name: "secret-in-detail",
        clause: "error.no-leak",
        summary: "The detail of a refused last role shows the password of a database.",
        hooks: &[Hook::Reply(|call, reply| {
            if call.refused_for(&Refusal::LastRole) {
                let detail =
                    "update refused by mongodb://atlas:s3cr3t-pa55@db.internal:27017/users";
                put(call, reply, "detail", detail);
            }
        })],
    },
    Fault {
        name: "trace-field-in-errors",
        clause: "error.no-leak",
        summary: "An error has a field stackTrace.",
        hooks: &[Hook::Reply(|call, reply| {
            let frames = json!(["remove_role (/srv/app/roles.py:31)", "main (/srv/app/run.py:7)"]);
            put(call, reply, "stackTrace", frames);
        })],
    },
];
