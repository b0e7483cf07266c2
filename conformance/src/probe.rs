//! The hands of a check: set users up, send, read back, and hold what came against the contract.

mod expecting;
mod findings;
mod given;
mod sending;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::Clause;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use proptest::sample::subsequence;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config as ProptestConfig, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::answers::Answers;
use crate::auth::credential::Credential;
use crate::check::Halt;
use crate::config::Config;
use crate::effort::Effort;
use crate::exchange::Exchange;
use crate::judge::answer;
use crate::state::provider::Provider;
use crate::state::sight;
use crate::target::session::Session;
use crate::user::{Membership, User};
use crate::violation::Violation;

/// What all probes of a run share.
pub struct Ground {
    /// The target.
    pub session: Rc<Session>,
    /// How users are set up and read back.
    pub provider: Provider,
    /// The configuration.
    pub config: Config,
    /// The seed of the run.
    pub seed: u64,
    /// How hard to try.
    pub effort: Effort,
    /// The tours that a check of this run has made from end to end.
    pub toured: RefCell<BTreeSet<&'static str>>,
    /// Whether the run was told to stop: nothing more is set up or sent, only cleaned up.
    pub stopped: Cell<bool>,
}

/// One answer to a question that the documentation leaves open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observation {
    /// The clause that leaves it open.
    pub clause: Clause,
    /// What was asked.
    pub question: String,
    /// What was seen.
    pub seen: String,
}

/// What one check sees of the run, and what it has found.
pub struct Probe {
    ground: Rc<Ground>,
    check: &'static str,
    clauses: &'static [Clause],
    trail: RefCell<Vec<Rc<Exchange>>>,
    runner: RefCell<TestRunner>,
    users: RefCell<Vec<Rc<User>>>,
    /// Ids of users whose role a removal may have taken that no model was held against.
    untold: RefCell<BTreeSet<String>>,
    deprecated: RefCell<Vec<String>>,
    made: Cell<u32>,
    unread: Cell<bool>,
    exchanges: Cell<u64>,
    violations: RefCell<Vec<Violation>>,
    observations: RefCell<BTreeSet<Observation>>,
    answers: RefCell<Answers>,
}

impl Probe {
    /// The probe of one check.
    pub fn new(ground: Rc<Ground>, check: &'static str, clauses: &'static [Clause]) -> Self {
        let seed = Sha256::digest(format!("{}/{check}", ground.seed));
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
        Self {
            ground,
            check,
            clauses,
            trail: RefCell::default(),
            runner: RefCell::new(runner),
            users: RefCell::default(),
            untold: RefCell::default(),
            deprecated: RefCell::default(),
            made: Cell::new(0),
            unread: Cell::new(false),
            exchanges: Cell::new(0),
            violations: RefCell::default(),
            observations: RefCell::default(),
            answers: RefCell::default(),
        }
    }

    /// The project roles that the target knows.
    pub fn roles(&self) -> Vec<String> {
        self.ground.config.state.known_roles()
    }

    /// The project.
    pub fn group(&self) -> &str {
        self.ground.config.group_id.as_deref().unwrap_or_default()
    }

    /// The second project, where there is one and users can be made there.
    pub fn other_group(&self) -> Option<&str> {
        let other = self.ground.config.other_group_id.as_deref();
        other.filter(|_| self.makes_users())
    }

    /// Whether users can be made with a name of choice, in any project, and removed again.
    pub fn makes_users(&self) -> bool {
        self.ground.provider.supply.makes_users()
    }

    /// The memberships that users can be made with.
    pub fn memberships(&self) -> Vec<Membership> {
        self.ground.provider.supply.memberships()
    }

    /// The session, for what only it can do.
    pub fn session(&self) -> &Rc<Session> {
        &self.ground.session
    }

    /// The owner's API key, to be misused.
    pub fn api_key(&self) -> Option<&crate::config::ApiKey> {
        self.ground.config.credentials.owner_key.as_ref()
    }

    /// How hard to try.
    pub fn effort(&self) -> Effort {
        self.ground.effort
    }

    /// The owner's secrets through Basic, which the documentation doesn't name.
    pub fn basic_headers(&self) -> Vec<String> {
        let credentials = &self.ground.config.credentials;
        let account = credentials.owner.as_ref();
        let account = account.map(|it| format!("{}:{}", it.client_id, it.client_secret.expose()));
        let key = credentials.owner_key.as_ref();
        let key = key.map(|it| format!("{}:{}", it.public_key, it.private_key.expose()));
        let pairs = account.into_iter().chain(key);
        pairs.map(|pair| format!("Basic {}", BASE64_STANDARD.encode(pair))).collect()
    }

    /// Cases of each property.
    pub fn cases(&self) -> u32 {
        self.ground.effort.cases
    }

    /// The items of a list that are tried: all where requests are cheap, else as many as there are
    /// cases, in their order.
    pub fn some<T: Clone>(&self, items: Vec<T>) -> Result<Vec<T>, Halt> {
        let cases = self.cases() as usize;
        if self.effort().is_thorough() || items.len() <= cases {
            return Ok(items);
        }
        let places = self.sample(&subsequence((0..items.len()).collect::<Vec<_>>(), cases))?;
        Ok(places.into_iter().map(|place| items[place].clone()).collect())
    }

    /// The tours that a check of this run has made from end to end.
    pub fn toured(&self) -> &RefCell<BTreeSet<&'static str>> {
        &self.ground.toured
    }

    /// A value of the strategy, the same for the same seed.
    pub fn sample<S: Strategy>(&self, strategy: &S) -> Result<S::Value, Halt> {
        let tree = strategy.new_tree(&mut self.runner.borrow_mut());
        tree.map(|tree| tree.current()).map_err(|reason| Halt::Error(reason.to_string()))
    }

    /// A value tree of the strategy, which can shrink.
    pub fn tree<S: Strategy>(&self, strategy: &S) -> Result<S::Tree, Halt> {
        let tree = strategy.new_tree(&mut self.runner.borrow_mut());
        tree.map_err(|reason| Halt::Error(reason.to_string()))
    }

    /// The owner's credentials that the run has, at least one.
    pub fn owners(&self) -> Vec<Credential> {
        self.ground.session.owners()
    }

    /// What keeps this check from passing though nothing was wrong: its clauses say more than the
    /// answers have shown.
    pub fn unshown(&self) -> Option<String> {
        let provider = &self.ground.provider;
        if self.unread.get() && self.clauses.iter().copied().any(sight::speaks_of_effects) {
            return Some(
                "the answers are as they should be, but what became of the users can't be read \
                 back: set `state.read_back`"
                    .to_owned(),
            );
        }
        let alone = !provider.supply.makes_users() && provider.different_users() < 2;
        (alone && self.clauses.iter().copied().any(sight::tells_users_apart)).then(|| {
            "one listed user can't show whom the answers are about: list users of both memberships"
                .to_owned()
        })
    }
}

/// The status of the request itself: an envelope keeps it where the status line says 200.
pub fn effective_status(exchange: &Exchange) -> u16 {
    let Ok(answer) = &exchange.outcome else { return 0 };
    let asked = exchange.request.target.contains("envelope=true");
    let wrapped = asked.then(|| answer.json()).flatten();
    let inner = wrapped.as_ref().and_then(answer::unwrap).map(|(status, _)| status);
    if answer.status == 200 { inner.unwrap_or(200) } else { answer.status }
}

/// The payload of an answer, out of its envelope.
pub fn payload(exchange: &Exchange) -> Option<Value> {
    let body = exchange.outcome.as_ref().ok()?.json()?;
    let asked = exchange.request.target.contains("envelope=true");
    let inner = asked.then(|| answer::unwrap(&body).map(|(_, payload)| payload.clone())).flatten();
    Some(inner.unwrap_or(body))
}
