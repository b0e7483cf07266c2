//! The users of a reference server, made and looked at beside the suite.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::rc::Rc;
use std::time::Duration;

use atlas_conformance::embedded;
use atlas_engine::session::Session;
use atlas_reference::Reference;
use atlas_remove_role::subject::roles;
use atlas_remove_role::users::api::Api;
use atlas_remove_role::users::journal::Journal;
use atlas_remove_role::users::user::Membership;

/// Talks to the server's sibling operations.
fn talk<T>(server: &Reference, with: impl AsyncFnOnce(Api, String) -> T) -> T {
    let config = embedded::config(server.url(), server.fixture());
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let session = Session::new(config.session_settings(Duration::from_secs(10), None))
            .expect("a session");
        with(Api::new(Rc::new(session)), server.fixture().group_id.clone()).await
    })
}

/// The roles of every user of the first project, by id.
pub(crate) fn all(server: &Reference) -> BTreeMap<String, BTreeSet<String>> {
    let users = talk(server, async |api, group| api.users(&group).await.expect("the users"));
    users
        .iter()
        .map(|user| (user["id"].as_str().expect("an id").to_owned(), roles(user).expect("roles")))
        .collect()
}

/// Makes users with these roles and lists them as a configuration does.
pub(crate) fn listed(server: &Reference, wanted: &[(Membership, &[&str])]) -> String {
    let mut text = String::new();
    for (number, (membership, roles)) in wanted.iter().enumerate() {
        let roles: BTreeSet<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        let name = format!("{}-listed{number}@example.com", membership.word().to_lowercase());
        let user = talk(server, async |api, group| {
            let journal = Journal::default();
            api.add_user(&group, *membership, &name, &roles, &journal).await.expect("a user")
        });
        let _ = write!(
            text,
            "[[state.users]]\nid = \"{}\"\nmembership = \"{}\"\nroles = {roles:?}\nusername = \"{name}\"\n",
            user.id,
            membership.word()
        );
    }
    text.replace("roles = {", "roles = [").replace("}\nusername", "]\nusername")
}

/// The beginning of a configuration that reaches the server as an owner.
pub(crate) fn owner(server: &Reference) -> String {
    let fixture = server.fixture();
    format!(
        "target = \"{}\"\ngroup_id = \"{}\"\n[credentials.owner]\nclient_id = \"{}\"\nclient_secret = \"{}\"\n",
        server.url(),
        fixture.group_id,
        fixture.owner.client_id,
        fixture.owner.client_secret
    )
}
