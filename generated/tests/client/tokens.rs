//! The tokens of a service account: kept, renewed, and never shown.

use std::error::Error as _;

use atlas_api::client::{Client, Credentials, Error};
use atlas_api::get_group_user::GetGroupUserResponse;

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
        let server = Server::start(move |_, _| body.clone());
        let client = account(&server);
        let error = get(&client).await.expect_err("no token");
        assert!(matches!(error, Error::Token { .. } | Error::Transport(_)), "{error:?}");
        let shown = format!("{error} {error:?} {:?} {client:?}", error.source());
        assert!(!shown.contains("a-secret") && !shown.contains("a-token"), "{shown}");
        assert_eq!(server.requests().len(), 1, "{error:?}");
    }
}

#[tokio::test]
async fn a_token_that_fits_in_no_header_is_an_error() {
    let server = Server::start(|_, _| json(200, "", r#"{"access_token":"a\r\nX-Injected: yes"}"#));
    let error = get(&account(&server)).await.expect_err("no such header");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(targets(&server), ["token"]);
}
