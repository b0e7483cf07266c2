//! A redirect is never a success.

use atlas_runtime::client::{Client, Error};
use atlas_runtime::credentials::Credentials;

use crate::operations::RemoveGroupUserRoleResponse;
use crate::server::{Server, json};
use crate::{USER, client, hurried, remove};

/// Leads each removal to a page that any GET finds.
fn leading() -> Server {
    Server::start(|_, request| match request.method.as_str() {
        "POST" => json(302, "Location: /elsewhere?token=a-secret\r\n", ""),
        _ => json(200, "", USER),
    })
}

#[tokio::test]
async fn an_http_client_that_follows_one_gives_an_error() {
    let server = leading();
    let error = remove(&client(&server.url, hurried())).await.expect_err("no removal");
    assert!(matches!(error, Error::Redirected { .. }), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("a-secret"), "{error:?}");
}

#[tokio::test]
async fn a_client_of_its_own_follows_none() {
    let server = leading();
    let credentials = Credentials::Bearer("t".to_owned());
    let client = Client::connect(&server.url, credentials, hurried()).expect("a client");
    match remove(&client).await.expect("an answer") {
        RemoveGroupUserRoleResponse::Undocumented(answer) => assert_eq!(answer.status, 302),
        other => panic!("{other:?}"),
    }
    assert_eq!(server.requests().len(), 1);
}
