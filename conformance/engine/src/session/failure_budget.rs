//! How many failures of a target a run bears: a target that has stopped answering is given up, so
//! that a run ends whatever the target does.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::exchange::{Exchange, TransportError};

/// The cost that one part of a target may run up: twelve time limits, or many closed connections,
/// which cost no time.
const BUDGET: u32 = 600;
const COST_OF_TIMEOUT: u32 = BUDGET / 12;

/// The cost that all parts of a target together may run up: twenty time limits.
const BUDGET_OF_ALL: u32 = 20 * COST_OF_TIMEOUT;

/// A response of this length is free; the documented ones are below 2 KiB.
const FREE_LENGTH: usize = 8 * 1024;

/// How many bytes beyond that all responses together may have, heads included.
const VOLUME: usize = 16 * 1024 * 1024;

/// A run waits so many time limits, and at most a minute, for a target that asks it to wait or is
/// gone, without a response in between.
const WAITS: u32 = 6;
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Why a target is given up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GivenUp {
    /// One part fails too often.
    #[error("{0} has stopped answering: too many requests got no answer")]
    Part(&'static str),
    /// All parts together fail too often.
    #[error(
        "the run was given up: too many requests got no answer, all parts of the target taken \
         together"
    )]
    AllParts,
    /// The responses are too long.
    #[error(
        "{part} was given up: its answers came to {} MiB beyond {} KiB each",
        VOLUME / (1024 * 1024),
        FREE_LENGTH / 1024
    )]
    Volume {
        /// The part of the target.
        part: &'static str,
    },
    /// A 429 asks for a wait that is too long.
    #[error(
        "{part} answered 429 and asks to wait {}: a run waits {} s, {WAITS} times --timeout and \
         a minute at most",
        length(.wait),
        .limit.as_secs_f64()
    )]
    LongWait {
        /// The part of the target.
        part: &'static str,
        /// The wait that it asks for.
        wait: Duration,
        /// The longest wait of the run.
        limit: Duration,
    },
    /// Nothing but 429 came for too long.
    #[error(
        "{part} answered nothing but 429 for {} s, {WAITS} times --timeout",
        .limit.as_secs_f64()
    )]
    RateLimited {
        /// The part of the target.
        part: &'static str,
        /// The longest wait of the run.
        limit: Duration,
    },
}

/// A wait as a person reads it: the date of a far year is no number of seconds.
fn length(wait: &Duration) -> String {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    match *wait > DAY {
        true => "more than a day".to_owned(),
        false => format!("{} s", wait.as_secs()),
    }
}

/// What is left of the budget of one part of a target: the operation, its siblings, the token
/// endpoint or the hook.
pub struct FailureBudget {
    part: &'static str,
    left: Cell<u32>,
    left_for_all: Rc<Cell<u32>>,
    volume: Cell<usize>,
    waiting_since: Cell<Option<Instant>>,
    longest_wait: Duration,
}

impl FailureBudget {
    /// The budget of one part of a target whose exchanges may last for `timeout`.
    pub fn new(part: &'static str, timeout: Duration) -> Self {
        let left_for_all = Rc::new(Cell::new(BUDGET_OF_ALL));
        Self::full(part, left_for_all, (timeout * WAITS).min(LONGEST_WAIT))
    }

    /// The budget of another part of the same target.
    pub fn beside(&self, part: &'static str) -> Self {
        Self::full(part, Rc::clone(&self.left_for_all), self.longest_wait)
    }

    fn full(part: &'static str, left_for_all: Rc<Cell<u32>>, longest_wait: Duration) -> Self {
        Self {
            part,
            left: Cell::new(BUDGET),
            left_for_all,
            volume: Cell::new(VOLUME),
            waiting_since: Cell::new(None),
            longest_wait,
        }
    }

    /// Records what an exchange cost.
    pub fn record(&self, exchange: &Exchange) {
        let long = exchange.bytes_received.saturating_sub(FREE_LENGTH);
        self.volume.set(self.volume.get().saturating_sub(long));
        let cost = match &exchange.outcome {
            Ok(_) | Err(TransportError::InvalidRequest(_)) => 0,
            Err(
                TransportError::Truncated(_)
                | TransportError::ConnectionClosed(_)
                | TransportError::InvalidResponse(_),
            ) => 1,
            Err(
                TransportError::Unreachable(_)
                | TransportError::TimedOut(_)
                | TransportError::Stalled(_)
                | TransportError::TooLarge(_),
            ) => COST_OF_TIMEOUT,
        };
        for left in [&self.left, &*self.left_for_all] {
            left.set(left.get().saturating_sub(cost));
        }
    }

    /// Whether another request may be sent.
    ///
    /// # Errors
    /// When the budget is spent.
    pub fn check(&self) -> Result<(), GivenUp> {
        if self.left.get() == 0 {
            return Err(GivenUp::Part(self.part));
        }
        if self.left_for_all.get() == 0 {
            return Err(GivenUp::AllParts);
        }
        if self.volume.get() == 0 {
            return Err(GivenUp::Volume { part: self.part });
        }
        Ok(())
    }

    /// Notes that a response came which did not ask to wait.
    pub fn reset_wait(&self) {
        self.waiting_since.set(None);
    }

    /// Whether a wait of this length is borne, after the waits since the last other response.
    ///
    /// # Errors
    /// When the wait is too long, or all waits together were.
    pub fn check_wait(&self, wait: Duration) -> Result<(), GivenUp> {
        let (part, limit) = (self.part, self.longest_wait);
        let since = self.waiting_since.get().unwrap_or_else(Instant::now);
        self.waiting_since.set(Some(since));
        if wait > limit {
            return Err(GivenUp::LongWait { part, wait, limit });
        }
        if since.elapsed() > limit {
            return Err(GivenUp::RateLimited { part, limit });
        }
        Ok(())
    }

    /// How long a run looks for a target that is gone.
    pub fn longest_absence(&self) -> Duration {
        self.longest_wait / 2
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BUDGET, FailureBudget};
    use crate::exchange::{Exchange, Request, Response, TransportError};

    const LIMIT: Duration = Duration::from_secs(2);

    fn exchange(bytes: usize, outcome: Result<Response, TransportError>) -> Exchange {
        Exchange { bytes_received: bytes, ..Exchange::instant(Request::default(), outcome) }
    }

    fn answered(bytes: usize) -> Exchange {
        exchange(bytes, Ok(Response::new(200, Vec::new(), "")))
    }

    #[test]
    fn twelve_time_limits_are_enough_and_answers_cost_nothing() {
        let budget = FailureBudget::new("the target", LIMIT);
        for _ in 0..11 {
            budget.record(&exchange(0, Err(TransportError::TimedOut(LIMIT))));
            budget.record(&answered(2000));
        }
        assert_eq!(budget.check(), Ok(()));
        budget.record(&exchange(9, Err(TransportError::Stalled(LIMIT))));
        assert!(budget.check().is_err_and(|error| error.to_string().contains("stopped answering")));
    }

    #[test]
    fn twenty_time_limits_are_enough_for_all_parts_together() {
        let operation = FailureBudget::new("the target", LIMIT);
        let hook = operation.beside("the hook");
        let late = || exchange(0, Err(TransportError::TimedOut(LIMIT)));
        (0..11).for_each(|_| operation.record(&late()));
        (0..8).for_each(|_| hook.record(&late()));
        assert_eq!((operation.check(), hook.check()), (Ok(()), Ok(())));
        hook.record(&late());
        let given_up = |budget: &FailureBudget| {
            budget.check().is_err_and(|error| error.to_string().contains("run"))
        };
        assert!(given_up(&operation) && given_up(&hook));
    }

    #[test]
    fn connections_that_end_are_borne_for_long_but_not_for_ever() {
        let budget = FailureBudget::new("the target", LIMIT);
        for _ in 1..BUDGET {
            budget.record(&exchange(0, Err(TransportError::ConnectionClosed("reset"))));
        }
        assert_eq!(budget.check(), Ok(()));
        budget.record(&exchange(9, Err(TransportError::Truncated(String::new()))));
        assert!(budget.check().is_err());
    }

    #[test]
    fn long_answers_are_borne_up_to_a_volume() {
        let budget = FailureBudget::new("the target", LIMIT);
        for _ in 0..16 {
            budget.record(&answered(1024 * 1024));
        }
        assert_eq!(budget.check(), Ok(()));
        budget.record(&answered(1024 * 1024));
        assert!(budget.check().is_err_and(|error| error.to_string().contains("16 MiB")));
    }

    #[test]
    fn a_wait_is_bound_by_the_time_limit_and_by_a_minute() {
        let budget = FailureBudget::new("the target", LIMIT);
        assert_eq!(budget.check_wait(Duration::from_secs(12)), Ok(()));
        let refused = budget.check_wait(Duration::from_secs(13));
        assert!(refused.is_err_and(|error| error.to_string().contains("asks to wait 13 s")));
        for seconds in [10, 3600] {
            let long_budget = FailureBudget::new("the target", Duration::from_secs(seconds));
            assert_eq!(long_budget.check_wait(Duration::from_secs(60)), Ok(()));
            assert!(long_budget.check_wait(Duration::from_secs(61)).is_err());
        }
    }
}
