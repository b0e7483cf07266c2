//! A removal to be sent: the documented request, and every way to depart from it.

use std::collections::BTreeSet;
use std::sync::Arc;

use atlas_api::clauses::Clause;
use atlas_engine::auth::credential::Credential;
use atlas_engine::contract::content;
use atlas_engine::exchange::{Circumstance, Circumstances, Headers, Request};
use atlas_engine::judge::media_type;
use atlas_engine::judge::response::RequestContext;
use bytes::Bytes;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::circumstances;
use crate::operation;
use crate::subject::Subject;
use crate::users::user::User;

/// What a path segment can't hold as it is (RFC 3986, 3.3).
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'/')
    .add(b'%')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'|');

/// A well-formed id that names no user and no project. It was drawn at random, since a mock may
/// have given out the ids that are easy to remember.
pub const NOBODY: &str = "c7d0f1a96b3e4852d94af07e";

/// One request of the operation.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: String,
    /// groupId as it goes into the path, encoded.
    pub group: String,
    /// userId as it goes into the path, encoded.
    pub user: String,
    /// The query, without `?`.
    pub query: String,
    /// Content-Type, if one is sent.
    pub content_type: Option<String>,
    /// Accept, if one is sent.
    pub accept: Option<String>,
    pub headers: Headers,
    pub body: Bytes,
    /// Who sends it; `None` is the first owner that the run has.
    pub credential: Option<Credential>,
    /// What its response is judged by.
    pub context: RequestContext,
    /// The user that its response has to be about.
    pub subject: Subject,
    /// Whether it asks for an envelope.
    pub envelope: bool,
    /// The role that the plain request names.
    pub role: String,
    /// What it is sent under.
    pub circumstances: Circumstances,
    /// The clause that has it refused, whatever role it names.
    pub refusal: Option<Clause>,
    /// Whether a server may refuse it for its form.
    pub optional: bool,
}

impl Call {
    /// The documented request: this role, from this user.
    pub fn removal(user: &User, role: &str) -> Self {
        let property = operation::role_property();
        let media_type = operation::request_media_type();
        let mut circumstances = Circumstances::from([
            circumstances::membership(user.membership),
            circumstances::roles_held(user.held().len()),
            circumstances::role(role),
            circumstances::documented_content_type(),
        ]);
        let is_replaced = user.was_only.borrow().as_deref() == Some(role) && user.held().len() > 1;
        circumstances.extend(is_replaced.then(circumstances::replacing));
        Self {
            method: operation::contract().method.to_owned(),
            group: user.group.clone(),
            user: user.id.clone(),
            query: String::new(),
            content_type: Some(media_type.to_owned()),
            accept: content(operation::contract(), 200)
                .map(|content| content.media_type.to_owned()),
            headers: Vec::new(),
            body: Bytes::from(json!({ property: role }).to_string()),
            credential: None,
            context: RequestContext::new(operation::contract()),
            subject: Subject {
                id: user.id.clone(),
                username: user.username.clone(),
                membership: user.membership.word(),
                roles: None,
            },
            envelope: false,
            role: role.to_owned(),
            circumstances,
            refusal: None,
            optional: false,
        }
    }

    /// ... under this circumstance too.
    pub fn under(mut self, circumstance: Circumstance) -> Self {
        self.circumstances.insert(circumstance);
        self
    }

    /// ... that has to be refused, as this clause says.
    pub const fn refused_for(mut self, clause: Clause) -> Self {
        self.refusal = Some(clause);
        self
    }

    /// ... as this credential.
    pub fn by(mut self, credential: Credential) -> Self {
        self.refusal = match credential {
            Credential::Anonymous => Some(Clause::AuthRequired),
            Credential::Reader | Credential::ReaderKey => Some(Clause::AuthPermission),
            _ => self.refusal,
        };
        self.credential = Some(credential);
        self
    }

    /// ... with this query, which is sent as it stands.
    pub fn query(mut self, query: &str) -> Self {
        query.clone_into(&mut self.query);
        self.envelope = query.split('&').any(|pair| pair == "envelope=true");
        self.circumstances.extend(circumstances::query(query));
        self
    }

    /// ... with another method.
    pub fn method(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self.context.of_operation = method == operation::contract().method;
        self.under(circumstances::message(method.to_owned()))
    }

    /// ... with this body, which is sent as it stands.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        let plain = std::mem::replace(&mut self.body, body.into());
        self.circumstances.extend(circumstances::body(&self.body, &plain));
        self
    }

    /// ... with this Content-Type, or none.
    pub fn content_type(mut self, value: Option<&str>) -> Self {
        self.content_type = value.map(str::to_owned);
        let documented = operation::request_media_type();
        if value == Some(documented) {
            return self;
        }
        self.circumstances.remove(&circumstances::documented_content_type());
        let same = value.is_some_and(|value| media_type::is(value, documented));
        self.circumstances.extend(circumstances::content_type(value, same));
        self
    }

    /// ... with this Accept, or none.
    pub fn accept(mut self, value: Option<&str>) -> Self {
        self.accept = value.map(str::to_owned);
        let words = value.map_or_else(|| "no Accept".to_owned(), |it| format!("Accept {it}"));
        self.under(circumstances::message(words))
    }

    /// ... for this group id, which is percent-encoded.
    pub fn group(self, id: &str) -> Self {
        self.group_segment(&encoded(id))
    }

    /// ... for this user id, which is percent-encoded.
    pub fn user(self, id: &str) -> Self {
        self.user_segment(&encoded(id))
    }

    /// ... with a further header field, whose value need not be text.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let words = format!("{name}: {}", String::from_utf8_lossy(value.as_ref()));
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self.under(circumstances::message(words))
    }

    /// ... with this segment for the groupId, which is sent as it stands.
    pub fn group_segment(mut self, segment: &str) -> Self {
        segment.clone_into(&mut self.group);
        self.under(circumstances::message("another groupId"))
    }

    /// ... with this segment for the userId, which is sent as it stands.
    pub fn user_segment(mut self, segment: &str) -> Self {
        segment.clone_into(&mut self.user);
        self.under(circumstances::message("another userId"))
    }

    /// ... with the userId of the path written otherwise.
    pub fn user_written(mut self, write: impl FnOnce(&str) -> String) -> Self {
        self.user = write(&self.user);
        self.under(circumstances::message("the userId in another form"))
    }

    /// ... that no documentation speaks of: an undocumented status breaks this clause.
    pub const fn odd(mut self, clause: Clause) -> Self {
        self.context.odd = Some(clause);
        self
    }

    /// ... with these statuses also legal, by HTTP's own rules.
    pub fn also_legal(mut self, statuses: &'static [u16]) -> Self {
        self.context.also_legal = statuses;
        self
    }

    /// ... in a form that a server may refuse, with these statuses besides the documented ones.
    pub const fn optional(mut self, statuses: &'static [u16]) -> Self {
        self.optional = true;
        self.context.also_legal = statuses;
        self
    }

    /// ... on a path that is no path of the operation.
    pub fn outside(mut self) -> Self {
        self.context.of_operation = false;
        self
    }

    /// ... after which a 200 must show these roles.
    pub fn expecting(mut self, roles: BTreeSet<String>) -> Self {
        self.subject.roles = Some(roles);
        self
    }

    /// The request target below a prefix.
    pub fn target(&self, prefix: &str) -> String {
        let path = operation::contract()
            .path
            .replace("{groupId}", &self.group)
            .replace("{userId}", &self.user);
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{prefix}{path}{mark}{}", self.query)
    }
}

impl Call {
    /// The request below a prefix, not yet authenticated.
    pub fn request(&self, prefix: &str) -> Request {
        let mut headers = self.headers.clone();
        for (name, value) in [("Content-Type", &self.content_type), ("Accept", &self.accept)] {
            if let Some(value) = value {
                headers.push((name.to_owned(), value.clone().into_bytes()));
            }
        }
        Request {
            method: self.method.clone(),
            target: self.target(prefix),
            headers,
            body: self.body.clone(),
            under_test: true,
            envelope: self.envelope,
            circumstances: Arc::new(self.circumstances.clone()),
        }
    }
}

/// Text as one path segment.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// Text with every byte that is no letter or digit encoded.
pub fn encoded_fully(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
