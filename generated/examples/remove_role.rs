//! Adds a user to a project and takes one of the two roles away again, against the reference server:
//!
//! ```sh
//! cargo run -p atlas-conformance -- serve > serve.toml    # prints the ids and the credentials
//! cargo run -p atlas-api --features tls --example remove_role -- URL GROUP_ID CLIENT_ID CLIENT_SECRET
//! ```

use atlas_api::client::{Client, Credentials};
use atlas_api::types::{AddOrRemoveGroupRole, GroupUserRequest};
use atlas_api::{add_group_users, remove_group_user_role};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, group, client_id, client_secret] = arguments.as_slice() else {
        return Err("expected URL GROUP_ID CLIENT_ID CLIENT_SECRET".into());
    };
    let credentials = Credentials::ServiceAccount {
        client_id: client_id.clone(),
        client_secret: client_secret.clone(),
        token_url: format!("{url}/api/oauth/token"),
    };
    let client = Client::connect(url, credentials)?;
    let group = group.parse()?;
    let request = GroupUserRequest {
        roles: vec!["GROUP_OWNER".to_owned(), "GROUP_READ_ONLY".to_owned()],
        username: "pending-example@example.com".to_owned(),
    };
    let query = add_group_users::Query::default();
    let user = client.add_group_users(&group, &query, &request).await?.into_result()?;

    let role = AddOrRemoveGroupRole { group_role: "GROUP_OWNER".to_owned() };
    let query = remove_group_user_role::Query::default();
    let answer = client.remove_group_user_role(&group, &user.id.parse()?, &query, &role).await?;
    let user = answer.into_result()?;
    assert_eq!(user.roles, ["GROUP_READ_ONLY"]);
    Ok(())
}
