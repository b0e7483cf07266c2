//! Bodies that are not what the operation asks for, and are served.

use serde_json::{Value, json};

use crate::{call::Input, faults::vocabulary::*, http::ATLAS};

const CLAUSE: &str = "request.body-shape";

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("missing-body-served", "request.body-shape")
            .summary("Without a body the role that was given last is removed.")
            .effect(take_for_newest().when(refused_for(Refusal::Body(Flaw::Missing)))),
        Fault::new("missing-role-served", CLAUSE)
            .summary("Without a groupRole the role that was given last is removed.")
            .effect(take_for_newest().when(refused_for(Refusal::Body(Flaw::Absent("groupRole"))))),
        Fault::new("null-role-served", CLAUSE)
            .summary("With a groupRole of null the role that was given last is removed.")
            .effect(take_for_newest().when(refused_for(Refusal::Body(Flaw::Null("groupRole"))))),
        Fault::new("number-as-role-served", CLAUSE)
            .summary("With a number as groupRole the role that was given last is removed.")
            .effect(take_for_newest().when(bad_body()).when(role_value(Value::is_number))),
        Fault::new("boolean-as-role-fails", "status.no-server-error")
            .summary("A groupRole that is a boolean causes a 500.")
            .effect(fail_at(Step::Body).when(refused()).when(role_value(Value::is_boolean))),
        Fault::new("object-as-role-fails", "status.no-server-error")
            .summary("A groupRole that is an object causes a 500.")
            .effect(fail_at(Step::Body).when(refused()).when(role_value(Value::is_object))),
        Fault::new("array-as-role-served", CLAUSE)
            .summary("A groupRole that is an array stands for its first element.")
            .effect(find_role(|body| body.get("groupRole")?.get(0))),
        Fault::new("array-body-served", CLAUSE)
            .summary("An array stands for its first element.")
            .effect(Effect::request(|request| {
                if let Some(Value::Array(elements)) = value(request) {
                    request.body = elements.first().unwrap_or(&Value::Null).to_string().into();
                }
            })),
        Fault::new("string-body-served", CLAUSE)
            .summary("A bare string stands for the role.")
            .effect(find_role(|body| Some(body))),
        Fault::new("array-body-fails", "status.no-server-error")
            .summary("A body that is an array causes a 500.")
            .effect(fail_at(Step::Body).when(refused()).only_if(|call| call.json().is_array())),
        Fault::new("trailing-garbage-served", "request.json-strictness")
            .summary("Anything after the first JSON value is ignored.")
            .effect(repair_body(first_value)),
        Fault::new("truncated-json-served", CLAUSE)
            .summary("A missing end of the object is added.")
            .effect(repair_body(|text| format!("{}\"}}", text.trim_end_matches('"'))))
            .effect(repair_body(|text| format!("{text}}}"))),
        Fault::new("single-quotes-served", "request.json-strictness")
            .summary("Single quotes are accepted for double ones.")
            .effect(repair_body(|text| text.replace('\'', "\""))),
        Fault::new("trailing-comma-served", "request.json-strictness")
            .summary("A comma after the last member is ignored.")
            .effect(repair_body(|text| text.replace(",}", "}"))),
        Fault::new("unquoted-property-served", "request.json-strictness")
            .summary("The property needs no quotes.")
            .effect(repair_body(|text| text.replacen("groupRole", "\"groupRole\"", 1))),
        Fault::new("form-body-served", CLAUSE)
            .summary("A form is understood as well, whatever its media type.")
            .effect(Effect::request(|request| {
                let text = String::from_utf8_lossy(&request.body).into_owned();
                name_role(request, text.trim().strip_prefix("groupRole="));
            })),
        Fault::new("bare-role-served", CLAUSE)
            .summary("The name of the role is enough, without any JSON.")
            .effect(repair_body(|text| match text.trim().starts_with("GROUP_") {
                true => json!({ "groupRole": text.trim() }).to_string(),
                false => String::new(),
            })),
        Fault::new("malformed-body-unprocessable", "status.documented")
            .summary("A body that is not JSON is refused with 422.")
            .effect(restate(422).when(refused_for(Refusal::Body(Flaw::Syntax)))),
        Fault::new("missing-role-confirmed", CLAUSE)
            .summary("Without a groupRole nothing is removed and the response is 200.")
            .effect(show_user().when(refused_for(Refusal::Body(Flaw::Absent("groupRole"))))),
        Fault::new("missing-body-fails", "status.no-server-error")
            .summary("A request without a body causes a 500.")
            .effect(fail_at(Step::Body).when(refused_for(Refusal::Body(Flaw::Missing)))),
    ]
}

/// A groupRole whose value fits.
fn role_value(fits: fn(&Value) -> bool) -> Condition {
    Condition::new("special-role", "groupRole has a special value", move |call| {
        call.json().get("groupRole").is_some_and(fits)
    })
}

/// Takes a body for one that names the role that was given last.
fn take_for_newest() -> Effect {
    Effect::after(Step::Body, |call, verdict| {
        if let Some(role) = call.had().last() {
            call.input = Input::Role(role.clone());
            *verdict = Ok(());
        }
    })
}

/// Answers 200 with the user as it is.
fn show_user() -> Effect {
    Effect::response(|call, response| {
        if let Some(member) = &call.before {
            response.status = 200;
            response.body = Some(member.view().into());
            response.media_type = Some(ATLAS.to_owned());
        }
    })
}

/// The first JSON value of a text, as compact text.
fn first_value(text: &str) -> String {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    values.next().and_then(Result::ok).unwrap_or_default().to_string()
}
