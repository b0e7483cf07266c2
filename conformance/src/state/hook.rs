//! Users set up and read back through a URL of the vendor's: `docs/provider-states.md`.

use std::collections::BTreeSet;
use std::rc::Rc;

use bytes::Bytes;
use serde_json::{Value, json};
use url::Url;

use crate::exchange::{Exchange, Request};
use crate::judge::subject::{listed, roles};
use crate::secret::Secret;
use crate::state::journal::Journal;
use crate::target::patience::Patience;
use crate::target::session::Session;
use crate::target::wire::Wire;
use crate::user::{Membership, User};

/// How much of a hook's answer is repeated in an error.
const EXCERPT: usize = 200;

/// The vendor's hook.
pub struct Hook {
    wire: Wire,
    url: String,
    path: String,
    token: Option<Secret>,
    patience: Patience,
}

impl Hook {
    /// The hook at a URL, beside the target of this session.
    ///
    /// # Errors
    /// In words, when the URL can't be used.
    pub fn new(text: &str, token: Option<Secret>, session: &Session) -> Result<Self, String> {
        let url: Url = text.parse().map_err(|error| {
            format!("state.hook: expected a URL like http://127.0.0.1:8080/state, got `{text}` ({error})")
        })?;
        let wire = session.wire_to(&url).map_err(|reason| format!("state.hook: {reason}"))?;
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let path = format!("{}{query}", url.path());
        let patience = session.patience_with_hook();
        Ok(Self { wire, url: text.to_owned(), path, token, patience })
    }

    /// Asks for a user with these roles. The name is a wish, so that tests can tell users apart.
    ///
    /// # Errors
    /// In words, with what the hook said and what to do about it.
    pub async fn add_user(
        &self,
        group: &str,
        membership: Membership,
        username: &str,
        wanted: &BTreeSet<String>,
        journal: &Journal,
    ) -> Result<User, String> {
        let made = self.made(group, membership.word(), username, wanted, journal).await?;
        let Some((user, id, username)) = made else {
            return Err(format!(
                "can't set up a user: the hook {} answered 501, it has no {} users; name those \
                 that it has by `state.active_username` or `state.pending_username`",
                self.url,
                membership.word()
            ));
        };
        if let Some(got) = roles(&user).filter(|got| got != wanted) {
            return Err(format!(
                "can't set up a user: the hook made {username} with the roles {}, not {}",
                listed(&got),
                listed(wanted)
            ));
        }
        let group = user["groupId"].as_str().unwrap_or(group);
        Ok(User::new(group, &id, &username, membership, wanted.clone()))
    }

    /// Asks for a user who was invited through the deprecated project invitation; gives the id, or
    /// none where the hook has no such users.
    ///
    /// # Errors
    /// In words.
    pub async fn add_deprecated(
        &self,
        group: &str,
        wanted: &BTreeSet<String>,
        journal: &Journal,
    ) -> Result<Option<String>, String> {
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
    ) -> Result<Option<(Value, String, String)>, String> {
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
            return Err(self.trouble("set up a user", &exchange));
        };
        let Some(id) = user["userId"].as_str().map(str::to_owned) else {
            return Err(format!(
                "can't set up a user: the answer of the hook {} has no string `userId`",
                self.url
            ));
        };
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
    /// In words.
    pub async fn read(
        &self,
        group: &str,
        id: &str,
    ) -> Result<(Rc<Exchange>, Option<Value>), String> {
        let params = json!({ "groupId": group, "userId": id });
        let (answer, exchange) = self.post("roles-of", "read", params).await?;
        match (exchange.status(), answer) {
            (Some(200..300), Some(user)) if roles(&user).is_some() => Ok((exchange, Some(user))),
            (Some(404), _) => Ok((exchange, None)),
            _ => Err(format!(
                "{}; set `state.read_back` to `api`, or to `none` to judge what answers alone show",
                self.trouble("read a user back", &exchange)
            )),
        }
    }

    /// Gives a user exactly these roles.
    ///
    /// # Errors
    /// In words.
    pub async fn set_roles(&self, user: &User, wanted: &BTreeSet<String>) -> Result<(), String> {
        let params = json!({ "groupId": user.group, "userId": user.id, "roles": wanted });
        let (_, exchange) = self.post("roles-of", "setup", params).await?;
        match exchange.status() {
            Some(200..300) => Ok(()),
            _ => Err(format!(
                "{}; set `state.add_roles` to `api` or `none`",
                self.trouble("give a user roles", &exchange)
            )),
        }
    }

    /// Removes a user; one who is gone already is fine.
    ///
    /// # Errors
    /// In words, when the hook refuses.
    pub async fn remove(&self, group: &str, id: &str) -> Result<(), String> {
        let params = json!({ "groupId": group, "userId": id });
        let (_, exchange) = self.post("user", "teardown", params).await?;
        match exchange.status() {
            Some(200..300 | 404) => Ok(()),
            _ => Err(self.trouble(&format!("remove the user {id} again"), &exchange)),
        }
    }

    async fn post(
        &self,
        state: &str,
        action: &str,
        params: Value,
    ) -> Result<(Option<Value>, Rc<Exchange>), String> {
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
        };
        self.patience.lasts()?;
        let mut exchange = self.wire.send(request).await;
        self.patience.spend(&exchange);
        // Evidence shows where the request went, which is not the target.
        exchange.request.target.clone_from(&self.url);
        let answer = exchange.outcome.as_ref().map_err(|silence| {
            format!("the hook {}: {silence}; is it running, and is `state.hook` right?", self.url)
        })?;
        Ok((answer.json(), Rc::new(exchange)))
    }

    fn trouble(&self, what: &str, exchange: &Exchange) -> String {
        let said = exchange.outcome.as_ref().map(|answer| {
            let text = String::from_utf8_lossy(&answer.body);
            text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect()
        });
        let said: String = said.unwrap_or_default();
        let is_json = exchange.outcome.as_ref().is_ok_and(|answer| answer.json().is_some());
        let said = match exchange.status() {
            _ if said.is_empty() => "without a body".to_owned(),
            Some(200..300) if !is_json => format!("with what is no JSON: {said}"),
            _ => said,
        };
        format!("can't {what}: the hook {} answered {} {said}", self.url, exchange.received())
    }
}
