//! Sets users up and reads them back through a URL of the vendor's: `docs/provider-states.md`.

use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_engine::exchange::{Exchange, Request, Response};
use atlas_engine::secret::Secret;
use atlas_engine::session::failure_budget::FailureBudget;
use atlas_engine::session::{SendError, Session};
use atlas_engine::transport::Transport;
use bytes::Bytes;
use serde_json::{Value, json};
use url::Url;

use super::error::{HookUrlError, SetupError};
use super::journal::Journal;
use super::user::{Membership, User};
use crate::subject::{listed, roles};

/// How much of a hook's answer is repeated in an error.
const EXCERPT: usize = 200;

pub struct Hook {
    transport: Transport,
    url: String,
    path: String,
    token: Option<Secret>,
    budget: FailureBudget,
}

impl Hook {
    /// The hook at a URL, beside the target of this session.
    ///
    /// # Errors
    /// When the URL can't be used.
    pub fn new(text: &str, token: Option<Secret>, session: &Session) -> Result<Self, HookUrlError> {
        let url: Url =
            text.parse().map_err(|source| HookUrlError::Url { got: text.to_owned(), source })?;
        let transport = session.transport_to(&url).map_err(HookUrlError::Transport)?;
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let path = format!("{}{query}", url.path());
        let budget = session.budget_of("the hook");
        Ok(Self { transport, url: text.to_owned(), path, token, budget })
    }

    /// Asks for a user with these roles. The name is a wish, so that tests can tell users apart.
    ///
    /// # Errors
    /// When the hook refuses.
    pub async fn add_user(
        &self,
        group: &str,
        membership: Membership,
        username: &str,
        wanted: &BTreeSet<String>,
        journal: &Journal,
    ) -> Result<User, SetupError> {
        let made = self.made(group, membership.word(), username, wanted, journal).await?;
        let Some((user, id, username)) = made else {
            return Err(SetupError::HookHasNone { url: self.url.clone(), membership });
        };
        if let Some(got) = roles(&user).filter(|got| got != wanted) {
            return Err(SetupError::Roles {
                made: format!("the hook made {username}"),
                got: listed(&got),
                wanted: listed(wanted),
            });
        }
        let group = user["groupId"].as_str().unwrap_or(group);
        Ok(User::new(group, &id, &username, membership, wanted.clone()))
    }

    /// Asks for a user who was invited through the deprecated project invitation; gives the id, or
    /// none where the hook has no such users.
    ///
    /// # Errors
    /// When the hook refuses.
    pub async fn add_deprecated(
        &self,
        group: &str,
        wanted: &BTreeSet<String>,
        journal: &Journal,
    ) -> Result<Option<String>, SetupError> {
        let name = "invited-long-ago@example.com";
        let made = self.made(group, "DEPRECATED_INVITATION", name, wanted, journal).await?;
        Ok(made.map(|(_, id, _)| id))
    }

    async fn made(
        &self,
        group: &str,
        membership: &str,
        username: &str,
        wanted: &BTreeSet<String>,
        journal: &Journal,
    ) -> Result<Option<(Value, String, String)>, SetupError> {
        journal.asked(group, username)?;
        let params = json!({
            "groupId": group,
            "membership": membership,
            "roles": wanted,
            "username": username,
        });
        let (answer, exchange) = self.post("user", "setup", params).await?;
        if exchange.status() == Some(501) {
            journal.refused(group, username)?;
            return Ok(None);
        }
        let Some(user) = answer.filter(|_| matches!(exchange.status(), Some(200..300))) else {
            journal.refused(group, username)?;
            return Err(self.refused("set up a user", &exchange, ""));
        };
        let id = user["userId"].as_str().map(str::to_owned);
        let id = id.ok_or_else(|| SetupError::HookNoId { url: self.url.clone() })?;
        let wished = username;
        let username = user["username"].as_str().unwrap_or(wished).to_owned();
        journal.made(group, &username, &id)?;
        // Where the hook chose another name, the name that was wished for is settled as well.
        journal.refused(group, wished)?;
        Ok(Some((user, id, username)))
    }

    /// What the hook says of a user; `None` where it knows no such user.
    ///
    /// # Errors
    /// When the hook refuses.
    pub async fn read(
        &self,
        group: &str,
        id: &str,
    ) -> Result<(Rc<Exchange>, Option<Value>), SetupError> {
        let params = json!({ "groupId": group, "userId": id });
        let (answer, exchange) = self.post("roles-of", "read", params).await?;
        match (exchange.status(), answer) {
            (Some(200..300), Some(user)) if roles(&user).is_some() => Ok((exchange, Some(user))),
            (Some(404), _) => Ok((exchange, None)),
            _ => Err(self.refused(
                "read a user back",
                &exchange,
                "; set `state.read_back` to `api`, or to `none` to judge what answers alone show",
            )),
        }
    }

    /// Gives a user exactly these roles.
    ///
    /// # Errors
    /// When the hook refuses.
    pub async fn set_roles(
        &self,
        user: &User,
        wanted: &BTreeSet<String>,
    ) -> Result<(), SetupError> {
        let params = json!({ "groupId": user.group, "userId": user.id, "roles": wanted });
        let (_, exchange) = self.post("roles-of", "setup", params).await?;
        match exchange.status() {
            Some(200..300) => Ok(()),
            _ => Err(self.refused(
                "give a user roles",
                &exchange,
                "; set `state.add_roles` to `api` or `none`",
            )),
        }
    }

    /// Removes a user; one who is gone already is fine.
    ///
    /// # Errors
    /// When the hook refuses.
    pub async fn remove(&self, group: &str, id: &str) -> Result<(), SetupError> {
        let params = json!({ "groupId": group, "userId": id });
        let (_, exchange) = self.post("user", "teardown", params).await?;
        match exchange.status() {
            Some(200..300 | 404) => Ok(()),
            _ => Err(self.refused(&format!("remove the user {id} again"), &exchange, "")),
        }
    }

    async fn post(
        &self,
        state: &str,
        action: &str,
        params: Value,
    ) -> Result<(Option<Value>, Rc<Exchange>), SetupError> {
        let header = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
        let mut headers =
            vec![header("Content-Type", "application/json"), header("Accept", "application/json")];
        if let Some(token) = &self.token {
            headers.push(header("Authorization", &format!("Bearer {}", token.expose())));
        }
        let body = json!({ "state": state, "action": action, "params": params }).to_string();
        let request = Request {
            method: "POST".to_owned(),
            target: self.path.clone(),
            headers,
            body: Bytes::from(body),
            ..Request::default()
        };
        self.budget.check().map_err(SendError::from)?;
        let mut exchange = self.transport.send(request).await;
        self.budget.record(&exchange);
        // Evidence shows where the request went, which is not the target.
        exchange.request.target.clone_from(&self.url);
        if let Err(error) = &exchange.outcome {
            let (url, source) = (self.url.clone(), error.clone());
            return Err(SetupError::HookUnanswered { url, source });
        }
        Ok((exchange.json(), Rc::new(exchange)))
    }

    fn refused(&self, action: &str, exchange: &Exchange, advice: &'static str) -> SetupError {
        let text = exchange.response().map(excerpt).unwrap_or_default();
        let text = match exchange.status() {
            _ if text.is_empty() => "without a body".to_owned(),
            Some(200..300) if exchange.json().is_none() => format!("with what is no JSON: {text}"),
            _ => text,
        };
        SetupError::HookRefused {
            action: action.to_owned(),
            url: self.url.clone(),
            answer: format!("{} {text}", exchange.received()),
            advice,
        }
    }
}

/// The beginning of a body, in one line.
fn excerpt(response: &Response) -> String {
    let text = String::from_utf8_lossy(response.body());
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect()
}
