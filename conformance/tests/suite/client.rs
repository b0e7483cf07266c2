//! The generated client against the reference server, over both schemes.

use atlas_api::client::{Client, Credentials};
use atlas_api::types::{AddOrRemoveGroupRole, GroupId, GroupUserRequest, UserId};
use atlas_api::{add_group_users, get_group_user, remove_group_user_role};
use atlas_reference::Reference;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

fn http() -> reqwest::Client {
    // The target is plain http on this machine: no certificates, no proxy.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client")
}

async fn token(server: &Reference) -> String {
    let owner = &server.fixture().owner;
    let pair = BASE64_STANDARD.encode(format!("{}:{}", owner.client_id, owner.client_secret));
    let answer = http()
        .post(format!("{}/api/oauth/token", server.url()))
        .header("Authorization", format!("Basic {pair}"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body("grant_type=client_credentials")
        .send()
        .await
        .expect("an answer");
    let body: serde_json::Value =
        serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON");
    body["access_token"].as_str().expect("a token").to_owned()
}

async fn walk(server: &Reference, credentials: Credentials, name: &str) {
    use remove_group_user_role::RemoveGroupUserRoleResponse as Removed;
    let client = Client::new(http(), server.url(), credentials).expect("a client");
    let group: GroupId = server.fixture().group_id.parse().expect("an id");
    let request = GroupUserRequest {
        roles: vec!["GROUP_OWNER".to_owned(), "GROUP_READ_ONLY".to_owned()],
        username: format!("pending-{name}@example.com"),
    };
    let added = client.add_group_users(&group, &add_group_users::Query::default(), &request).await;
    let add_group_users::AddGroupUsersResponse::Created(user) = added.expect("an answer") else {
        panic!("not created");
    };
    let id: UserId = user.id.parse().expect("an id");
    let body = AddOrRemoveGroupRole { group_role: "GROUP_OWNER".to_owned() };
    let query = remove_group_user_role::Query { pretty: Some(true) };
    match client.remove_group_user_role(&group, &id, &query, &body).await.expect("an answer") {
        Removed::Ok(user) => assert_eq!(user.roles, ["GROUP_READ_ONLY"]),
        other => panic!("{other:?}"),
    }
    let last = AddOrRemoveGroupRole { group_role: "GROUP_READ_ONLY".to_owned() };
    match client.remove_group_user_role(&group, &id, &query, &last).await.expect("an answer") {
        Removed::Forbidden(error) => assert_eq!(error.error_code, "CANNOT_REMOVE_ALL_USER_ROLES"),
        other => panic!("{other:?}"),
    }
    let read = client.get_group_user(&group, &id, &get_group_user::Query::default()).await;
    match read.expect("an answer") {
        get_group_user::GetGroupUserResponse::Ok(user) => {
            assert_eq!(user.roles, ["GROUP_READ_ONLY"])
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_generated_client_works_over_both_schemes() {
    let server = atlas_reference::start(atlas_reference::Options::default()).expect("a free port");
    let bearer = Credentials::Bearer(token(&server).await);
    walk(&server, bearer, "bearer").await;
    let key = &server.fixture().owner_key;
    let digest =
        Credentials::Digest { username: key.public_key.clone(), password: key.private_key.clone() };
    assert!(!format!("{digest:?}").contains(&key.private_key));
    walk(&server, digest, "digest").await;
}

#[tokio::test]
async fn wrong_credentials_are_an_answer_and_no_loop() {
    let server = atlas_reference::start(atlas_reference::Options::default()).expect("a free port");
    for credentials in [
        Credentials::Bearer("wrong".to_owned()),
        Credentials::Digest { username: "no".to_owned(), password: "body".to_owned() },
    ] {
        let client = Client::new(http(), server.url(), credentials).expect("a client");
        let group: GroupId = server.fixture().group_id.parse().expect("an id");
        let user: UserId = "ffffffffffffffffffffffff".parse().expect("an id");
        let read = client.get_group_user(&group, &user, &get_group_user::Query::default()).await;
        let answer = read.expect("an answer");
        assert!(
            matches!(answer, get_group_user::GetGroupUserResponse::Unauthorized(_)),
            "{answer:?}"
        );
    }
}

#[test]
fn ids_outside_the_pattern_are_refused() {
    let error = "5F1B2C3D4E5F60718293A4B5".parse::<GroupId>().expect_err("upper case");
    assert!(error.to_string().contains("^([a-f0-9]{24})$"), "{error}");
}
