//! The extensions that are in force.

use std::time::Duration;

use super::{
    Effect, Settings, Step,
    effect::{Departure, Point},
};
use crate::{
    call::{Call, Memory, Response},
    http::Wire,
    refusal::Verdict,
    store::{Decision, Store},
};

/// The departures that are in force: those of variants for all operations, those of the fault for
/// removeRole only.
pub(crate) struct Extensions {
    /// The settings as the variants leave them.
    pub(crate) settings: Settings,
    variants: Vec<Departure>,
    variants_and_fault: Vec<Departure>,
}

/// The departures that are in force for one call.
#[derive(Clone, Copy)]
pub(crate) struct InForce<'a>(&'a [Departure]);

impl Extensions {
    pub(crate) fn new(variants: Vec<Effect>, fault: Option<Effect>) -> Self {
        let variants: Vec<Departure> =
            variants.into_iter().flat_map(Effect::into_departures).collect();
        let fault = fault.into_iter().flat_map(Effect::into_departures);
        let mut settings = Settings::default();
        for departure in &variants {
            if let Point::Settings(change) = &departure.point {
                change(&mut settings);
            }
        }
        Self {
            settings,
            variants_and_fault: variants.iter().cloned().chain(fault).collect(),
            variants,
        }
    }

    /// The departures for a request, by the path that it was sent to.
    pub(crate) fn in_force(&self, is_removal: bool) -> InForce<'_> {
        InForce(if is_removal { &self.variants_and_fault } else { &self.variants })
    }
}

impl InForce<'_> {
    pub(crate) fn gate(self, memory: &Memory) -> Verdict {
        self.0.iter().try_for_each(|departure| match &departure.point {
            Point::Gate(gate) => gate(memory),
            _ => Ok(()),
        })
    }

    pub(crate) fn request(self, call: &mut Call, store: &Store) {
        for departure in self.0 {
            if let Point::Request(edit) = &departure.point
                && departure.applies_to(call)
            {
                edit(&mut call.request);
                call.read(store);
            }
        }
    }

    /// Shows conditions what the step said as the refusal of the call.
    pub(crate) fn after(self, step: Step, call: &mut Call, verdict: &mut Verdict) {
        call.refusal = verdict.clone().err();
        for departure in self.0 {
            match &departure.point {
                Point::After(at, overrule) if *at == step && departure.applies_to(call) => {
                    overrule(call, verdict);
                    call.refusal = verdict.clone().err();
                }
                _ => {}
            }
        }
    }

    pub(crate) fn delay(self, call: &Call) -> Duration {
        let delays = self.0.iter().filter_map(|departure| match &departure.point {
            Point::Delay(wait) if departure.applies_to(call) => Some(wait(call)),
            _ => None,
        });
        delays.sum()
    }

    /// Shows conditions what was decided as the refusal of the call.
    pub(crate) fn decision(self, call: &mut Call, store: &Store, decision: &mut Decision) {
        call.refusal = decision.as_ref().err().cloned();
        for departure in self.0 {
            if let Point::Decision(overrule) = &departure.point
                && departure.applies_to(call)
            {
                overrule(call, store, decision);
                call.refusal = decision.as_ref().err().cloned();
            }
        }
    }

    pub(crate) fn window(self, call: &Call) -> Duration {
        let windows = self.0.iter().filter_map(|departure| match &departure.point {
            Point::Window(time) if departure.applies_to(call) => Some(*time),
            _ => None,
        });
        windows.sum()
    }

    pub(crate) fn store(self, call: &Call, store: &mut Store) {
        for departure in self.0 {
            if let Point::Store(edit) = &departure.point
                && departure.applies_to(call)
            {
                edit(call, store);
            }
        }
    }

    pub(crate) fn response(self, call: &Call, response: &mut Response) {
        for departure in self.0 {
            if let Point::Response(edit) = &departure.point
                && departure.applies_to(call)
            {
                edit(call, response);
            }
        }
    }

    pub(crate) fn envelope(self, call: &Call, response: &mut Response) {
        for departure in self.0 {
            if let Point::Envelope(edit) = &departure.point
                && departure.applies_to(call)
            {
                edit(call, response);
            }
        }
    }

    pub(crate) fn store_afterwards(self, call: &Call, store: &mut Store) {
        for departure in self.0 {
            if let Point::StoreAfterwards(edit) = &departure.point
                && departure.applies_to(call)
            {
                edit(call, store);
            }
        }
    }

    pub(crate) fn wire(self, call: &Call, wire: &mut Wire) {
        for departure in self.0 {
            if let Point::Wire(edit) = &departure.point
                && departure.applies_to(call)
            {
                edit(call, wire);
            }
        }
    }
}
