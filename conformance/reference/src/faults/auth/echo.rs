//! 401s without a challenge, and responses that repeat credentials.

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{
    HeaderName,
    header::{AUTHORIZATION, WWW_AUTHENTICATE},
};
use serde_json::json;

use super::{authorization, credentials};
use crate::faults::vocabulary::*;

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("no-challenge", "auth.challenge")
            .summary("A 401 has no WWW-Authenticate.")
            .effect(remove_challenge()),
        Fault::new("no-challenge-for-wrong-tokens", "auth.challenge")
            .summary("A 401 for a wrong token has no WWW-Authenticate.")
            .effect(remove_challenge().when(denied(Denial::Token))),
        Fault::new("credentials-in-detail", "auth.no-echo")
            .summary("The detail of a 401 repeats the Authorization field.")
            .effect(
                set_detail(|call| format!("Cannot accept {}", authorization(call)))
                    .when(unauthenticated()),
            ),
        Fault::new("token-in-detail-of-403", "auth.no-echo")
            .summary("The detail of a 403 repeats the token.")
            .effect(
                set_detail(|call| format!("The token {} lacks a role", credentials(call)))
                    .when(refused_for(Refusal::Forbidden))
                    .when(by_bearer()),
            ),
        Fault::new("credentials-in-header-of-errors", "auth.no-echo")
            .summary("A header of errors repeats the Authorization field.")
            .effect(echo_in(HeaderName::from_static("x-authorization")).when(refused())),
        Fault::new("credentials-in-header-of-success", "auth.no-echo")
            .summary("A success sends the Authorization field back.")
            .effect(echo_in(AUTHORIZATION).when(accepted())),
        Fault::new("token-in-user", "auth.no-echo")
            .summary("A success shows the token beside the user's fields.")
            .effect(edit_user(|call, user| set(user, "requestedWith", credentials(call)))),
        Fault::new("token-in-parameters", "auth.no-echo")
            .summary("The parameters of a 400 repeat the token.")
            .effect(
                edit_error(|call, error| {
                    set(error, "parameters", json!([{ "authorization": authorization(call) }]));
                })
                .when(refused_with(400)),
            ),
        Fault::new("credentials-in-detail-in-base64", "auth.no-echo")
            .summary("The detail of a 403 repeats the Authorization field in base64.")
            .effect(
                set_detail(|call| {
                    format!("caller {}", BASE64_STANDARD.encode(authorization(call)))
                })
                .when(refused_for(Refusal::Forbidden)),
            ),
    ]
}

fn remove_challenge() -> Effect {
    Effect::response(|_, response| {
        response.headers.remove(WWW_AUTHENTICATE);
    })
}

fn set_detail(detail: fn(&Call) -> String) -> Effect {
    edit_error(move |call, error| set(error, "detail", detail(call)))
}

/// Repeats the Authorization field in a header of the response.
fn echo_in(name: HeaderName) -> Effect {
    Effect::response(move |call, response| response.set(name.clone(), authorization(call)))
}
