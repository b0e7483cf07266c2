//! How much of a run one part of a target may cost: a target that has stopped answering is given
//! up, so that a run ends whatever the target does.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::exchange::{Exchange, Silence};

/// Twelve time limits, or many connections that ended, which cost no time.
const PATIENCE: u32 = 600;
const OF_A_TIME_LIMIT: u32 = PATIENCE / 12;

/// Twenty time limits are enough for all parts of a target together.
const WITH_ALL: u32 = 20 * OF_A_TIME_LIMIT;

/// An answer of this length costs nothing; the documented ones are below 2 KiB.
const SHORT: usize = 8 * 1024;

/// How many bytes may come beyond that in all answers together, heads and all.
const VOLUME: usize = 16 * 1024 * 1024;

/// So many time limits, and at most a minute, a run waits for a target that asks it to wait or is
/// gone, without an answer in between.
const WAITS: u32 = 6;
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What is left for one part of a target: the operation, its siblings, or the token endpoint.
pub struct Patience {
    whose: &'static str,
    left: Cell<u32>,
    left_for_all: Rc<Cell<u32>>,
    volume: Cell<usize>,
    waiting_since: Cell<Option<Instant>>,
    longest_wait: Duration,
}

impl Patience {
    /// The patience of a run whose exchanges may last for `timeout`, with `whose` answers.
    pub fn new(whose: &'static str, timeout: Duration) -> Self {
        let left_for_all = Rc::new(Cell::new(WITH_ALL));
        Self::whole(whose, left_for_all, (timeout * WAITS).min(LONGEST_WAIT))
    }

    /// The patience with another part of the same target.
    pub fn beside(&self, whose: &'static str) -> Self {
        Self::whole(whose, Rc::clone(&self.left_for_all), self.longest_wait)
    }

    fn whole(whose: &'static str, left_for_all: Rc<Cell<u32>>, longest_wait: Duration) -> Self {
        Self {
            whose,
            left: Cell::new(PATIENCE),
            left_for_all,
            volume: Cell::new(VOLUME),
            waiting_since: Cell::new(None),
            longest_wait,
        }
    }

    /// Counts what an exchange has cost.
    pub fn spend(&self, exchange: &Exchange) {
        let long = exchange.came.saturating_sub(SHORT);
        self.volume.set(self.volume.get().saturating_sub(long));
        let cost = match &exchange.outcome {
            Ok(_) => 0,
            Err(Silence::Dropped(_) | Silence::Closed(_) | Silence::Unreadable(_)) => 1,
            Err(
                Silence::Unreachable(_)
                | Silence::TimedOut(_)
                | Silence::Stalled(_)
                | Silence::Endless(_),
            ) => OF_A_TIME_LIMIT,
        };
        for left in [&self.left, &*self.left_for_all] {
            left.set(left.get().saturating_sub(cost));
        }
    }

    /// Whether it is worth sending another request.
    ///
    /// # Errors
    /// In words, when the target was given up.
    pub fn lasts(&self) -> Result<(), String> {
        if self.left.get() == 0 {
            return Err(format!(
                "{} has stopped answering: too many requests got no answer",
                self.whose
            ));
        }
        if self.left_for_all.get() == 0 {
            return Err("the run was given up: too many requests got no answer, all parts of the \
                        target taken together"
                .to_owned());
        }
        if self.volume.get() == 0 {
            return Err(format!(
                "{} was given up: its answers came to {} MiB beyond {} KiB each",
                self.whose,
                VOLUME / (1024 * 1024),
                SHORT / 1024
            ));
        }
        Ok(())
    }

    /// Notes that an answer came which did not ask to wait.
    pub fn goes_on(&self) {
        self.waiting_since.set(None);
    }

    /// Whether it is worth waiting for this long, after nothing else was said for a while.
    ///
    /// # Errors
    /// In words, when the wait is too long, or all waits together were.
    pub fn allows(&self, wait: Duration) -> Result<(), String> {
        let since = self.waiting_since.get().unwrap_or_else(Instant::now);
        self.waiting_since.set(Some(since));
        let most = self.longest_wait.as_secs_f64();
        if wait > self.longest_wait {
            return Err(format!(
                "{} answered 429 and asks to wait {} s: a run waits {most} s, {WAITS} times \
                 --timeout and a minute at most",
                self.whose,
                wait.as_secs()
            ));
        }
        if since.elapsed() > self.longest_wait {
            return Err(format!(
                "{} answered nothing but 429 for {most} s, {WAITS} times --timeout",
                self.whose
            ));
        }
        Ok(())
    }

    /// How long a target that is gone is looked for.
    pub fn longest_absence(&self) -> Duration {
        self.longest_wait / 2
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use bytes::Bytes;

    use super::{PATIENCE, Patience};
    use crate::exchange::{Answer, Exchange, Request, Silence};

    const LIMIT: Duration = Duration::from_secs(2);

    fn exchange(came: usize, outcome: Result<Answer, Silence>) -> Exchange {
        let (method, target) = ("POST".to_owned(), "/".to_owned());
        let request = Request { method, target, headers: Vec::new(), body: Bytes::new() };
        Exchange {
            request,
            outcome,
            started: Instant::now(),
            duration: Duration::ZERO,
            came,
            surplus: 0,
        }
    }

    fn answered(came: usize) -> Exchange {
        exchange(came, Ok(Answer { status: 200, headers: Vec::new(), body: Bytes::new() }))
    }

    #[test]
    fn twelve_time_limits_are_enough_and_answers_cost_nothing() {
        let patience = Patience::new("the target", LIMIT);
        for _ in 0..11 {
            patience.spend(&exchange(0, Err(Silence::TimedOut(LIMIT))));
            patience.spend(&answered(2000));
        }
        assert_eq!(patience.lasts(), Ok(()));
        patience.spend(&exchange(9, Err(Silence::Stalled(LIMIT))));
        assert!(patience.lasts().is_err_and(|reason| reason.contains("stopped answering")));
    }

    #[test]
    fn twenty_time_limits_are_enough_for_all_parts_together() {
        let operation = Patience::new("the target", LIMIT);
        let hook = operation.beside("the hook");
        let late = || exchange(0, Err(Silence::TimedOut(LIMIT)));
        (0..11).for_each(|_| operation.spend(&late()));
        (0..8).for_each(|_| hook.spend(&late()));
        assert_eq!((operation.lasts(), hook.lasts()), (Ok(()), Ok(())));
        hook.spend(&late());
        let given_up = |patience: &Patience| patience.lasts().is_err_and(|it| it.contains("run"));
        assert!(given_up(&operation) && given_up(&hook));
    }

    #[test]
    fn connections_that_end_are_borne_for_long_but_not_for_ever() {
        let patience = Patience::new("the target", LIMIT);
        for _ in 1..PATIENCE {
            patience.spend(&exchange(0, Err(Silence::Closed("reset"))));
        }
        assert_eq!(patience.lasts(), Ok(()));
        patience.spend(&exchange(9, Err(Silence::Dropped(String::new()))));
        assert!(patience.lasts().is_err());
    }

    #[test]
    fn long_answers_are_borne_up_to_a_volume() {
        let patience = Patience::new("the target", LIMIT);
        for _ in 0..16 {
            patience.spend(&answered(1024 * 1024));
        }
        assert_eq!(patience.lasts(), Ok(()));
        patience.spend(&answered(1024 * 1024));
        assert!(patience.lasts().is_err_and(|reason| reason.contains("16 MiB")));
    }

    #[test]
    fn a_wait_is_bound_by_the_time_limit_and_by_a_minute() {
        let patience = Patience::new("the target", LIMIT);
        assert_eq!(patience.allows(Duration::from_secs(12)), Ok(()));
        let refused = patience.allows(Duration::from_secs(13));
        assert!(refused.is_err_and(|reason| reason.contains("asks to wait 13 s")));
        for seconds in [10, 3600] {
            let patient = Patience::new("the target", Duration::from_secs(seconds));
            assert_eq!(patient.allows(Duration::from_secs(60)), Ok(()));
            assert!(patient.allows(Duration::from_secs(61)).is_err());
        }
    }
}
