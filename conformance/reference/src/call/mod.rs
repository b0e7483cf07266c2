//! A request on its way to a response.

mod memory;
mod response;
mod route;

use std::sync::Arc;

use serde_json::Value;

pub(crate) use memory::Memory;
pub(crate) use response::{Response, Success};
pub(crate) use route::{Operation, Route};

use crate::{
    auth::{Account, Caller, Denial, Scheme},
    http::{Flags, Query, Request},
    refusal::Refusal,
    store::{Decision, Member, Removal, Store, Target},
};

/// A request on its way to a response, with all that is known of it so far.
pub(crate) struct Call {
    pub(crate) request: Request,
    /// The resource that the path names.
    pub(crate) route: Route,
    /// The operation, once it is known.
    pub(crate) operation: Option<Operation>,
    /// The result of checking the credentials.
    pub(crate) credentials: Result<Caller, Denial>,
    /// The caller, once the credentials are accepted.
    pub(crate) caller: Option<Caller>,
    pub(crate) query: Query,
    /// The flags of the query.
    pub(crate) flags: Flags,
    /// The content of the body, once it is read.
    pub(crate) input: Input,
    /// The user that the path names, as it was before the call.
    pub(crate) before: Option<Member>,
    /// Whether the path names the first of the two projects.
    pub(crate) in_main_project: bool,
    /// Whether the previous removal for the same user was refused; none if this is the first.
    pub(crate) previous_refused: Option<bool>,
    /// The reason why it is refused: of the latest check or the decision, and in the end of all.
    pub(crate) refusal: Option<Refusal>,
    /// The values of the WWW-Authenticate fields, for a 401.
    pub(crate) challenges: Vec<String>,
    /// Its number among all requests, from 1.
    pub(crate) serial: u64,
    /// State that lives from call to call.
    pub(crate) memory: Arc<Memory>,
}

/// The content of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Input {
    #[default]
    Nothing,
    /// A role to add or to remove.
    Role(String),
    /// A user to add.
    User { username: String, roles: Vec<String> },
}

impl Call {
    /// Reads path, query and user, again if the request was edited.
    pub(crate) fn read(&mut self, store: &Store) {
        self.route = Route::of(&self.request.path);
        self.query = Query::read(&self.request.query);
        self.flags = self.query.flags();
        self.before = self.target().and_then(|target| store.find(&target).cloned());
        self.in_main_project = self.route.group().is_some_and(|group| store.is_main_project(group));
        self.previous_refused = self.route.user().and_then(|user| self.memory.outcome(user));
    }

    /// The role that the body names, once the body passed its check.
    pub(crate) fn role(&self) -> Option<&str> {
        match &self.input {
            Input::Role(role) => Some(role),
            _ => None,
        }
    }

    /// The body as JSON, or null.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.request.body).unwrap_or_default()
    }

    /// The role that the body names, even if a check refused the call before the body was read.
    pub(crate) fn asked_role(&self) -> Option<String> {
        self.json().get("groupRole")?.as_str().map(str::to_owned)
    }

    /// The user id that the path names, or nothing.
    pub(crate) fn user(&self) -> &str {
        self.route.user().unwrap_or_default()
    }

    /// The username of the user that the path names, or nothing.
    pub(crate) fn username(&self) -> &str {
        self.before.as_ref().map_or("", |member| &member.person.username)
    }

    /// The user in the project that the path names.
    pub(crate) fn target(&self) -> Option<Target> {
        let group = self.route.group()?.to_owned();
        Some(Target { group, user: self.route.user()?.to_owned() })
    }

    /// The removal that it asks for, legal or not.
    pub(crate) fn removal(&self) -> Decision {
        let target = self.target().ok_or(Refusal::UnknownUser)?;
        Ok(Removal { target, role: self.role().unwrap_or_default().to_owned() })
    }

    /// A removal that succeeds and removes nothing.
    pub(crate) fn removal_of_nothing(&self) -> Decision {
        Ok(Removal { role: String::new(), ..self.removal()? })
    }

    /// Whether it was refused for this.
    pub(crate) fn refused_for(&self, refusal: &Refusal) -> bool {
        self.refusal.as_ref() == Some(refusal)
    }

    /// Whether it came with a good bearer token.
    pub(crate) fn by_bearer(&self) -> bool {
        self.credentials.is_ok_and(|caller| caller.scheme == Scheme::Bearer)
    }

    /// Whether it came with a good Digest response.
    pub(crate) fn by_digest(&self) -> bool {
        self.credentials.is_ok_and(|caller| caller.scheme != Scheme::Bearer)
    }

    /// Whether it came with good credentials of the owner.
    pub(crate) fn by_owner(&self) -> bool {
        self.credentials.is_ok_and(|caller| caller.account == Account::Owner)
    }

    /// Whether the user was pending before.
    pub(crate) fn was_pending(&self) -> bool {
        self.before.as_ref().is_some_and(|member| member.person.is_pending())
    }

    /// Whether the user was active before.
    pub(crate) fn was_active(&self) -> bool {
        self.before.as_ref().is_some_and(|member| !member.person.is_pending())
    }

    /// The roles that the user had before.
    pub(crate) fn had(&self) -> &[String] {
        self.before.as_ref().map(|member| member.roles.as_slice()).unwrap_or_default()
    }

    /// The role that was the user's only one when another was given last.
    pub(crate) fn was_only(&self) -> Option<&str> {
        self.before.as_ref().and_then(|member| member.was_only.as_deref())
    }

    /// The roles that were removed from the user before, in that order.
    pub(crate) fn removed(&self) -> &[String] {
        self.before.as_ref().map(|member| member.removed.as_slice()).unwrap_or_default()
    }
}
