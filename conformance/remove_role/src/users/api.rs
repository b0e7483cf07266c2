//! Sets users up and reads them back through the sibling operations.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use atlas_api::constraints::{
    ADD_GROUP_USER_ROLE, ADD_GROUP_USERS, GET_GROUP_USER, LIST_GROUP_USERS, REMOVE_GROUP_USER,
};
use atlas_api::contract::Operation;
use atlas_engine::auth::credential::Credential;
use atlas_engine::exchange::{Exchange, Request};
use atlas_engine::session::Session;
use bytes::Bytes;
use serde_json::{Value, json};

use super::error::SetupError;
use super::journal::Journal;
use super::user::{Membership, User};
use crate::operation;
use crate::subject::{listed, roles};

/// How often a sibling operation that answers 5xx is asked again.
const SERVER_ERROR_TRIES: u32 = 3;

/// The sibling operations of one target.
pub struct Api {
    session: Rc<Session>,
}

impl Api {
    pub fn new(session: Rc<Session>) -> Self {
        Self { session }
    }

    /// Adds a user with these roles to a project. A name that is taken gets a suffix. A user who
    /// comes out otherwise than asked for is taken out again.
    ///
    /// # Errors
    /// When the target refuses, or the user comes out otherwise.
    pub async fn add_user(
        &self,
        group: &str,
        membership: Membership,
        username: &str,
        wanted: &BTreeSet<String>,
        journal: &Journal,
    ) -> Result<User, SetupError> {
        let (local, domain) = username.split_once('@').unwrap_or((username, "example.com"));
        for suffix in ["", "x1", "x2", "x3"] {
            let username = format!("{local}{suffix}@{domain}");
            let body = json!({ "username": username, "roles": wanted });
            journal.asked(group, &username)?;
            let exchange = self.call(&ADD_GROUP_USERS, &[("groupId", group)], Some(&body)).await?;
            match exchange.status() {
                Some(409) => journal.refused(group, &username)?,
                Some(200..300) => {
                    let made = made(group, membership, &username, wanted, &exchange)
                        .map(|user| User { made_by: Some(Rc::clone(&exchange)), ..user });
                    return self.kept(group, &username, made, &exchange, journal).await;
                }
                status => {
                    if status.is_some_and(|status| status < 500) {
                        journal.refused(group, &username)?;
                    }
                    let (operation, answer) = (ADD_GROUP_USERS.id, exchange.was_answered());
                    let hint = match status {
                        Some(400 | 404 | 422) => format!(
                            "; where it doesn't know one of {}, set `state.roles` to those that it \
                             knows",
                            listed(wanted)
                        ),
                        _ => String::new(),
                    };
                    return Err(SetupError::NotAdded { operation, username, answer, hint });
                }
            }
        }
        Err(SetupError::NamesTaken { username: username.to_owned() })
    }

    /// Notes the user that an answer shows, and takes one out again that is not as wanted.
    async fn kept(
        &self,
        group: &str,
        username: &str,
        made: Result<User, SetupError>,
        exchange: &Exchange,
        journal: &Journal,
    ) -> Result<User, SetupError> {
        let body = exchange.json();
        let id = body.as_ref().and_then(|body| body["id"].as_str()).unwrap_or_default();
        // Whoever has another name was there before and is not the suite's to change.
        let named = body.as_ref().and_then(|body| body["username"].as_str());
        if let Some(got) = named.filter(|named| !named.eq_ignore_ascii_case(username)) {
            return Err(SetupError::AnotherUser {
                operation: ADD_GROUP_USERS.id,
                username: username.to_owned(),
                got: got.to_owned(),
            });
        }
        if !id.is_empty() {
            journal.made(group, username, id)?;
        }
        if made.is_err() && !id.is_empty() && self.remove(group, id).await.is_ok() {
            journal.gone(group, id)?;
        }
        made
    }

    /// What the target says of a user, as JSON; `None` where it knows no such user.
    ///
    /// # Errors
    /// When the target says nothing that can be used.
    pub async fn read(
        &self,
        group: &str,
        id: &str,
    ) -> Result<(Rc<Exchange>, Option<Value>), SetupError> {
        let ids = [("groupId", group), ("userId", id)];
        let exchange = self.call(&GET_GROUP_USER, &ids, None).await?;
        match (exchange.status(), exchange.json()) {
            (Some(200), Some(body)) if roles(&body).is_some() => Ok((exchange, Some(body))),
            (Some(404), _) => Ok((exchange, None)),
            _ => {
                let (operation, answer) = (GET_GROUP_USER.id, exchange.was_answered());
                Err(SetupError::NotRead { operation, answer })
            }
        }
    }

    /// Adds a role; returns the exchange, whatever it says.
    ///
    /// # Errors
    /// When no response could be had.
    pub async fn add_role(&self, user: &User, role: &str) -> Result<Rc<Exchange>, SetupError> {
        let ids = [("groupId", user.group.as_str()), ("userId", user.id.as_str())];
        let body = json!({ operation::role_property(): role });
        self.call(&ADD_GROUP_USER_ROLE, &ids, Some(&body)).await
    }

    /// Takes a role away through the operation under test, to give a listed user back as it was.
    ///
    /// # Errors
    /// When the target refuses.
    pub async fn remove_role(&self, user: &User, role: &str) -> Result<(), SetupError> {
        let ids = [("groupId", user.group.as_str()), ("userId", user.id.as_str())];
        let body = json!({ operation::role_property(): role });
        let exchange = self.call(operation::contract(), &ids, Some(&body)).await?;
        match exchange.status() {
            Some(200..300) => Ok(()),
            _ => Err(SetupError::RoleNotRemoved {
                role: role.to_owned(),
                username: user.username.clone(),
                answer: exchange.received(),
            }),
        }
    }

    /// Removes a user from a project; one who is gone already is fine.
    ///
    /// # Errors
    /// When the target refuses.
    pub async fn remove(&self, group: &str, id: &str) -> Result<(), SetupError> {
        let ids = [("groupId", group), ("userId", id)];
        let exchange = self.call(&REMOVE_GROUP_USER, &ids, None).await?;
        match exchange.status() {
            Some(200..300 | 404) => Ok(()),
            _ => {
                let (id, answer) = (id.to_owned(), exchange.received());
                Err(SetupError::NotRemoved { id, answer })
            }
        }
    }

    /// The users of a project, page after page, as JSON.
    ///
    /// # Errors
    /// When the target does not list them.
    pub async fn users(&self, group: &str) -> Result<Vec<Value>, SetupError> {
        const PAGE: usize = 100;
        let mut all = Vec::new();
        for page in 1.. {
            let mut request =
                request(&self.session.prefix, &LIST_GROUP_USERS, &[("groupId", group)], None);
            let _ = write!(request.target, "?itemsPerPage={PAGE}&pageNum={page}");
            let exchange = self.sent(request).await?;
            let body = exchange.json();
            let results = body.as_ref().and_then(|body| body["results"].as_array());
            let Some(results) = results.filter(|_| exchange.status() == Some(200)) else {
                let (operation, answer) = (LIST_GROUP_USERS.id, exchange.was_answered());
                return Err(SetupError::NotListed { operation, answer });
            };
            all.extend(results.iter().cloned());
            if results.len() < PAGE {
                break;
            }
        }
        Ok(all)
    }

    async fn call(
        &self,
        operation: &Operation,
        ids: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Rc<Exchange>, SetupError> {
        self.sent(request(&self.session.prefix, operation, ids, body)).await
    }

    async fn sent(&self, request: Request) -> Result<Rc<Exchange>, SetupError> {
        let owner = self.session.owners().into_iter().next().unwrap_or(Credential::Anonymous);
        let mut tries = 1;
        loop {
            let exchanges = self.session.send(request.clone(), &owner, None).await?;
            let last = exchanges.last().ok_or(SetupError::NothingSent)?;
            if matches!(last.status(), Some(500..)) && tries < SERVER_ERROR_TRIES {
                tries += 1;
                self.session.count_setup_retry();
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
        under_test: operation.id == operation::contract().id,
        ..Request::default()
    }
}

fn made(
    group: &str,
    membership: Membership,
    username: &str,
    wanted: &BTreeSet<String>,
    exchange: &Exchange,
) -> Result<User, SetupError> {
    let body = exchange.json().unwrap_or_default();
    let id = body["id"].as_str().ok_or(SetupError::NoId { operation: ADD_GROUP_USERS.id })?;
    let status = body["orgMembershipStatus"].as_str().unwrap_or("none");
    if status != membership.word() {
        return Err(SetupError::Membership {
            username: username.to_owned(),
            got: status.to_owned(),
            wanted: membership.word(),
            key: membership.key(),
        });
    }
    if let Some(got) = roles(&body).filter(|got| got != wanted) {
        return Err(SetupError::Roles {
            made: format!("{username} was made"),
            got: listed(&got),
            wanted: listed(wanted),
        });
    }
    Ok(User::new(group, id, username, membership, wanted.clone()))
}
