//! What is secret is in no `Debug` and no `Display`; a wrong password costs one attempt.

use std::error::Error as _;

use atlas_runtime::answer::Undocumented;
use atlas_runtime::client::{Client, Error};
use atlas_runtime::credentials::Credentials;

use crate::server::{Server, json};
use crate::{get, http, hurried};

fn shown(error: &Error) -> String {
    format!("{error} {error:?} {:?}", error.source().map(ToString::to_string))
}

#[tokio::test]
async fn urls_are_shown_without_passwords_and_queries() {
    let bearer = || Credentials::Bearer("a-secret".to_owned());
    let client =
        Client::with(http(), "http://u:a-secret@127.0.0.1:1/?k=a-secret", bearer(), hurried());
    let client = client.expect("a client");
    let error = get(&client).await.expect_err("nobody is there");
    let all = format!("{client:?} {}", shown(&error));
    assert!(all.contains("127.0.0.1:1") && !all.contains("a-secret"), "{all}");
    for base in ["ftp://u:a-secret@host/", "a-secret", "http://u:a-secret@"] {
        let error = Client::with(http(), base, bearer(), hurried()).expect_err("no base");
        assert!(!shown(&error).contains("a-secret"), "{error:?}");
    }
    let credentials = Credentials::ServiceAccount {
        client_id: "an-id".to_owned(),
        client_secret: "a-secret".to_owned(),
        token_url: "http://127.0.0.1:1/token?key=a-secret".to_owned(),
    };
    let client = Client::with(http(), "http://127.0.0.1:1", credentials, hurried());
    let client = client.expect("a client");
    let error = get(&client).await.expect_err("nobody is there");
    let all = format!("{client:?} {}", shown(&error));
    assert!(!all.contains("a-secret"), "{all}");
}

#[test]
fn the_debug_of_a_body_is_cut() {
    let body = vec![b'x'; 100_000].into();
    let answer = Undocumented { status: 418, content_type: None, body };
    let text = format!("{answer:?}");
    assert!(text.len() < 500 && text.contains("99800 bytes more"), "{text}");
}

#[tokio::test]
async fn a_wrong_digest_password_costs_one_attempt_each_time() {
    let challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n";
    let server = Server::start(move |_, _| json(401, challenge, r#"{"errorCode":"U"}"#));
    let (username, password) = ("key".to_owned(), "wrong".to_owned());
    let credentials = Credentials::Digest { username, password };
    let client = Client::with(http(), &server.url, credentials, hurried()).expect("a client");
    for _ in 0..2 {
        get(&client).await.expect("an answer");
    }
    let sent: Vec<_> =
        server.requests().iter().map(|request| request.authorization.is_some()).collect();
    assert_eq!(sent, [false, true, false, true]);
}
