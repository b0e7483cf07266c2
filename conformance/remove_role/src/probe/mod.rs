//! What a check works with: it sets users up, sends requests, reads users back, and compares what
//! came with the contract and the model.

mod cases;
pub mod expecting;
mod given;
mod sending;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use atlas_engine::auth::credential::Credential;
use atlas_engine::auth::credentials::ApiKey;
use atlas_engine::exchange::Exchange;
use atlas_engine::run::check::CheckInfo;
use atlas_engine::run::recorder::Recorder;
use atlas_engine::run::state::RunState;
use atlas_engine::run::suite::Context;
use atlas_engine::session::Session;
use atlas_engine::traffic::sample::Placeholders;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use futures_util::future::join_all;
use tokio::sync::OnceCell;

use crate::config::Config;
use crate::users::provider::Provider;
use crate::users::user::{Membership, User};

/// Clauses whose breach harms a user: no property goes on after one, whichever check meets it.
const HARMFUL: &[Clause] = &[
    Clause::RolesRemovesExactlyOne,
    Clause::RolesNeverEmpty,
    Clause::RolesRefusalChangesNothing,
    Clause::StatusNoServerError,
    Clause::HttpAnswers,
];

/// What all checks of a run share.
pub struct RunContext {
    pub session: Rc<Session>,
    /// How users are set up and read back.
    pub provider: Provider,
    pub config: Config,
    /// The seed, the case budget and whether the run was stopped.
    pub state: Rc<RunState>,
    pub provoked: Provoked,
}

/// Which kinds of responses were provoked; the first check that needs a kind does it.
#[derive(Debug, Default)]
pub struct Provoked {
    pub successes: OnceCell<()>,
    pub refusals: OnceCell<()>,
}

impl RunContext {
    /// What all checks of a run share.
    pub fn new(
        config: &Config,
        state: Rc<RunState>,
        session: &Rc<Session>,
        provider: Provider,
    ) -> Rc<Self> {
        Rc::new(Self {
            session: Rc::clone(session),
            provider,
            config: config.clone(),
            state,
            provoked: Provoked::default(),
        })
    }
}

/// What one check works with. It is the check's recorder, too.
pub struct Probe {
    run: Rc<RunContext>,
    recorder: Recorder,
    users: RefCell<Vec<Rc<User>>>,
    /// Ids of users whose role a removal may have taken without an update of the model.
    unmodelled: RefCell<BTreeSet<String>>,
    deprecated: RefCell<Vec<String>>,
    /// The number of the next user name.
    usernames: Cell<u32>,
    /// How many cases were begun that ran side by side with others.
    cases_begun: Cell<u32>,
    /// Whether a user could not be read back.
    unreadable: Cell<bool>,
}

impl Deref for Probe {
    type Target = Recorder;

    fn deref(&self) -> &Recorder {
        &self.recorder
    }
}

impl Context for Probe {
    fn not_shown(&self) -> Option<String> {
        let clauses = self.check().clauses;
        let provider = &self.run.provider;
        if self.unreadable.get() && clauses.iter().any(|clause| clause.data().effect) {
            return Some(
                "the answers are as they should be, but what became of the users can't be read \
                 back: set `state.read_back`"
                    .to_owned(),
            );
        }
        let alone = !provider.capabilities.makes_users() && provider.different_users() < 2;
        (alone && clauses.iter().any(|clause| clause.data().several_users)).then(|| {
            "one listed user can't show whom the answers are about: list users of both memberships"
                .to_owned()
        })
    }

    /// Gives back every user that the check was given.
    async fn clean_up(&self) -> Vec<String> {
        let users = std::mem::take(&mut *self.users.borrow_mut());
        let mut left = Vec::new();
        for some in users.chunks(self.run.session.side_by_side()) {
            let given_back = join_all(some.iter().map(async |user| {
                self.audit(user).await;
                self.run.provider.give_back(user).await
            }));
            let failed = given_back.await.into_iter().filter_map(Result::err);
            left.extend(failed.map(|error| error.to_string()));
        }
        for id in self.deprecated.take() {
            let given_back = self.run.provider.give_back_deprecated(&id).await;
            left.extend(given_back.err().map(|error| error.to_string()));
        }
        left
    }

    fn into_recorder(self) -> Recorder {
        self.recorder
    }
}

impl Probe {
    /// The probe of one check.
    pub fn new(run: Rc<RunContext>, check: CheckInfo) -> Self {
        Self {
            recorder: Recorder::new(Rc::clone(&run.state), check, HARMFUL),
            run,
            users: RefCell::default(),
            unmodelled: RefCell::default(),
            deprecated: RefCell::default(),
            usernames: Cell::new(0),
            cases_begun: Cell::new(0),
            unreadable: Cell::new(false),
        }
    }

    /// The project roles that the target knows.
    pub fn roles(&self) -> Vec<String> {
        self.run.config.state.known_roles()
    }

    pub fn group(&self) -> &str {
        self.run.config.group_id.as_deref().unwrap_or_default()
    }

    /// The second project, where there is one and users can be made there.
    pub fn other_group(&self) -> Option<&str> {
        let other = self.run.config.other_group_id.as_deref();
        other.filter(|_| self.makes_users())
    }

    /// Whether users can be made with a name of choice, in any project, and removed again.
    pub fn makes_users(&self) -> bool {
        self.run.provider.capabilities.makes_users()
    }

    /// The memberships that users can be made with.
    pub fn memberships(&self) -> Vec<Membership> {
        self.run.provider.capabilities.memberships()
    }

    /// The session, for what only it can do.
    pub fn session(&self) -> &Rc<Session> {
        &self.run.session
    }

    /// The owner's API key, to be misused.
    pub fn api_key(&self) -> Option<&ApiKey> {
        self.run.config.credentials.owner_key.as_ref()
    }

    /// The owner's secrets in Basic, a scheme that the documentation doesn't name.
    pub fn basic_headers(&self) -> Vec<String> {
        let credentials = &self.run.config.credentials;
        let account = credentials.owner.as_ref();
        let account = account.map(|it| format!("{}:{}", it.client_id, it.client_secret.expose()));
        let key = credentials.owner_key.as_ref();
        let key = key.map(|it| format!("{}:{}", it.public_key, it.private_key.expose()));
        let pairs = account.into_iter().chain(key);
        pairs.map(|pair| format!("Basic {}", BASE64_STANDARD.encode(pair))).collect()
    }

    pub fn provoked(&self) -> &Provoked {
        &self.run.provoked
    }

    /// Records what was seen of a question that is left open.
    pub fn observe(&self, clause: Clause, question: &str, exchange: &Exchange) {
        let placeholders = Placeholders { texts: &self.roles(), placeholder: "<role>" };
        self.record_observation(clause, question, exchange, placeholders);
    }

    /// The owner's credentials that the run has, at least one.
    pub fn owners(&self) -> Vec<Credential> {
        self.run.session.owners()
    }
}
