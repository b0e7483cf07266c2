//! What a check records: exchanges, violations and observations; and its random choices.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use atlas_api::clauses::Clause;
use proptest::sample::subsequence;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sha2::{Digest, Sha256};

use super::case_budget::CaseBudget;
use super::cause::Kept;
use super::check::{CheckInfo, Halt};
use super::state::RunState;
use crate::exchange::{Exchange, Request};
use crate::judge::violation::{Rule, SetUp, Violation};
use crate::traffic::sample::Placeholders;
use crate::traffic::shapes::ObservedResponses;

/// How many violations of one clause a check records, under the same circumstances.
const ALIKE_LIMIT: usize = 4;

/// How many requests that a rule was broken for are known.
const MISMATCHED_KEPT: usize = 16;

/// How many violations of one clause a check records at all.
const CLAUSE_LIMIT: usize = 32;

/// One answer to a question that the documentation leaves open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observation {
    /// The clause that leaves it open.
    pub clause: Clause,
    pub question: String,
    pub seen: String,
}

/// How many combinations of circumstances a run has met, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Of any two circumstances.
    pub pairs: (usize, usize),
    /// Of any three.
    pub triples: (usize, usize),
}

/// What one check records.
pub struct Recorder {
    run: Rc<RunState>,
    check: CheckInfo,
    /// Clauses whose breach ends any property, whichever check meets it.
    harmful: &'static [Clause],
    trail: RefCell<Vec<Rc<Exchange>>>,
    /// How the check has set up what it asks about, by the id in the paths of requests.
    set_up: RefCell<BTreeMap<String, SetUp>>,
    random: RefCell<TestRunner>,
    requests: Cell<u64>,
    violations: RefCell<Vec<Violation>>,
    /// The rules of the model that were kept, and for which requests.
    kept: RefCell<BTreeSet<Kept>>,
    /// The last requests for which one was broken.
    mismatched: RefCell<VecDeque<Rc<Exchange>>>,
    observations: RefCell<BTreeSet<Observation>>,
    responses: RefCell<ObservedResponses>,
    coverage: Cell<Option<Coverage>>,
}

/// What a check has recorded when it ends.
pub struct Findings {
    pub violations: Vec<Violation>,
    /// The rules of the model that were kept, and for which requests.
    pub kept: BTreeSet<Kept>,
    /// What it saw of the questions that are left open.
    pub observations: BTreeSet<Observation>,
    /// The shapes of the responses.
    pub responses: ObservedResponses,
    /// The combinations of circumstances that it has met, if that is what it is for.
    pub coverage: Option<Coverage>,
    /// Requests of the operation under test.
    pub requests: u64,
}

impl Recorder {
    /// The recorder of one check. A breach of a `harmful` clause ends a property whichever check
    /// meets it.
    pub fn new(run: Rc<RunState>, check: CheckInfo, harmful: &'static [Clause]) -> Self {
        let seed = Sha256::digest(format!("{}/{}", run.seed, check.id));
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        Self {
            run,
            check,
            harmful,
            trail: RefCell::default(),
            set_up: RefCell::default(),
            random: RefCell::new(TestRunner::new_with_rng(Config::default(), rng)),
            requests: Cell::new(0),
            violations: RefCell::default(),
            kept: RefCell::default(),
            mismatched: RefCell::default(),
            observations: RefCell::default(),
            responses: RefCell::default(),
            coverage: Cell::default(),
        }
    }

    pub const fn check(&self) -> CheckInfo {
        self.check
    }

    /// The seed of the run.
    pub fn seed(&self) -> u64 {
        self.run.seed
    }

    /// How many cases are tried, and until when.
    pub fn budget(&self) -> CaseBudget {
        self.run.budget
    }

    /// Cases of each property.
    pub fn cases(&self) -> u32 {
        self.run.budget.cases
    }

    /// Refuses to go on once the run was told to stop.
    ///
    /// # Errors
    /// `Error` once the run was told to stop.
    pub fn check_stopped(&self) -> Result<(), Halt> {
        match self.run.stopped.get() {
            true => Err(Halt::Error("the run was stopped".to_owned())),
            false => Ok(()),
        }
    }

    /// The items of a list that are tried: all in a thorough run, else as many as there are cases,
    /// in their order.
    ///
    /// # Errors
    /// `Error` when nothing can be drawn.
    pub fn some<T: Clone>(&self, items: Vec<T>) -> Result<Vec<T>, Halt> {
        let cases = self.cases() as usize;
        if self.budget().is_thorough() || items.len() <= cases {
            return Ok(items);
        }
        let places = self.sample(&subsequence((0..items.len()).collect::<Vec<_>>(), cases))?;
        Ok(places.into_iter().map(|place| items[place].clone()).collect())
    }

    /// A value of the strategy, the same for the same seed.
    ///
    /// # Errors
    /// `Error` when the strategy has none.
    pub fn sample<S: Strategy>(&self, strategy: &S) -> Result<S::Value, Halt> {
        self.tree(strategy).map(|tree| tree.current())
    }

    /// A value of the strategy that can shrink.
    ///
    /// # Errors
    /// `Error` when the strategy has none.
    pub fn tree<S: Strategy>(&self, strategy: &S) -> Result<S::Tree, Halt> {
        let tree = strategy.new_tree(&mut self.random.borrow_mut());
        tree.map_err(|reason| Halt::Error(reason.to_string()))
    }

    /// A source of choices for one case, as the next choice of the check has it.
    pub fn fork_choices(&self) -> TestRunner {
        let rng = self.random.borrow_mut().new_rng();
        TestRunner::new_with_rng(Config::default(), rng)
    }

    /// Puts another source of choices in the place of this one.
    pub fn swap_choices(&self, other: &mut TestRunner) {
        std::mem::swap(&mut *self.random.borrow_mut(), other);
    }

    pub fn violate(
        &self,
        clause: Clause,
        expected: impl Into<String>,
        received: impl Into<String>,
        exchange: &Rc<Exchange>,
    ) {
        self.put(vec![Violation::new(clause, expected, received, exchange)]);
    }

    /// Notes how that was set up which requests name by this id.
    pub fn note_set_up(&self, id: &str, set_up: SetUp) {
        self.set_up.borrow_mut().insert(id.to_owned(), set_up);
    }

    /// How that was set up which a request names, and what changed it before that request.
    fn set_up_of(&self, exchange: &Rc<Exchange>) -> Option<SetUp> {
        let segments = exchange.request.target.split(['/', ':', '?']);
        let set_up = self.set_up.borrow();
        let (id, set_up) = segments.rev().find_map(|segment| set_up.get_key_value(segment))?;
        let mut set_up = set_up.clone();
        let trail = self.trail.borrow();
        let before = trail.iter().take_while(|earlier| !Rc::ptr_eq(earlier, exchange));
        let changed = before.filter(|earlier| {
            let Request { method, target, .. } = &earlier.request;
            method != "GET" && target.contains(id) && matches!(earlier.status(), Some(200..300))
        });
        set_up.exchanges.extend(changed.cloned());
        Some(set_up)
    }

    /// Records violations, of each clause a few: a defect that shows in every response is one.
    pub fn put(&self, violations: Vec<Violation>) {
        let mut found = self.violations.borrow_mut();
        for mut violation in violations {
            let same = found.iter().filter(|known| known.clause == violation.clause);
            let (same, alike) = same.fold((0, 0), |(same, alike), known| {
                (same + 1, alike + usize::from(violation.is_like(known)))
            });
            if alike < ALIKE_LIMIT && same < CLAUSE_LIMIT {
                let first = violation.exchanges.first();
                violation.set_up = first.and_then(|first| self.set_up_of(first));
                found.push(violation);
            }
        }
    }

    /// Records that a request did otherwise than the model.
    pub fn break_rule(
        &self,
        rule: Rule,
        clause: Clause,
        expected: impl Into<String>,
        received: impl Into<String>,
        exchanges: Vec<Rc<Exchange>>,
    ) {
        let Some(first) = exchanges.first() else { return };
        let mut mismatched = self.mismatched.borrow_mut();
        mismatched.push_front(Rc::clone(first));
        mismatched.truncate(MISMATCHED_KEPT);
        let mut violation = Violation::new(clause, expected, received, first).of_rule(rule);
        violation.exchanges = exchanges;
        self.put(vec![violation]);
    }

    /// Records that a request did what the model says.
    pub fn keep_rule(&self, rule: Rule, exchange: &Exchange) {
        self.kept.borrow_mut().insert((rule, Arc::clone(&exchange.request.circumstances)));
    }

    /// Whether the request did otherwise than the model already: whatever follows from that is no
    /// breach of its own.
    pub fn is_mismatched(&self, exchange: &Rc<Exchange>) -> bool {
        self.mismatched.borrow().iter().any(|known| Rc::ptr_eq(known, exchange))
    }

    /// Takes back what was recorded of some clauses for this exchange, since a plainer breach explains it.
    pub fn retract(&self, clauses: impl Fn(Clause) -> bool, exchange: &Rc<Exchange>) {
        let shows = |violation: &Violation| {
            violation.exchanges.first().is_some_and(|first| Rc::ptr_eq(first, exchange))
        };
        self.violations.borrow_mut().retain(|it| !clauses(it.clause) || !shows(it));
    }

    /// Records the response to a question that is left open.
    pub fn record_observation(
        &self,
        clause: Clause,
        question: &str,
        exchange: &Exchange,
        placeholders: Placeholders<'_>,
    ) {
        let (check, seen) = (self.check.id, exchange.received());
        let mut responses = self.responses.borrow_mut();
        responses.record_observed(check, clause, question, exchange, placeholders);
        let question = question.to_owned();
        self.observations.borrow_mut().insert(Observation { clause, question, seen });
    }

    /// Counts requests of the operation.
    pub fn count_requests(&self, requests: usize) {
        self.requests.set(self.requests.get() + requests as u64);
    }

    /// Records which combinations of circumstances the check has met.
    pub fn record_coverage(&self, coverage: Coverage) {
        self.coverage.set(Some(coverage));
    }

    /// Records the shape of a response.
    pub fn record_shape(&self, exchange: &Exchange) {
        self.responses.borrow_mut().record(self.check.id, exchange);
    }

    /// Adds exchanges to the trail, which is the evidence of a property that fails.
    pub fn extend_trail(&self, exchanges: impl IntoIterator<Item = Rc<Exchange>>) {
        self.trail.borrow_mut().extend(exchanges);
    }

    /// The exchanges since the last `take`.
    pub fn trail(&self) -> Vec<Rc<Exchange>> {
        self.trail.borrow().clone()
    }

    /// Takes away the violations so far, and clears the trail.
    pub fn take(&self) -> Vec<Violation> {
        self.trail.borrow_mut().clear();
        self.violations.take()
    }

    /// The last exchange of the operation.
    ///
    /// # Errors
    /// `Error` when there is none.
    pub fn last(&self) -> Result<Rc<Exchange>, Halt> {
        let trail = self.trail.borrow();
        let last = trail.iter().rev().find(|exchange| exchange.request.under_test).cloned();
        last.ok_or_else(|| Halt::Error("nothing was sent".to_owned()))
    }

    /// Whether a violation is what this check looks for, or harm that no check may ignore.
    pub fn concerns(&self, violation: &Violation) -> bool {
        self.check.clauses.contains(&violation.clause) || self.harmful.contains(&violation.clause)
    }

    /// What the check has recorded.
    pub fn into_findings(self) -> Findings {
        Findings {
            violations: self.violations.into_inner(),
            kept: self.kept.into_inner(),
            observations: self.observations.into_inner(),
            responses: self.responses.into_inner(),
            coverage: self.coverage.get(),
            requests: self.requests.get(),
        }
    }
}
