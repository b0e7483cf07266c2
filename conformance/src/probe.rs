//! The hands of a check: set users up, send, read back, and hold what came against the contract.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use atlas_api::clauses::{Clause, Level};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use proptest::sample::subsequence;
use proptest::strategy::{Just, Strategy, ValueTree};
use proptest::test_runner::{Config as ProptestConfig, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::answers::Answers;
use crate::auth::credential::Credential;
use crate::call::Call;
use crate::check::Halt;
use crate::config::Config;
use crate::contract;
use crate::effort::Effort;
use crate::exchange::{Exchange, Request, Silence};
use crate::judge::answer::{self, judge};
use crate::judge::subject::{self, agree, listed};
use crate::state::provider::{Provider, Reading};
use crate::state::sight;
use crate::target::session::Session;
use crate::target::wire::Connection;
use crate::user::{Membership, User};
use crate::violation::Violation;

/// How many violations of one clause a check records.
const SAME_CLAUSE_LIMIT: usize = 4;

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
            deprecated: RefCell::default(),
            made: Cell::new(0),
            unread: Cell::new(false),
            exchanges: Cell::new(0),
            violations: RefCell::default(),
            observations: RefCell::default(),
            answers: RefCell::default(),
        }
    }

    // --- what the run has ---------------------------------------------------------------------

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
        self.ground.provider.makes_users()
    }

    /// The memberships that users can be made with.
    pub fn memberships(&self) -> Vec<Membership> {
        self.ground.provider.memberships()
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

    // --- given --------------------------------------------------------------------------------

    /// A user with these roles, in the project.
    pub async fn given(&self, membership: Membership, roles: &[String]) -> Result<Rc<User>, Halt> {
        let group = self.group().to_owned();
        let username = self.username(membership)?;
        self.given_in(&group, membership, &username, roles).await
    }

    /// A user with `count` roles, whichever they are.
    pub async fn given_some(
        &self,
        membership: Membership,
        count: usize,
    ) -> Result<(Rc<User>, Vec<String>), Halt> {
        let shuffled = self.sample(&Just(self.roles()).prop_shuffle())?;
        let roles = self.ground.provider.roles_of_some(membership, count, shuffled)?;
        Ok((self.given(membership, &roles).await?, roles))
    }

    /// ... in this project.
    pub async fn given_some_in(
        &self,
        group: &str,
        membership: Membership,
        count: usize,
    ) -> Result<(Rc<User>, Vec<String>), Halt> {
        if group == self.group() {
            return self.given_some(membership, count).await;
        }
        let mut roles = self.sample(&Just(self.roles()).prop_shuffle())?;
        roles.truncate(count);
        let username = self.username(membership)?;
        Ok((self.given_in(group, membership, &username, &roles).await?, roles))
    }

    /// A user with this name and these roles, in this project.
    pub async fn given_in(
        &self,
        group: &str,
        membership: Membership,
        username: &str,
        roles: &[String],
    ) -> Result<Rc<User>, Halt> {
        self.going_on()?;
        let wanted = roles.iter().cloned().collect();
        let user = self.ground.provider.user(group, membership, username, &wanted).await?;
        let user = Rc::new(user);
        self.users.borrow_mut().push(Rc::clone(&user));
        Ok(user)
    }

    /// The id of a user who was invited through the deprecated endpoint.
    pub async fn given_deprecated(&self) -> Result<String, Halt> {
        self.going_on()?;
        let id = self.ground.provider.deprecated_user().await?;
        let id =
            id.ok_or_else(|| Halt::Skip("needs deprecated-user: none can be had".to_owned()))?;
        self.deprecated.borrow_mut().push(id.clone());
        Ok(id)
    }

    fn going_on(&self) -> Result<(), Halt> {
        match self.ground.stopped.get() {
            true => Err(Halt::Error("the run was stopped".to_owned())),
            false => Ok(()),
        }
    }

    /// A user name of its own for each call, the same for the same seed.
    pub fn username(&self, membership: Membership) -> Result<String, Halt> {
        let number = self.made.get();
        self.made.set(number + 1);
        let hash = Sha256::digest(format!("{}/{}/{number}", self.ground.seed, self.check));
        let word: u128 = hash.iter().take(16).fold(0, |word, byte| word << 8 | u128::from(*byte));
        // Names of several lengths, since a fault may show for some only.
        let length = 8 + (number as usize * 3) % 13;
        let unique: String = base36(word).chars().take(length).collect();
        let template = self.ground.provider.template(membership).unwrap_or("{n}@example.com");
        Ok(template.replace("{n}", &unique))
    }

    /// Adds a role to a user, as the model says too.
    pub async fn add_role(&self, user: &User, role: &str) -> Result<(), Halt> {
        user.touched.set(true);
        self.ground.provider.add_role(user, role).await?;
        user.roles.borrow_mut().insert(role.to_owned());
        Ok(())
    }

    /// Sends addRole and gives the exchange, for races.
    pub async fn try_add_role(&self, user: &User, role: &str) -> Result<Rc<Exchange>, Halt> {
        user.touched.set(true);
        self.ground.provider.try_add_role(user, role).await
    }

    /// What the target says of a user, as JSON; null where users can't be read back.
    pub async fn read(&self, user: &User) -> Result<Value, Halt> {
        match self.ground.provider.read(user).await? {
            Reading::User(read, _) => Ok(read),
            Reading::Gone(_) => Err(Halt::Error(format!("the user {} is gone", user.username))),
            Reading::Unreadable => {
                self.unread.set(true);
                Ok(Value::Null)
            }
        }
    }

    /// Whether the target knows a user of this id in the project, as far as can be seen.
    pub async fn knows(&self, id: &str) -> Result<bool, Halt> {
        let someone = User::new(self.group(), id, "", Membership::Active, BTreeSet::new());
        Ok(matches!(self.ground.provider.read(&someone).await?, Reading::User(..)))
    }

    /// Reads a user once more before it goes: it has to have the roles of the model, whatever was
    /// sent since to whomever. Late effects and harm to bystanders show here.
    async fn audit(&self, user: &User) -> Result<(), Halt> {
        if !self.effort().is_thorough() {
            return Ok(());
        }
        let read = self.ground.provider.read(user).await?;
        let Reading::User(read, exchange) = read else { return Ok(()) };
        let (got, held) = (subject::roles(&read).unwrap_or_default(), user.held());
        if got != held {
            user.touched.set(true);
            let expected = format!(
                "{} to have {} until a request takes one of them",
                user.username,
                listed(&held)
            );
            self.violate(Clause::RolesRemovesExactlyOne, expected, listed(&got), &exchange);
        }
        Ok(())
    }

    /// Removes a user from its project now, or gives a listed one back.
    pub async fn remove_user(&self, user: &Rc<User>) -> Result<(), Halt> {
        self.users.borrow_mut().retain(|known| !Rc::ptr_eq(known, user));
        let audited = self.audit(user).await;
        self.ground.provider.give_back(user).await.map_err(Halt::Error)?;
        audited
    }

    /// Gives back every user that this probe was given. What can't be is said.
    pub async fn clean_up(&self) -> Vec<String> {
        let users = std::mem::take(&mut *self.users.borrow_mut());
        let mut left = Vec::new();
        for user in users {
            // What can't be read can't be held against the target here; checks read on their own.
            let _ = self.audit(&user).await;
            left.extend(self.ground.provider.give_back(&user).await.err());
        }
        let deprecated = self.deprecated.take();
        for id in deprecated {
            left.extend(self.ground.provider.give_back_deprecated(&id).await.err());
        }
        left
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
        let alone = !provider.makes_users() && provider.different_users() < 2;
        (alone && self.clauses.iter().copied().any(sight::tells_users_apart)).then(|| {
            "one listed user can't show whom the answers are about: list users of both memberships"
                .to_owned()
        })
    }

    // --- when ---------------------------------------------------------------------------------

    /// Sends a request of the operation and judges its answer by the clauses that hold for all.
    pub async fn send(&self, call: Call) -> Result<Rc<Exchange>, Halt> {
        self.send_on(call, None).await
    }

    /// ... on an open connection.
    pub async fn send_on(
        &self,
        mut call: Call,
        connection: Option<&mut Connection>,
    ) -> Result<Rc<Exchange>, Halt> {
        self.going_on()?;
        let credential = match call.credential.take() {
            Some(credential) => credential,
            None => self.owners().remove(0),
        };
        let request = self.request(&call);
        let reused = connection.as_ref().is_some_and(|connection| connection.answers() > 0);
        let session = &self.ground.session;
        let sent = session.send(request, &credential, connection).await.map_err(Halt::Error)?;
        call.asked.secrets = session.secrets();
        self.exchanges.set(self.exchanges.get() + sent.len() as u64);
        let closed =
            reused && matches!(sent.last().map(|e| &e.outcome), Some(Err(Silence::Closed(_))));
        let answered = if closed { sent.len() - 1 } else { sent.len() };
        for exchange in &sent[..answered] {
            self.trail.borrow_mut().push(Rc::clone(exchange));
            self.put(judge(exchange, &call.asked));
        }
        let last = sent.last().ok_or_else(|| Halt::Error("nothing was sent".to_owned()))?;
        if closed {
            return Err(Halt::Closed);
        }
        if !matches!(last.status(), Some(400..500)) {
            self.users.borrow().iter().for_each(|user| user.touched.set(true));
        }
        self.answers.borrow_mut().saw(self.check, last);
        // One request without an answer is enough for a verdict, and each costs a time limit.
        match &last.outcome {
            Ok(_) => Ok(Rc::clone(last)),
            // Nothing was sent, so nothing is known of what would have come.
            Err(silence @ Silence::Unreachable(_)) => Err(Halt::Error(silence.to_string())),
            Err(silence) => {
                let clause = self.clauses.first().copied().unwrap_or(Clause::HttpAnswers);
                if clause != Clause::HttpAnswers {
                    self.violate(clause, "an answer", silence.to_string(), last);
                }
                Err(Halt::Failed)
            }
        }
    }

    /// Sends a request on an open connection, unless the server has closed it: a server may do so
    /// after any answer, and a client can't tell in time (RFC 9112, 9.5).
    pub async fn send_next(
        &self,
        call: Call,
        connection: &mut Connection,
    ) -> Result<Option<Rc<Exchange>>, Halt> {
        if !connection.is_open().await {
            return Ok(None);
        }
        match self.send_on(call, Some(connection)).await {
            Err(Halt::Closed) => Ok(None),
            sent => sent.map(Some),
        }
    }

    fn request(&self, call: &Call) -> Request {
        let mut headers = call.headers.clone();
        for (name, value) in [("Content-Type", &call.content_type), ("Accept", &call.accept)] {
            if let Some(value) = value {
                headers.push((name.to_owned(), value.clone().into_bytes()));
            }
        }
        Request {
            method: call.method.clone(),
            target: call.target(&self.ground.session.prefix),
            headers,
            body: call.body.clone(),
        }
    }

    /// The owner's credentials that the run has, at least one.
    pub fn owners(&self) -> Vec<Credential> {
        self.ground.session.owners()
    }

    // --- then ---------------------------------------------------------------------------------

    /// Records a violation.
    pub fn violate(
        &self,
        clause: Clause,
        expected: impl Into<String>,
        received: impl Into<String>,
        exchange: &Rc<Exchange>,
    ) {
        self.put(vec![Violation::new(clause, expected, received, exchange)]);
    }

    /// Records what was seen of a question that is left open.
    pub fn observe(&self, clause: Clause, question: &str, exchange: &Exchange) {
        let seen = exchange.received();
        let question = question.to_owned();
        let mut answers = self.answers.borrow_mut();
        answers.observed(self.check, clause, &question, exchange, &self.roles());
        self.observations.borrow_mut().insert(Observation { clause, question, seen });
    }

    /// Expects one of these statuses; says whether it came.
    pub fn expect_status(&self, exchange: &Rc<Exchange>, clause: Clause, legal: &[u16]) -> bool {
        let status = effective_status(exchange);
        let holds = legal.contains(&status);
        if !holds {
            let legal: Vec<_> = legal.iter().map(u16::to_string).collect();
            let expected = format!("status {}", legal.join(" or "));
            self.violate(clause, expected, exchange.received(), exchange);
        }
        self.accepted_credentials(status, exchange);
        holds
    }

    /// Expects a refusal with any documented 4xx status; says whether it came.
    pub fn expect_refusal(&self, exchange: &Rc<Exchange>, clause: Clause, also: &[u16]) -> bool {
        let status = effective_status(exchange);
        let documented = contract::client_errors();
        let holds = documented.contains(&status) || also.contains(&status);
        if !holds {
            let listed: Vec<_> = documented.iter().chain(also).map(u16::to_string).collect();
            let expected = format!("a refusal with {}", listed.join(", "));
            self.violate(clause, expected, exchange.received(), exchange);
        }
        self.accepted_credentials(status, exchange);
        holds
    }

    fn accepted_credentials(&self, status: u16, exchange: &Rc<Exchange>) {
        // 401 may hide a project that the caller must not know of.
        let mut groups = [Some(self.group()), self.other_group()].into_iter().flatten();
        if status != 401 || !groups.any(|group| exchange.request.target.contains(group)) {
            return;
        }
        let valid = exchange.request.headers.iter().any(|(name, value)| {
            name == "Authorization" && self.is_valid(&String::from_utf8_lossy(value))
        });
        if valid {
            let expected = "valid credentials answered with another status than 401";
            self.violate(Clause::AuthValidCredentials, expected, exchange.received(), exchange);
        }
    }

    fn is_valid(&self, authorization: &str) -> bool {
        let token = authorization.strip_prefix("Bearer ").unwrap_or("\n");
        self.ground.session.secrets().iter().any(|secret| secret == token)
    }

    /// Expects the user to have the roles of the model; returns what the target says.
    /// Where it says otherwise the model follows, so that one breach is reported once.
    pub async fn expect_roles(
        &self,
        user: &User,
        clause: Clause,
        after: &Rc<Exchange>,
    ) -> Result<Value, Halt> {
        let expected = user.held();
        let (read, exchange) = match self.ground.provider.read(user).await? {
            Reading::User(read, exchange) => (read, exchange),
            Reading::Gone(_) => {
                user.touched.set(true);
                let expected = format!("the user with {}", listed(&expected));
                self.violate(clause, expected, "no such user any more", after);
                return Err(Halt::Failed);
            }
            Reading::Unreadable => {
                self.unread.set(true);
                return Ok(Value::Null);
            }
        };
        let got = subject::roles(&read).unwrap_or_default();
        if got != expected {
            user.touched.set(true);
            let mut clauses = vec![clause];
            if (400..500).contains(&effective_status(after)) {
                clauses.push(Clause::RolesRefusalChangesNothing);
            }
            if got.is_empty() {
                clauses.push(Clause::RolesNeverEmpty);
            }
            clauses.dedup();
            for clause in clauses {
                let wanted = format!("the roles read back: {}", listed(&expected));
                let mut violation = Violation::new(clause, wanted, listed(&got), after);
                violation.exchanges.push(Rc::clone(&exchange));
                self.put(vec![violation]);
            }
            user.roles.replace(got);
        }
        Ok(read)
    }

    /// The roles that the target says a user has.
    pub async fn roles_of(&self, user: &User) -> Result<(BTreeSet<String>, Rc<Exchange>), Halt> {
        match self.ground.provider.read(user).await? {
            Reading::User(read, exchange) => {
                Ok((subject::roles(&read).unwrap_or_default(), exchange))
            }
            Reading::Gone(_) => Err(Halt::Error(format!("the user {} is gone", user.username))),
            Reading::Unreadable => {
                Err(Halt::Skip("needs a way to read users back: set `state.read_back`".to_owned()))
            }
        }
    }

    /// Expects a held role that is not the last to be removed: 200, the roles left, and the same
    /// when read back.
    pub async fn expect_removed(
        &self,
        user: &User,
        role: &str,
        call: Call,
        clause: Clause,
    ) -> Result<Rc<Exchange>, Halt> {
        let left = user.held_without(role);
        let exchange = self.send(call.expecting(left.clone())).await?;
        if self.expect_status(&exchange, clause, &[200]) {
            user.roles.replace(left);
        }
        let effect = match clause.level() {
            Level::Must => clause,
            _ => Clause::RolesRemovesExactlyOne,
        };
        let read = self.expect_roles(user, effect, &exchange).await?;
        if let Some(payload) = payload(&exchange).filter(|_| effective_status(&exchange) == 200) {
            self.put(agree(&payload, &read, &exchange));
        }
        Ok(exchange)
    }

    /// Expects a refusal with a documented 4xx (or `also`) that changes nothing.
    pub async fn expect_refused(
        &self,
        user: &User,
        call: Call,
        clause: Clause,
        also: &[u16],
    ) -> Result<Rc<Exchange>, Halt> {
        let exchange = self.send(call.expecting(user.held())).await?;
        self.expect_refusal(&exchange, clause, also);
        let effect = match clause {
            Clause::RolesNeverEmpty | Clause::RolesNeverEmptyEverywhere => clause,
            _ => Clause::RolesRefusalChangesNothing,
        };
        self.expect_roles(user, effect, &exchange).await?;
        Ok(exchange)
    }

    /// Records violations, of each clause a few: a defect that shows in every answer is one.
    pub fn put(&self, violations: Vec<Violation>) {
        let mut found = self.violations.borrow_mut();
        for violation in violations {
            let same = found.iter().filter(|known| known.clause == violation.clause).count();
            if same < SAME_CLAUSE_LIMIT {
                found.push(violation);
            }
        }
    }

    /// Takes everything found so far away, and the trail of exchanges with it.
    pub fn take(&self) -> Vec<Violation> {
        self.trail.borrow_mut().clear();
        self.violations.take()
    }

    /// The exchanges since the last `take`.
    pub fn trail(&self) -> Vec<Rc<Exchange>> {
        self.trail.borrow().clone()
    }

    /// The exchange of the operation that came last.
    ///
    /// # Errors
    /// When there is none.
    pub fn last(&self) -> Result<Rc<Exchange>, Halt> {
        let last = self.trail.borrow().last().cloned();
        last.ok_or_else(|| Halt::Error("nothing was sent".to_owned()))
    }

    /// Whether a violation is what this check looks for, or harm that no check may pass over.
    pub fn concerns(&self, violation: &Violation) -> bool {
        const HARM: [Clause; 5] = [
            Clause::RolesRemovesExactlyOne,
            Clause::RolesNeverEmpty,
            Clause::RolesRefusalChangesNothing,
            Clause::StatusNoServerError,
            Clause::HttpAnswers,
        ];
        self.clauses.contains(&violation.clause) || HARM.contains(&violation.clause)
    }

    /// What the answers to the check looked like.
    pub fn answers(&self) -> Answers {
        self.answers.take()
    }

    /// What the check found, and how many requests of the operation it sent.
    pub fn into_findings(self) -> (Vec<Violation>, BTreeSet<Observation>, u64) {
        (self.violations.into_inner(), self.observations.into_inner(), self.exchanges.get())
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

fn base36(mut word: u128) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut text = String::new();
    while word > 0 {
        text.push(char::from(DIGITS[usize::try_from(word % 36).unwrap_or_default()]));
        word /= 36;
    }
    text
}
