//! The token endpoint of OAuth 2.0 client credentials, and the one that takes tokens back (RFC 7009).

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    Method,
    header::{ALLOW, AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE},
};
use serde_json::{Value, json};

use super::Service;
use crate::{
    call::Response,
    http::{JSON, Query, Request, form_decoded},
};

/// Answers a request for a token.
pub(crate) fn answer(service: &Service, request: &Request) -> Response {
    if request.method != Method::POST {
        return refuse_method();
    }
    let token = basic_credentials(request)
        .and_then(|(id, secret)| service.authority().issue_token(&id, &secret));
    let form = Query::read(&String::from_utf8_lossy(&request.body));
    match (token, form.get("grant_type")) {
        (None, _) => refuse_client(),
        (Some(token), Some("client_credentials")) => grant(service, token),
        (Some(_), Some(_)) => refuse(400, "unsupported_grant_type", "There is one grant type."),
        (Some(_), None) => refuse(400, "invalid_request", "The grant type is missing."),
    }
}

/// Takes a token back. A token that is not known is no error.
pub(crate) fn revoke(service: &Service, request: &Request) -> Response {
    if request.method != Method::POST {
        return refuse_method();
    }
    let form = Query::read(&String::from_utf8_lossy(&request.body));
    let token = form.get("token").unwrap_or_default();
    let revoked = basic_credentials(request)
        .and_then(|(id, secret)| service.authority().revoke_token(&id, &secret, token));
    match revoked {
        None => refuse_client(),
        Some(()) if token.is_empty() => refuse(400, "invalid_request", "The token is missing."),
        Some(()) => Response::bare(200, JSON, None),
    }
}

fn refuse_method() -> Response {
    let mut response = refuse(405, "invalid_request", "Only POST is allowed.");
    response.set(ALLOW, "POST");
    response
}

fn refuse_client() -> Response {
    let mut response = refuse(401, "invalid_client", "The client is not known.");
    response.set(WWW_AUTHENTICATE, "Basic realm=\"token\"");
    response
}

fn grant(service: &Service, token: String) -> Response {
    let settings = &service.extensions.settings;
    let mut body = json!({
        "access_token": token,
        "expires_in": 3600,
        "token_type": settings.token_type,
    });
    if settings.wordy_token {
        body["scope"] = json!("");
        body["issued_for"] = json!({ "kind": "service account" });
    }
    let mut response = Response::bare(200, JSON, Some(body));
    response.set(CACHE_CONTROL, "no-store");
    response
}

fn refuse(status: u16, error: &str, description: &str) -> Response {
    let body: Value = json!({ "error": error, "error_description": description });
    Response::bare(status, JSON, Some(body))
}

/// The id and the secret, which are form-encoded before they are put together (RFC 6749, section 2.3.1).
fn basic_credentials(request: &Request) -> Option<(String, String)> {
    let field = request.header(AUTHORIZATION.as_str())?;
    let (scheme, encoded) = field.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((form_decoded(id), form_decoded(secret)))
}
