//! A property: many cases of a strategy, and the smallest that breaks it as evidence.

use std::rc::Rc;

use proptest::strategy::{Strategy, ValueTree};

use super::check::Halt;
use super::recorder::Recorder;
use crate::exchange::Exchange;
use crate::judge::violation::Violation;

/// How many further cases shrinking may try. A limit of time would make the same seed shrink
/// differently on a busy machine.
const SHRINK_STEPS: u32 = 80;

impl Recorder {
    /// Runs `trial` on `cases` values; the first that breaks the property is shrunk.
    ///
    /// A violation that belongs to other checks is kept and does not end the property: a server
    /// with one small fault in every response would otherwise be tried with one case only.
    ///
    /// # Errors
    /// `Failed` when the property does not hold, `Error` when a case could not be tried.
    pub async fn for_all<S: Strategy>(
        &self,
        cases: u32,
        strategy: &S,
        trial: impl AsyncFn(S::Value) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let before = self.take();
        let mut kept = Kept(before);
        let mut result = Ok(());
        let mut skipped = Ok(());
        let mut tried = 0;
        for _ in 0..cases {
            if self.budget().is_spent() {
                break;
            }
            let mut tree = self.tree(strategy)?;
            let outcome = self.attempt(tree.current(), &trial).await;
            match outcome {
                // The run can't set this case up; another may need less.
                Err(Halt::Skip(reason)) => {
                    kept.add(self.take());
                    skipped = Err(Halt::Skip(reason));
                }
                Err(reason) => {
                    result = Err(reason);
                    break;
                }
                Ok(Attempt { broken: false, violations }) => {
                    tried += 1;
                    kept.add(violations);
                }
                Ok(Attempt { broken: true, violations }) => {
                    kept.0.extend(self.shrunk(&mut tree, violations, &trial).await);
                    result = Err(Halt::Failed);
                    break;
                }
            }
        }
        self.take();
        self.put(kept.0);
        // As many cases as can be set up are enough, but none are not.
        if tried == 0 { result.and(skipped) } else { result }
    }

    async fn shrunk<T: ValueTree>(
        &self,
        tree: &mut T,
        mut smallest: Vec<Violation>,
        trial: &impl AsyncFn(T::Value) -> Result<(), Halt>,
    ) -> Vec<Violation> {
        let mut broken = true;
        for _ in 0..SHRINK_STEPS {
            let moved = if broken { tree.simplify() } else { tree.complicate() };
            if !moved {
                break;
            }
            match self.attempt(tree.current(), trial).await {
                Ok(attempt) => {
                    broken = attempt.broken;
                    if broken {
                        smallest = attempt.violations;
                    }
                }
                Err(_) => break,
            }
        }
        smallest
    }

    async fn attempt<V>(
        &self,
        value: V,
        trial: &impl AsyncFn(V) -> Result<(), Halt>,
    ) -> Result<Attempt, Halt> {
        self.take();
        if let Err(halt @ (Halt::Error(_) | Halt::Skip(_))) = trial(value).await {
            return Err(halt);
        }
        let trail = self.trail();
        let mut violations = self.take();
        let broken = violations.iter().any(|violation| self.concerns(violation));
        if broken {
            violations.retain(|violation| self.concerns(violation));
            for violation in &mut violations {
                // What the violation shows beside the requests of the case: a read, mostly.
                let own = std::mem::replace(&mut violation.exchanges, trail.clone());
                let beside =
                    |exchange: &Rc<Exchange>| !trail.iter().any(|e| Rc::ptr_eq(e, exchange));
                violation.exchanges.extend(own.into_iter().filter(beside));
            }
        }
        Ok(Attempt { broken, violations })
    }
}

struct Attempt {
    broken: bool,
    violations: Vec<Violation>,
}

/// Violations that other checks are for, one of each kind.
struct Kept(Vec<Violation>);

impl Kept {
    fn add(&mut self, violations: Vec<Violation>) {
        for violation in violations {
            if self.0.iter().all(|known| !violation.is_like(known)) {
                self.0.push(violation);
            }
        }
    }
}
