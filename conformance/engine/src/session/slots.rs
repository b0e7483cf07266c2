//! How many checks, or cases of one, may be at work at once: few against a target that answers one request after the
//! other, many where answers come from far away.

use std::cell::Cell;
use std::rc::Rc;

use tokio::sync::Notify;

/// The checks that may be at work at once, whatever a target bears.
const FIRST: usize = 4;

/// Slots for checks; a check that is at work has one, and takes spare ones for its cases.
#[derive(Debug)]
pub struct Slots {
    limit: Cell<usize>,
    most: Cell<usize>,
    taken: Cell<usize>,
    waiting: Cell<usize>,
    freed: Notify,
}

impl Default for Slots {
    fn default() -> Self {
        let (limit, most) = (Cell::new(FIRST), Cell::new(FIRST));
        let (taken, waiting) = (Cell::new(0), Cell::new(0));
        Self { limit, most, taken, waiting, freed: Notify::new() }
    }
}

/// A slot that is given back when it is dropped.
pub struct Slot(Rc<Slots>);

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.taken.set(self.0.taken.get() - 1);
        self.0.freed.notify_one();
    }
}

impl Slots {
    /// Waits for a slot.
    pub async fn take(self: &Rc<Self>) -> Slot {
        self.waiting.set(self.waiting.get() + 1);
        while self.taken.get() >= self.limit.get() {
            self.freed.notified().await;
        }
        self.waiting.set(self.waiting.get() - 1);
        self.taken.set(self.taken.get() + 1);
        // Another may be free as well.
        self.freed.notify_one();
        Slot(Rc::clone(self))
    }

    /// A slot that is free and that nobody waits for.
    pub fn spare(self: &Rc<Self>) -> Option<Slot> {
        let is_spare = self.taken.get() < self.limit.get() && self.waiting.get() == 0;
        is_spare.then(|| {
            self.taken.set(self.taken.get() + 1);
            Slot(Rc::clone(self))
        })
    }

    /// Lets never more than these be taken.
    pub fn cap(&self, most: usize) {
        self.most.set(most.max(1));
        self.set(self.limit.get());
    }

    /// Lets so many be taken, as far as the cap allows.
    pub fn set(&self, limit: usize) {
        self.limit.set(limit.clamp(1, self.most.get()));
        self.freed.notify_one();
    }

    /// One more.
    pub fn grow(&self) {
        self.set(self.limit.get() + 1);
    }

    /// Half as many, but not fewer than at first.
    pub fn halve(&self) {
        let limit = self.limit.get();
        self.set((limit / 2).max(FIRST.min(limit)));
    }

    /// How many may be taken.
    pub fn limit(&self) -> usize {
        self.limit.get()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use futures_util::FutureExt;

    use super::Slots;

    #[test]
    fn slots_are_taken_up_to_a_limit_that_grows_and_halves() {
        let slots = Rc::new(Slots::default());
        let take = || slots.take().now_or_never();
        let mut taken: Vec<_> = std::iter::from_fn(take).collect();
        assert_eq!(taken.len(), 4);
        slots.grow();
        assert!(take().is_none(), "past the cap");
        slots.cap(6);
        slots.set(100);
        taken.extend(std::iter::from_fn(take));
        assert_eq!(taken.len(), 6);
        slots.cap(20);
        slots.set(12);
        slots.halve();
        assert_eq!(slots.limit(), 6);
        (0..9).for_each(|_| slots.halve());
        assert_eq!(slots.limit(), 4);
        taken.truncate(4);
        assert!(take().is_none());
        taken.pop();
        assert!(take().is_some());
    }

    #[test]
    fn a_slot_is_spare_where_nobody_waits_for_it() {
        let slots = Rc::new(Slots::default());
        let mut taken: Vec<_> = std::iter::from_fn(|| slots.spare()).collect();
        assert_eq!(taken.len(), 4);
        let mut waiting = Box::pin(slots.take());
        assert!(waiting.as_mut().now_or_never().is_none());
        taken.pop();
        assert!(slots.spare().is_none(), "another waits");
        let slot = waiting.now_or_never();
        assert!(slot.is_some() && slots.spare().is_none());
        drop(slot);
        assert!(slots.spare().is_some());
    }
}
