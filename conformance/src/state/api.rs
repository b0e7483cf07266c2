//! Users set up and read back through the sibling operations.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use atlas_api::constraints::{
    ADD_GROUP_USER_ROLE, ADD_GROUP_USERS, GET_GROUP_USER, LIST_GROUP_USERS, REMOVE_GROUP_USER,
};
use atlas_api::contract::Operation;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::auth::credential::Credential;
use crate::contract;
use crate::exchange::{Exchange, Request};
use crate::judge::subject::{listed, roles};
use crate::state::journal::Journal;
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

    /// Adds a user with these roles to a project. A name that is taken gets a suffix. A user who
    /// comes out otherwise than asked for is taken out again.
    ///
    /// # Errors
    /// In words, with what the target said and what to do about it.
    pub async fn add_user(
        &self,
        group: &str,
        membership: Membership,
        username: &str,
        wanted: &BTreeSet<String>,
        journal: &Journal,
    ) -> Result<User, String> {
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
                    return Err(format!(
                        "can't set up a user: {} of {username} {}; the owner's \
                         credentials must be allowed to add users, or set `state.with` to `hook` \
                         or `fixtures`",
                        ADD_GROUP_USERS.id,
                        exchange.was_answered()
                    ));
                }
            }
        }
        Err(format!("can't set up a user: {username} and three names like it are taken"))
    }

    /// Notes the user that an answer shows, and takes one out again that is not as wanted.
    async fn kept(
        &self,
        group: &str,
        username: &str,
        made: Result<User, String>,
        exchange: &Exchange,
        journal: &Journal,
    ) -> Result<User, String> {
        let body = exchange.outcome.as_ref().ok().and_then(|answer| answer.json());
        let id = body.as_ref().and_then(|body| body["id"].as_str()).unwrap_or_default();
        // Whoever has another name was there before and is not the suite's to change.
        let named = body.as_ref().and_then(|body| body["username"].as_str());
        if named.is_some_and(|named| !named.eq_ignore_ascii_case(username)) {
            return Err(format!(
                "can't set up a user: {} of {username} was answered with another user, {}",
                ADD_GROUP_USERS.id,
                named.unwrap_or_default()
            ));
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
    /// In words.
    pub async fn read(
        &self,
        group: &str,
        id: &str,
    ) -> Result<(Rc<Exchange>, Option<Value>), String> {
        let ids = [("groupId", group), ("userId", id)];
        let exchange = self.call(&GET_GROUP_USER, &ids, None).await?;
        let body = exchange.outcome.as_ref().ok().and_then(|answer| answer.json());
        match (exchange.status(), body) {
            (Some(200), Some(body)) if roles(&body).is_some() => Ok((exchange, Some(body))),
            (Some(404), _) => Ok((exchange, None)),
            _ => Err(format!(
                "can't read a user back: {} {}; set `state.read_back` to `hook`, \
                 or to `none` to judge what answers alone show",
                GET_GROUP_USER.id,
                exchange.was_answered()
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

    /// Takes a role away through the operation under test, to give a listed user back as it was.
    ///
    /// # Errors
    /// In words, when the target refuses.
    pub async fn remove_role(&self, user: &User, role: &str) -> Result<(), String> {
        let ids = [("groupId", user.group.as_str()), ("userId", user.id.as_str())];
        let body = json!({ contract::role_property(): role });
        let exchange = self.call(contract::operation(), &ids, Some(&body)).await?;
        match exchange.status() {
            Some(200..300) => Ok(()),
            _ => Err(format!("can't take {role} from {}: {}", user.username, exchange.received())),
        }
    }

    /// Removes a user from a project; one who is gone already is fine.
    ///
    /// # Errors
    /// In words, when the target refuses.
    pub async fn remove(&self, group: &str, id: &str) -> Result<(), String> {
        let ids = [("groupId", group), ("userId", id)];
        let exchange = self.call(&REMOVE_GROUP_USER, &ids, None).await?;
        match exchange.status() {
            Some(200..300 | 404) => Ok(()),
            _ => Err(format!("can't remove the user {id} again: {}", exchange.received())),
        }
    }

    /// The users of a project, page after page, as JSON.
    ///
    /// # Errors
    /// In words, when the target does not list them.
    pub async fn users(&self, group: &str) -> Result<Vec<Value>, String> {
        const PAGE: usize = 100;
        let mut all = Vec::new();
        for page in 1.. {
            let mut request =
                request(&self.session.prefix, &LIST_GROUP_USERS, &[("groupId", group)], None);
            let _ = write!(request.target, "?itemsPerPage={PAGE}&pageNum={page}");
            let exchange = self.sent(request).await?;
            let body = exchange.outcome.as_ref().ok().and_then(|answer| answer.json());
            let results = body.as_ref().and_then(|body| body["results"].as_array());
            let Some(results) = results.filter(|_| exchange.status() == Some(200)) else {
                return Err(format!(
                    "can't list the project's users: {} {}",
                    LIST_GROUP_USERS.id,
                    exchange.was_answered()
                ));
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
    ) -> Result<Rc<Exchange>, String> {
        self.sent(request(&self.session.prefix, operation, ids, body)).await
    }

    async fn sent(&self, request: Request) -> Result<Rc<Exchange>, String> {
        let owner = self.session.owners().into_iter().next().unwrap_or(Credential::Anonymous);
        let mut tries = 1;
        loop {
            let exchanges = self.session.send(request.clone(), &owner, None).await?;
            let last = exchanges.last().ok_or("nothing was sent")?;
            if matches!(last.status(), Some(500..)) && tries < SERVER_ERROR_TRIES {
                tries += 1;
                self.session.was_unwell();
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
    Ok(User::new(group, id, username, membership, wanted.clone()))
}
