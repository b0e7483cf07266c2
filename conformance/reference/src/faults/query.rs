//! Defects of envelope and pretty.

use serde_json::{Value, json};

use super::vocabulary::*;

pub(super) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("envelope-ignored", "query.envelope")
            .summary("envelope=true is ignored.")
            .effect(drop_parameter("envelope")),
        Fault::new("envelope-ignored-beside-pretty", "query.envelope")
            .summary("envelope=true is ignored if pretty=true is given too.")
            .effect(unwrap().when(pretty())),
        Fault::new("envelope-ignored-for-digest", "query.envelope")
            .summary("envelope=true is ignored for callers with Digest.")
            .effect(unwrap().when(by_any_digest())),
        Fault::new("envelope-without-status", "query.envelope")
            .summary("The envelope has no status.")
            .effect(remove_from_envelope("status")),
        Fault::new("envelope-status-as-string", "query.envelope")
            .summary("The status of the envelope is a string.")
            .effect(edit_envelope(|_, envelope| {
                let status = envelope["status"].to_string();
                set(envelope, "status", status);
            })),
        Fault::new("envelope-status-zero", "query.envelope")
            .summary("The status of the envelope is 0.")
            .effect(set_in_envelope("status", 0)),
        Fault::new("envelope-status-always-200", "query.envelope")
            .summary("The status of envelope and response is 200 even for refusals.")
            .effect(set_status_of_envelope(200))
            .effect(set_in_envelope("status", 200)),
        Fault::new("envelope-changes-the-status-line", "query.envelope")
            .summary("With envelope=true the status line of a success is 201.")
            .effect(set_status_of_envelope(201).when(accepted())),
        Fault::new("envelope-without-payload", "query.envelope")
            .summary("The envelope holds the status only.")
            .effect(remove_from_envelope("content")),
        Fault::new("envelope-payload-incomplete", "query.envelope")
            .summary("The payload of the envelope lacks the username.")
            .effect(edit_envelope(|_, envelope| {
                if let Some(Value::Object(content)) = envelope.get_mut("content") {
                    content.remove("username");
                }
            })),
        Fault::new("envelope-payload-stale", "query.envelope")
            .summary("The payload of the envelope shows the roles before the removal.")
            .effect(
                edit_envelope(|call, envelope| {
                    envelope["content"]["roles"] = json!(call.had());
                })
                .when(accepted()),
            ),
        Fault::new("envelope-payload-as-text", "query.envelope")
            .summary("The payload of the envelope is a string that holds JSON.")
            .effect(edit_envelope(|_, envelope| {
                let text = envelope.get("content").map(Value::to_string);
                set(envelope, "content", text);
            })),
        Fault::new("envelope-flat", "query.envelope")
            .summary("The status stands among the fields of the user, not around them.")
            .effect(flatten_envelope()),
        Fault::new("envelope-as-array", "query.envelope")
            .summary("The envelope is an array.")
            .effect(
                Effect::envelope(|_, response| {
                    response.body = response.body.take().map(|envelope| json!([envelope]));
                })
                .when(envelope()),
            ),
        Fault::new("envelope-errors-unwrapped", "query.envelope-errors")
            .summary("With envelope=true errors are not wrapped.")
            .effect(unwrap().when(refused())),
        Fault::new("envelope-401-unwrapped", "query.envelope-errors")
            .summary("With envelope=true a 401 is not wrapped.")
            .effect(unwrap().when(refused_with(401))),
        Fault::new("envelope-last-role-unwrapped", "query.envelope-errors")
            .summary("With envelope=true the refusal of the last role is not wrapped.")
            .effect(unwrap().when(refused_for(Refusal::LastRole))),
        Fault::new("envelope-false-wraps", "query.envelope-false")
            .summary("envelope=false wraps like envelope=true.")
            .effect(Effect::request(|request| {
                request.query = request.query.replace("envelope=false", "envelope=true");
            })),
        Fault::new("envelope-false-refused", "query.envelope-false")
            .summary("envelope=false is refused.")
            .effect(
                refuse_at(Step::Query, Refusal::QueryParameter("envelope"))
                    .only_if(has_envelope_false),
            ),
        Fault::new("envelope-false-drops-the-body", "query.envelope-false")
            .summary("With envelope=false the body of a success is an empty object.")
            .effect(
                Effect::response(|_, response| response.body = Some(json!({})))
                    .when(accepted())
                    .only_if(has_envelope_false),
            ),
        Fault::new("pretty-ignored", "query.pretty")
            .summary("pretty=true is ignored.")
            .effect(drop_parameter("pretty")),
        Fault::new("pretty-ignored-in-envelopes", "query.pretty")
            .summary("pretty=true is ignored if envelope=true is given too.")
            .effect(write_compactly().when(envelope())),
        Fault::new("pretty-ignored-for-errors", "query.pretty")
            .summary("pretty=true is ignored if the response is an error.")
            .effect(write_compactly().when(refused())),
        Fault::new("pretty-drops-a-field", "query.pretty")
            .summary("With pretty=true the response lacks a field.")
            .effect(remove_from_user("inviterUsername").when(pretty()))
            .effect(remove_from_user("lastName").when(pretty()))
            .effect(remove_from_error("reason").when(pretty())),
        Fault::new("pretty-breaks-strings", "query.pretty")
            .summary("With pretty=true strings get a space after each underscore.")
            .effect(edit_text(|text| text.replace('_', "_ ")).when(pretty())),
        Fault::new("pretty-is-no-json", "query.pretty")
            .summary("With pretty=true the response begins with a comment.")
            .effect(edit_text(|text| format!("// User\n{text}")).when(pretty())),
        Fault::new("pretty-changes-the-status", "query.pretty")
            .summary("With pretty=true the refusal of the last role is a 409 and not a 403.")
            .effect(restate(409).when(refused_for(Refusal::LastRole)).when(pretty())),
        Fault::new("pretty-changes-the-roles", "query.pretty")
            .summary("With pretty=true the roles are one string.")
            .effect(
                edit_user(|_, user| {
                    let roles = user.get("roles").map(Value::to_string);
                    set(user, "roles", roles);
                })
                .when(pretty()),
            ),
        Fault::new("pretty-cuts-the-body", "http.answers")
            .summary("With pretty=true the connection drops in the middle of the response.")
            .effect(cut_body(|length| length / 2).when(pretty())),
        Fault::new("non-boolean-fails", "query.non-boolean")
            .summary("A flag that is not boolean causes a 500.")
            .effect(fail_at(Step::Query).when(refused())),
        Fault::new("non-boolean-pretty-fails", "query.non-boolean")
            .summary("A value of pretty that is not boolean causes a 500.")
            .effect(fail_at(Step::Query).when(refused_for(Refusal::QueryParameter("pretty")))),
        Fault::new("empty-flag-fails", "query.non-boolean")
            .summary("A flag without a value causes a 500.")
            .effect(fail_at(Step::Query).only_if(|call| {
                [call.query.get("envelope"), call.query.get("pretty")].contains(&Some(""))
            })),
        Fault::new("non-boolean-drops-the-connection", "http.answers")
            .summary("A flag that is not boolean is not answered: the connection closes.")
            .effect(drop_connection().when(bad_query())),
        Fault::new("non-boolean-unprocessable", "query.non-boolean")
            .summary("A flag that is not boolean is refused with 422.")
            .effect(restate(422).when(bad_query())),
    ]
}

fn set_in_envelope(name: &'static str, value: u16) -> Effect {
    edit_envelope(move |_, envelope| set(envelope, name, value))
}

fn remove_from_envelope(name: &'static str) -> Effect {
    edit_envelope(move |_, envelope| {
        envelope.remove(name);
    })
}

/// Changes the status line of a response in an envelope.
fn set_status_of_envelope(status: u16) -> Effect {
    Effect::envelope(move |_, response| response.status = status).when(envelope())
}

/// Takes the payload out of the envelope and adds the status to it.
fn flatten_envelope() -> Effect {
    let add_status = Effect::envelope(|_, response| {
        let status = response.status;
        if let Some(user) = response.object() {
            set(user, "status", status);
        }
    });
    unwrap().and(add_status.when(envelope()))
}

/// Ignores pretty=true when the response is written.
fn write_compactly() -> Effect {
    Effect::envelope(|_, response| response.layout.pretty = false)
}

fn has_envelope_false(call: &Call) -> bool {
    call.query.get("envelope") == Some("false")
}
