//! Bodies that are not what the operation asks for, and are served.

use serde_json::{Value, json};

use crate::{
    call::{Call, Input},
    faults::{
        accept::BROKEN,
        fault::Fault,
        rewrite::{name_role, repair, text, value},
        tamper::restate,
    },
    hook::{Hook, Verdict},
    refusal::{Flaw, Refusal},
    step::Step,
};

/// Takes a body with such a flaw for one that names the role that was given last.
fn take_for_any(call: &mut Call, verdict: &mut Verdict, takes: fn(Flaw) -> bool) {
    if let (Err(Refusal::Body(flaw)), Some(role)) = (&*verdict, call.had().last())
        && takes(*flaw)
    {
        call.input = Input::Role(role.clone());
        *verdict = Ok(());
    }
}

/// The first JSON value of a text, with the text that it makes up.
fn first_value(text: &str) -> String {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    values.next().and_then(Result::ok).unwrap_or_default().to_string()
}

pub(in crate::faults) static FAULTS: &[Fault] = &[
    Fault {
        name: "missing-body-served",
        clause: "request.body-shape",
        summary: "Without a body the role that was given last is removed.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            take_for_any(call, verdict, |flaw| flaw == Flaw::Missing);
        })],
    },
    Fault {
        name: "missing-role-served",
        clause: "request.body-shape",
        summary: "Without a groupRole the role that was given last is removed.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            take_for_any(call, verdict, |flaw| flaw == Flaw::Absent("groupRole"));
        })],
    },
    Fault {
        name: "null-role-served",
        clause: "request.body-shape",
        summary: "With a groupRole of null the role that was given last is removed.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            take_for_any(call, verdict, |flaw| flaw == Flaw::Null("groupRole"));
        })],
    },
    Fault {
        name: "number-as-role-served",
        clause: "request.body-shape",
        summary: "With a groupRole that is a number the role that was given last is removed.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            let is_number = |body: Value| body.get("groupRole").is_some_and(Value::is_number);
            if value(&call.request).is_some_and(is_number) {
                take_for_any(call, verdict, |_| true);
            }
        })],
    },
    Fault {
        name: "boolean-as-role-fails",
        clause: "request.body-shape",
        summary: "A groupRole that is a boolean brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            let is_boolean = |body: Value| body.get("groupRole").is_some_and(Value::is_boolean);
            if verdict.is_err() && value(&call.request).is_some_and(is_boolean) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "object-as-role-fails",
        clause: "request.body-shape",
        summary: "A groupRole that is an object brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            let is_object = |body: Value| body.get("groupRole").is_some_and(Value::is_object);
            if verdict.is_err() && value(&call.request).is_some_and(is_object) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "array-as-role-served",
        clause: "request.body-shape",
        summary: "A groupRole that is an array stands for its first element.",
        hooks: &[Hook::Request(|request| {
            let body = value(request).unwrap_or_default();
            name_role(request, body["groupRole"][0].as_str());
        })],
    },
    Fault {
        name: "array-body-served",
        clause: "request.body-shape",
        summary: "An array stands for its first element.",
        hooks: &[Hook::Request(|request| {
            if let Some(Value::Array(elements)) = value(request) {
                request.body = elements.first().unwrap_or(&Value::Null).to_string().into();
            }
        })],
    },
    Fault {
        name: "string-body-served",
        clause: "request.body-shape",
        summary: "A bare string stands for the role.",
        hooks: &[Hook::Request(|request| {
            let body = value(request).unwrap_or_default();
            name_role(request, body.as_str());
        })],
    },
    Fault {
        name: "array-body-fails",
        clause: "request.body-shape",
        summary: "A body that is an array brings 500.",
        hooks: &[Hook::After(Step::Body, |call, verdict| {
            if verdict.is_err() && value(&call.request).is_some_and(|body| body.is_array()) {
                *verdict = Err(BROKEN);
            }
        })],
    },
    Fault {
        name: "trailing-garbage-served",
        clause: "request.body-shape",
        summary: "Whatever follows the first JSON value is overlooked.",
        hooks: &[Hook::Request(|request| repair(request, first_value))],
    },
    Fault {
        name: "truncated-json-served",
        clause: "request.body-shape",
        summary: "A missing end of the object is made up for.",
        hooks: &[Hook::Request(|request| {
            repair(request, |text| format!("{}\"}}", text.trim_end_matches('"')));
            repair(request, |text| format!("{text}}}"));
        })],
    },
    Fault {
        name: "single-quotes-served",
        clause: "request.body-shape",
        summary: "Single quotes do for double ones.",
        hooks: &[Hook::Request(|request| repair(request, |text| text.replace('\'', "\"")))],
    },
    Fault {
        name: "trailing-comma-served",
        clause: "request.body-shape",
        summary: "A comma behind the last member is overlooked.",
        hooks: &[Hook::Request(|request| repair(request, |text| text.replace(",}", "}")))],
    },
    Fault {
        name: "unquoted-property-served",
        clause: "request.body-shape",
        summary: "The property needs no quotes.",
        hooks: &[Hook::Request(|request| {
            repair(request, |text| text.replacen("groupRole", "\"groupRole\"", 1));
        })],
    },
    Fault {
        name: "form-body-served",
        clause: "request.body-shape",
        summary: "A form is understood as well, whatever its media type.",
        hooks: &[Hook::Request(|request| {
            let text = text(request);
            name_role(request, text.trim().strip_prefix("groupRole="));
        })],
    },
    Fault {
        name: "bare-role-served",
        clause: "request.body-shape",
        summary: "The name of the role will do, without any JSON.",
        hooks: &[Hook::Request(|request| {
            repair(request, |text| match text.trim().starts_with("GROUP_") {
                true => json!({ "groupRole": text.trim() }).to_string(),
                false => String::new(),
            });
        })],
    },
    Fault {
        name: "malformed-body-unprocessable",
        clause: "request.body-shape",
        summary: "A body that is no JSON is refused with 422.",
        hooks: &[Hook::Reply(|call, reply| {
            restate(call, reply, 422, |why| *why == Refusal::Body(Flaw::Syntax));
        })],
    },
    Fault {
        name: "missing-role-confirmed",
        clause: "request.body-shape",
        summary: "Without a groupRole nothing is removed and the answer is 200.",
        hooks: &[Hook::Reply(|call, reply| {
            let absent = call.refused_for(&Refusal::Body(Flaw::Absent("groupRole")));
            if let (true, Some(member)) = (absent, &call.before) {
                reply.status = 200;
                reply.body = Some(member.view().into());
                reply.media_type = Some(crate::media_type::ATLAS.to_owned());
            }
        })],
    },
    Fault {
        name: "missing-body-fails",
        clause: "status.no-server-error",
        summary: "A request without a body brings 500.",
        hooks: &[Hook::After(Step::Body, |_, verdict| {
            if *verdict == Err(Refusal::Body(Flaw::Missing)) {
                *verdict = Err(BROKEN);
            }
        })],
    },
];
