//! Defects of the conduct over HTTP: responses that don't come, many requests at once, and the
//! requests after a bad one.

use std::time::Duration;

use serde_json::{Value, json};

use super::vocabulary::*;
use crate::http::Delivery;

/// Long enough for other requests to arrive.
const MOMENT: Duration = Duration::from_millis(2);

pub(super) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("no-answer-to-unknown-users", "http.answers")
            .summary("An unknown user is never answered.")
            .effect(never_answer().when(refused_for(Refusal::UnknownUser))),
        Fault::new("no-answer-without-body", "http.answers")
            .summary("A request without a body is never answered.")
            .effect(never_answer().when(refused_for(Refusal::Body(Flaw::Missing)))),
        Fault::new("conditional-requests-fail", "request.odd-bodies")
            .summary("If-Match causes a 500.")
            .effect(
                fail_at(Step::Method).only_if(|call| call.request.header("if-match").is_some()),
            ),
        Fault::new("bytes-beyond-ascii-fail", "request.odd-bodies")
            .summary("A header field with bytes beyond ASCII causes a 500.")
            .effect(fail_at(Step::Method).only_if(|call| {
                call.request.headers.values().any(|value| !value.as_bytes().is_ascii())
            })),
        Fault::new("bracketed-queries-fail", "request.odd-bodies")
            .summary("A key with a bracket in the query causes a 500.")
            .effect(fail_at(Step::Method).only_if(|call| call.request.query.contains('['))),
        Fault::new("last-role-drops-the-connection", "http.answers")
            .summary("The removal of the only role is not answered: the connection closes.")
            .effect(drop_connection().when(refused_for(Refusal::LastRole))),
        Fault::new("every-29th-request-drops-the-connection", "http.answers")
            .summary("Every 29th removal is not answered: the connection closes.")
            .effect(
                drop_connection().only_if(|call| call.memory.count("requests").is_multiple_of(29)),
            ),
        Fault::new("errors-cut-in-the-middle", "http.answers")
            .summary("The connection drops in the middle of a 403.")
            .effect(cut_body(|length| length / 2).when(refused_with(403))),
        Fault::new("success-cut-in-the-middle", "http.answers")
            .summary("The connection drops in the middle of a success for an active user.")
            .effect(cut_body(|length| length / 2).when(accepted()).when(active())),
        Fault::new("success-cut-before-the-body", "http.answers")
            .summary("The connection drops after the head of a success with envelope=true.")
            .effect(cut_body(|_| 0).when(accepted()).when(envelope())),
        Fault::new("endless-body", "http.answers")
            .summary("The body of a refused unknown role never ends.")
            .effect(
                Effect::wire(|_, wire| wire.delivery = Delivery::Endless)
                    .when(refused_for(Refusal::UnknownRole)),
            ),
        Fault::new("every-37th-request-fails", "status.no-server-error")
            .summary("Every 37th removal causes a 500 and is not done.")
            .effect(
                fail_at(Step::Method)
                    .only_if(|call| call.memory.count("requests").is_multiple_of(37)),
            ),
        Fault::new("crowds-fail", "status.no-server-error")
            .summary("Removals beside others cause a 500.")
            .effect(wait())
            .effect(refuse_removal(BROKEN).when(crowded())),
        Fault::new("crowds-of-eight-fail", "status.no-server-error")
            .summary("Removals cause a 500 if eight requests are under way.")
            .effect(Effect::delay(|call| match call.memory.is_crowded() {
                true => 10 * MOMENT,
                false => MOMENT,
            }))
            .effect(refuse_removal(BROKEN).only_if(|call| call.memory.under_way() >= 8)),
        Fault::new("crowds-drop-connections", "http.answers")
            .summary("Removals beside others are done and not answered: connections close.")
            .effect(wait())
            .effect(drop_connection().when(crowded())),
        Fault::new("crowds-swap-answers", "http.concurrent")
            .summary("Removals beside others get the responses of one another.")
            .effect(wait())
            .effect(swap_body().when(accepted()).when(crowded())),
        Fault::new("crowds-mix-up-ids", "http.concurrent")
            .summary("Removals beside others show the id of another removal.")
            .effect(wait_and_note("id", |call| json!(call.route.user())))
            .effect(edit_user(|call, user| {
                set(user, "id", call.memory.recall("id").unwrap_or_default());
            })),
        Fault::new("crowds-remove-the-wrong-role", "http.concurrent")
            .summary("Removals beside others remove the role that the last of them names.")
            .effect(wait_and_note("role", |call| json!(call.role())))
            .effect(remove_noted_role()),
        Fault::new("crowds-fall-into-refusal", "roles.removes-exactly-one")
            .summary("Removals beside others are refused with 404.")
            .effect(wait())
            .effect(refuse_legal_removal(Refusal::UnknownUser).when(crowded())),
        Fault::new("dead-after-malformed-json", "status.no-server-error")
            .summary("After a body that is not JSON every removal causes a 500.")
            .effect(fail_at(Step::Method).when(noted(server)))
            .effect(note(server).when(refused_for(Refusal::Body(Flaw::Syntax)))),
        Fault::new("fails-after-bytes-beyond-utf8", "status.no-server-error")
            .summary("After a body that is not UTF-8 the next removal causes a 500.")
            .effect(fail_at(Step::Method).when(noted_once(server)))
            .effect(note(server).when(refused_for(Refusal::Body(Flaw::Encoding)))),
        Fault::new("silent-after-deep-nesting", "http.answers")
            .summary("After a deeply nested body the next removal is not answered.")
            .effect(drop_connection().when(noted_once(server)))
            .effect(note_on_the_wire(server).when(deeply_nested())),
        Fault::new("malformed-body-poisons-the-connection", "http.after-odd-input")
            .summary("After a bad body the next request on the same connection is refused.")
            .effect(
                refuse_at(Step::Method, Refusal::Body(Flaw::Syntax)).when(noted_once(connection)),
            )
            .effect(note(connection).when(bad_body())),
        Fault::new("body-left-spoils-the-connection", "http.after-odd-input")
            .summary("After a 401 the body, which was not read, spoils the next request on the connection.")
            .effect(
                refuse_at(Step::Method, Refusal::Body(Flaw::Syntax)).when(noted_once(connection)),
            )
            .effect(
                note(connection)
                    .when(refused_with(401))
                    .only_if(|call| !call.request.body.is_empty()),
            ),
        Fault::new("bad-id-poisons-the-connection", "http.after-odd-input")
            .summary("After a bad id the next request on the same connection is a 404.")
            .effect(refuse_at(Step::Method, Refusal::NoSuchRoute).when(noted_once(connection)))
            .effect(
                note(connection)
                    .only_if(|call| matches!(call.refusal, Some(Refusal::PathParameter(_)))),
            ),
    ]
}

/// Waits until other removals have arrived.
fn wait() -> Effect {
    Effect::delay(|_| MOMENT)
}

/// Leaves something behind for all removals that wait, and waits.
fn wait_and_note(key: &'static str, value: fn(&Call) -> Value) -> Effect {
    Effect::delay(move |call| {
        call.memory.note(key, value(call));
        MOMENT
    })
}

fn swap_body() -> Effect {
    Effect::response(|call, response| {
        if let Some(own) = response.body.clone()
            && let Some(other) = call.memory.note("answer", own)
        {
            response.body = Some(other);
        }
    })
}

fn remove_noted_role() -> Effect {
    Effect::decision(|call, _, decision| {
        if let (Ok(removal), Some(Value::String(role))) = (decision, call.memory.recall("role")) {
            removal.role = role;
        }
    })
}

/// Notes something under a key when the response is sent, after all other effects.
fn note_on_the_wire(key: fn(&Call) -> String) -> Effect {
    Effect::wire(move |call, _| {
        call.memory.note(&key(call), true.into());
    })
}

/// The key of a note about the server.
fn server(_: &Call) -> String {
    "server".to_owned()
}

/// The key of a note about the connection.
fn connection(call: &Call) -> String {
    format!("connection {}", call.request.connection)
}
