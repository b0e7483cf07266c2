//! A request on its way to an answer.

use std::sync::Arc;

use super::{
    auth::{Caller, Denial, Scheme},
    hook::Decision,
    memory::Memory,
    query::{Flags, Query},
    refusal::Refusal,
    request::Request,
    route::{Operation, Route, Target},
    store::{Member, Removal},
};

/// A request on its way to an answer, with all that is known of it so far.
pub(crate) struct Call {
    /// The request.
    pub(crate) request: Request,
    /// The resource that it names.
    pub(crate) route: Route,
    /// What it asks for, once that is known.
    pub(crate) operation: Option<Operation>,
    /// What its credentials are worth.
    pub(crate) credentials: Result<Caller, Denial>,
    /// Who sent it, once that is accepted.
    pub(crate) caller: Option<Caller>,
    /// Its query.
    pub(crate) query: Query,
    /// The flags of its query.
    pub(crate) flags: Flags,
    /// What its body says, once that is read.
    pub(crate) input: Input,
    /// The user that it names, as it was before.
    pub(crate) before: Option<Member>,
    /// Why it is refused, once it is.
    pub(crate) refusal: Option<Refusal>,
    /// The values of the WWW-Authenticate fields, should it come to a 401.
    pub(crate) challenges: Vec<String>,
    /// Its number among all requests, from 1.
    pub(crate) serial: u64,
    /// What a fault remembers from call to call.
    pub(crate) memory: Arc<Memory>,
}

/// What a body says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Input {
    /// Nothing that matters.
    #[default]
    Nothing,
    /// A role to add or to remove.
    Role(String),
    /// A user to add.
    User {
        /// The email address.
        username: String,
        /// The roles.
        roles: Vec<String>,
    },
}

impl Call {
    /// The role that the body names.
    pub(crate) fn role(&self) -> Option<&str> {
        match &self.input {
            Input::Role(role) => Some(role),
            _ => None,
        }
    }

    /// The user in the project that the path names.
    pub(crate) fn target(&self) -> Option<Target> {
        let group = self.route.group()?.to_owned();
        Some(Target { group, user: self.route.user()?.to_owned() })
    }

    /// The removal that it asks for, be it legal or not.
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

    /// Whether it came with a bearer token that is good.
    pub(crate) fn by_bearer(&self) -> bool {
        self.credentials.is_ok_and(|caller| caller.scheme == Scheme::Bearer)
    }

    /// Whether it came with a good Digest response.
    pub(crate) fn by_digest(&self) -> bool {
        self.credentials.is_ok_and(|caller| caller.scheme != Scheme::Bearer)
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
}
