//! Users set up and read back through the sibling operations.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::constraints::{
    ADD_GROUP_USER_ROLE, ADD_GROUP_USERS, GET_GROUP_USER, REMOVE_GROUP_USER,
};
use atlas_api::contract::Operation;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::auth::credential::Credential;
use crate::contract;
use crate::exchange::{Exchange, Request};
use crate::judge::subject::{listed, roles};
use crate::target::session::Session;
use crate::user::{Membership, User};

/// How often a sibling operation that answers 5xx is asked again.
const SERVER_ERROR_TRIES: u32 = 3;

/// The sibling operations of one target.
pub struct Api {
    session: Rc<Session>,
}

impl Api {
    /// Through this session.
    pub fn new(session: Rc<Session>) -> Self {
        Self { session }
    }

    /// Adds a user with these roles to a project. A name that is taken gets a suffix.
    ///
    /// # Errors
    /// In words, with what the target said and what to do about it.
    pub async fn add_user(
        &self,
        group: &str,
        membership: Membership,
        username: &str,
        wanted: &BTreeSet<String>,
    ) -> Result<User, String> {
        let (local, domain) = username.split_once('@').unwrap_or((username, "example.com"));
        for suffix in ["", "x1", "x2", "x3"] {
            let username = format!("{local}{suffix}@{domain}");
            let body = json!({ "username": username, "roles": wanted });
            let exchange = self.call(&ADD_GROUP_USERS, &[("groupId", group)], Some(&body)).await?;
            match exchange.status() {
                Some(409) => {}
                Some(200..300) => return made(group, membership, &username, wanted, &exchange),
                _ => {
                    return Err(format!(
                        "can't set up a user: {} of {username} was answered with {}",
                        ADD_GROUP_USERS.id,
                        exchange.received()
                    ));
                }
            }
        }
        Err(format!("can't set up a user: {username} and three names like it are taken"))
    }

    /// What the target says of a user, as JSON; `None` where it knows no such user.
    ///
    /// # Errors
    /// In words.
    pub async fn read(&self, user: &User) -> Result<Option<(Value, Rc<Exchange>)>, String> {
        let ids = [("groupId", user.group.as_str()), ("userId", user.id.as_str())];
        let exchange = self.call(&GET_GROUP_USER, &ids, None).await?;
        let body = exchange.outcome.as_ref().ok().and_then(|answer| answer.json());
        match (exchange.status(), body) {
            (Some(200), Some(body)) if roles(&body).is_some() => Ok(Some((body, exchange))),
            (Some(404), _) => Ok(None),
            _ => Err(format!(
                "can't read a user back: {} was answered with {}",
                GET_GROUP_USER.id,
                exchange.received()
            )),
        }
    }

    /// Adds a role; returns the exchange, whatever it says.
    ///
    /// # Errors
    /// In words, when no answer could be had.
    pub async fn add_role(&self, user: &User, role: &str) -> Result<Rc<Exchange>, String> {
        let ids = [("groupId", user.group.as_str()), ("userId", user.id.as_str())];
        let body = json!({ contract::role_property(): role });
        self.call(&ADD_GROUP_USER_ROLE, &ids, Some(&body)).await
    }

    /// Removes a user from its project; one who is gone already is fine.
    ///
    /// # Errors
    /// In words, when the target refuses.
    pub async fn remove_user(&self, user: &User) -> Result<(), String> {
        let ids = [("groupId", user.group.as_str()), ("userId", user.id.as_str())];
        let exchange = self.call(&REMOVE_GROUP_USER, &ids, None).await?;
        match exchange.status() {
            Some(200..300 | 404) => Ok(()),
            _ => Err(format!(
                "can't remove the user {} again: {}",
                user.username,
                exchange.received()
            )),
        }
    }

    async fn call(
        &self,
        operation: &Operation,
        ids: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Rc<Exchange>, String> {
        let owner = self.session.owners().into_iter().next().unwrap_or(Credential::Anonymous);
        let mut tries = 1;
        loop {
            let request = request(&self.session.prefix, operation, ids, body);
            let exchanges = self.session.send(request, &owner, None).await?;
            let last = exchanges.last().ok_or("nothing was sent")?;
            if matches!(last.status(), Some(500..)) && tries < SERVER_ERROR_TRIES {
                tries += 1;
                continue;
            }
            return Ok(Rc::clone(last));
        }
    }
}

/// The documented request of a sibling operation, below a prefix and not yet authenticated.
pub fn request(
    prefix: &str,
    operation: &Operation,
    ids: &[(&str, &str)],
    body: Option<&Value>,
) -> Request {
    let header = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
    let success = operation.responses.iter().find(|response| response.status < 300);
    let accept = success.and_then(|success| success.content.last()).map(|c| c.media_type);
    let mut headers = vec![header("Accept", accept.unwrap_or("application/json"))];
    if let (Some(_), Some(documented)) = (body, operation.request_body) {
        headers.push(header("Content-Type", documented.content[0].media_type));
    }
    Request {
        method: operation.method.to_owned(),
        target: format!("{prefix}{}", operation.path_with(ids)),
        headers,
        body: body.map(|body| Bytes::from(body.to_string())).unwrap_or_default(),
    }
}

fn made(
    group: &str,
    membership: Membership,
    username: &str,
    wanted: &BTreeSet<String>,
    exchange: &Exchange,
) -> Result<User, String> {
    let body = exchange.outcome.as_ref().ok().and_then(|answer| answer.json()).unwrap_or_default();
    let Some(id) = body["id"].as_str() else {
        return Err(format!(
            "can't set up a user: the answer to {} has no `id`",
            ADD_GROUP_USERS.id
        ));
    };
    let status = body["orgMembershipStatus"].as_str().unwrap_or("none");
    if status != membership.word() {
        let key = match membership {
            Membership::Active => "state.active_username",
            Membership::Pending => "state.pending_username",
        };
        return Err(format!(
            "can't set up a user: {username} came out with orgMembershipStatus {status}, not {}; \
             set `{key}` to a name that the target makes {}",
            membership.word(),
            membership.word()
        ));
    }
    if let Some(got) = roles(&body).filter(|got| got != wanted) {
        return Err(format!(
            "can't set up a user: {username} was made with the roles {}, not {}",
            listed(&got),
            listed(wanted)
        ));
    }
    Ok(User {
        group: group.to_owned(),
        id: id.to_owned(),
        username: username.to_owned(),
        membership,
        roles: RefCell::new(wanted.clone()),
    })
}
