//! Cases of a check, side by side where the target bears it.

use std::future::poll_fn;

use atlas_engine::run::check::Halt;
use atlas_engine::session::slots::Slot;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::Probe;

/// A case has fewer user names than this.
const NAMES_OF_A_CASE: u32 = 1024;

impl Probe {
    /// Runs a case for each item, as many at once as there are spare slots, until one ends early or
    /// the time of the run is up; the first runs in any case. Each case has users of its own.
    pub async fn for_each<T>(
        &self,
        items: impl IntoIterator<Item = T>,
        case: impl AsyncFn(T) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let mut items = items.into_iter();
        let mut running = FuturesUnordered::new();
        // The check has a slot itself; these are for more than one case.
        let mut slots = Vec::new();
        let mut outcome = Ok(());
        if let Some(first) = items.next() {
            running.push(self.with_own_choices(case(first)));
        }
        loop {
            while outcome.is_ok() && !self.budget().is_spent() {
                if running.len() > slots.len() {
                    let Some(slot) = self.spare_slot() else { break };
                    slots.push(slot);
                }
                let Some(item) = items.next() else { break };
                running.push(self.with_own_choices(case(item)));
            }
            // A case that has begun ends, so that what it set up is known.
            let Some(done) = running.next().await else { return outcome };
            outcome = outcome.and(done);
            slots.pop();
        }
    }

    fn spare_slot(&self) -> Option<Slot> {
        let provider = &self.run.provider;
        if provider.hands_out_in_turn() { None } else { self.run.state.slots.spare() }
    }

    /// The case with random choices and user names of its own, so that the same seed sends the same
    /// in whatever order the answers come.
    fn with_own_choices<O>(&self, case: impl Future<Output = O>) -> impl Future<Output = O> {
        let mut case = Box::pin(case);
        let mut choices = self.fork_choices();
        let number = self.cases_begun.get() + 1;
        self.cases_begun.set(number);
        let mut names = number * NAMES_OF_A_CASE;
        poll_fn(move |context| {
            let names_of_others = self.usernames.replace(names);
            self.swap_choices(&mut choices);
            let polled = case.as_mut().poll(context);
            self.swap_choices(&mut choices);
            names = self.usernames.replace(names_of_others);
            polled
        })
    }
}
