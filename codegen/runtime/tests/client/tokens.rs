//! The tokens of a service account: kept, renewed, and never shown.

use std::error::Error as _;

use crate::operations::GetGroupUserResponse;
use atlas_runtime::client::{Client, Error};
use atlas_runtime::credentials::Credentials;

use crate::server::{Request, Server, json};
use crate::{USER, get, http, hurried};

fn account(server: &Server) -> Client {
    let credentials = Credentials::ServiceAccount {
        client_id: "an-id".to_owned(),
        client_secret: "a-secret".to_owned(),
        token_url: format!("{}/token", server.url),
    };
    Client::with(http(), &server.url, credentials, hurried()).expect("a client")
}

fn targets(server: &Server) -> Vec<String> {
    let short = |request: Request| match request.target.as_str() {
        "/token" => "token".to_owned(),
        _ => request.authorization.unwrap_or_default(),
    };
    server.requests().into_iter().map(short).collect()
}

#[tokio::test]
async fn a_token_is_fetched_once() {
    let server = Server::start(|_, request| match request.target.as_str() {
        "/token" => {
            json(200, "", r#"{"access_token":"t","expires_in":3600,"token_type":"Bearer"}"#)
        }
        _ => json(200, "", USER),
    });
    let client = account(&server);
    for _ in 0..2 {
        let answer = get(&client).await.expect("an answer");
        assert!(matches!(answer, GetGroupUserResponse::Ok(_)), "{answer:?}");
    }
    assert_eq!(targets(&server), ["token", "Bearer t", "Bearer t"]);
    let [token, ..] = &server.requests()[..] else { panic!("nothing was sent") };
    assert_eq!(token.authorization.as_deref(), Some("Basic YW4taWQ6YS1zZWNyZXQ="));
    assert_eq!(token.body, "grant_type=client_credentials");
}

#[tokio::test]
async fn a_token_that_has_ended_is_renewed() {
    let server = Server::start(|number, request| match request.target.as_str() {
        "/token" => json(200, "", &format!(r#"{{"access_token":"t{number}","expires_in":1}}"#)),
        _ => json(200, "", USER),
    });
    let client = account(&server);
    for _ in 0..2 {
        get(&client).await.expect("an answer");
    }
    assert_eq!(targets(&server), ["token", "Bearer t0", "token", "Bearer t2"]);
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let server = Server::start(|number, request| match (number, request.target.as_str()) {
        (_, "/token") => json(200, "", &format!(r#"{{"access_token":"t{number}"}}"#)),
        (1, _) => json(200, "", USER),
        _ => json(401, "", r#"{"error":401,"errorCode":"UNAUTHORIZED"}"#),
    });
    let client = account(&server);
    get(&client).await.expect("an answer");
    let answer = get(&client).await.expect("an answer");
    assert!(matches!(answer, GetGroupUserResponse::Unauthorized(_)), "{answer:?}");
    assert_eq!(targets(&server), ["token", "Bearer t0", "Bearer t0", "token", "Bearer t3"]);
}

#[tokio::test]
async fn what_is_no_grant_is_an_error_that_shows_no_secret() {
    let bodies = [
        json(500, "", "{}"),
        json(200, "", r#"{"access_token":5,"note":"a-token"}"#),
        json(200, "", "[[[["),
        json(200, "", ""),
        json(302, "Location: file:///etc/passwd\r\n", ""),
    ];
    for body in bodies {
        let sent = body.clone();
        let server = Server::start(move |_, _| sent.clone());
        let client = account(&server);
        let error = get(&client).await.expect_err("no token");
        assert!(matches!(error, Error::Token { .. } | Error::Transport(_)), "{error:?}");
        let shown = format!("{error} {error:?} {:?} {client:?}", error.source());
        assert!(!shown.contains("a-secret") && !shown.contains("a-token"), "{shown}");
        let asked = if body_is_worth_repeating(&body) { 3 } else { 1 };
        assert_eq!(server.requests().len(), asked, "{error:?}");
    }
}

#[tokio::test]
async fn a_token_that_fits_in_no_header_is_an_error() {
    let server = Server::start(|_, _| json(200, "", r#"{"access_token":"a\r\nX-Injected: yes"}"#));
    let error = get(&account(&server)).await.expect_err("no such header");
    assert!(matches!(error, Error::Credentials), "{error:?}");
    assert_eq!(targets(&server), ["token"]);
}

fn body_is_worth_repeating(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 500")
}

#[tokio::test]
async fn many_callers_and_clones_share_one_token() {
    let server = Server::start(|_, request| match request.target.as_str() {
        "/token" => json(200, "", r#"{"access_token":"t","expires_in":"3600"}"#),
        _ => json(200, "", USER),
    });
    let client = account(&server);
    let other = client.clone();
    let (a, b, c) = tokio::join!(get(&client), get(&other), get(&client));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    get(&other).await.expect("an answer");
    let tokens = targets(&server).iter().filter(|target| *target == "token").count();
    assert_eq!(tokens, 1);
}

#[tokio::test]
async fn a_lifetime_in_text_is_taken() {
    let server = Server::start(|_, request| match request.target.as_str() {
        "/token" => json(200, "", r#"{"access_token":"t","expires_in":"1"}"#),
        _ => json(200, "", USER),
    });
    let client = account(&server);
    for _ in 0..2 {
        get(&client).await.expect("an answer");
    }
    assert_eq!(targets(&server), ["token", "Bearer t", "token", "Bearer t"]);
}

#[tokio::test]
async fn a_token_endpoint_that_is_busy_is_asked_again() {
    for status in [429, 503] {
        let server = Server::start(move |number, request| match request.target.as_str() {
            "/token" if number == 0 => json(status, "Retry-After: 0\r\n", ""),
            "/token" => json(200, "", r#"{"access_token":"t"}"#),
            _ => json(200, "", USER),
        });
        get(&account(&server)).await.expect("an answer");
        assert_eq!(targets(&server), ["token", "token", "Bearer t"]);
    }
}

#[tokio::test]
async fn why_a_token_is_refused_is_told() {
    let refusal = r#"{"error":"invalid_client","error_description":"no such account"}"#;
    let server = Server::start(move |_, _| json(401, "", refusal));
    let error = get(&account(&server)).await.expect_err("no token").to_string();
    let expected = "expected a token from the token endpoint, got status 401: invalid_client: \
                    no such account";
    assert_eq!(error, expected);
}
