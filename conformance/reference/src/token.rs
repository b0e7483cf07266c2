//! The token endpoint of OAuth 2.0 client credentials.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    Method,
    header::{ALLOW, AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE},
};
use serde_json::{Value, json};

use super::{media_type::JSON, query::Query, reply::Reply, request::Request, service::Service};

/// Answers a request for a token.
pub(crate) fn answer(service: &Service, request: &Request) -> Reply {
    if request.method != Method::POST {
        let mut reply = refuse(405, "invalid_request", "Only POST gives tokens.");
        reply.set(ALLOW, "POST");
        return reply;
    }
    let token = basic_credentials(request)
        .and_then(|(id, secret)| service.authority().issue_token(&id, &secret));
    let form = Query::read(&String::from_utf8_lossy(&request.body));
    match (token, form.get("grant_type")) {
        (None, _) => {
            let mut reply = refuse(401, "invalid_client", "The client is not known.");
            reply.set(WWW_AUTHENTICATE, "Basic realm=\"token\"");
            reply
        }
        (Some(token), Some("client_credentials")) => grant(service, token),
        (Some(_), Some(_)) => refuse(400, "unsupported_grant_type", "There is one grant type."),
        (Some(_), None) => refuse(400, "invalid_request", "The grant type is missing."),
    }
}

fn grant(service: &Service, token: String) -> Reply {
    let manner = &service.behaviour.manner;
    let mut body = json!({
        "access_token": token,
        "expires_in": 3600,
        "token_type": manner.token_type,
    });
    if manner.wordy_token {
        body["scope"] = json!("");
        body["issued_for"] = json!({ "kind": "service account" });
    }
    let mut reply = Reply::bare(200, JSON, Some(body));
    reply.set(CACHE_CONTROL, "no-store");
    reply
}

fn refuse(status: u16, error: &str, description: &str) -> Reply {
    let body: Value = json!({ "error": error, "error_description": description });
    Reply::bare(status, JSON, Some(body))
}

fn basic_credentials(request: &Request) -> Option<(String, String)> {
    let field = request.header(AUTHORIZATION.as_str())?;
    let (scheme, encoded) = field.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}
