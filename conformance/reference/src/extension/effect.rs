//! Departures from the conforming server, and the points at which they can happen.

use std::{fmt, sync::Arc, time::Duration};

use super::{Condition, Settings, Step};
use crate::{
    call::{Call, Memory, Response},
    http::{Request, Wire},
    refusal::Verdict,
    store::{Decision, Store},
};

/// The effect of a fault or a variant: one or more departures from the conforming server, each at
/// an extension point and under conditions.
#[derive(Clone, Debug)]
pub(crate) struct Effect {
    departures: Vec<Departure>,
}

/// A departure at one extension point, for calls for which all conditions hold.
#[derive(Clone, Debug)]
pub(super) struct Departure {
    conditions: Vec<Condition>,
    pub(super) point: Point,
}

/// An edit of something, with the call to look at.
type Edit<T> = Arc<dyn Fn(&Call, &mut T) + Send + Sync>;

/// An edit of what a check said, and of the call if need be.
type VerdictEdit = Arc<dyn Fn(&mut Call, &mut Verdict) + Send + Sync>;

/// An edit of the decision about a removal.
type DecisionEdit = Arc<dyn Fn(&Call, &Store, &mut Decision) + Send + Sync>;

/// The extension points, in the order in which a request meets them, with what is done there.
#[derive(Clone)]
pub(super) enum Point {
    /// Changes a setting when the server starts.
    Settings(Arc<dyn Fn(&mut Settings) + Send + Sync>),
    /// Turns a request away before anything is read of it, its credentials included.
    Gate(Arc<dyn Fn(&Memory) -> Verdict + Send + Sync>),
    /// Edits a request after its credentials were checked and before anything else is read.
    Request(Arc<dyn Fn(&mut Request) + Send + Sync>),
    After(Step, VerdictEdit),
    /// Holds a removal back before anything is decided.
    Delay(Arc<dyn Fn(&Call) -> Duration + Send + Sync>),
    /// Overrules the decision about a removal.
    Decision(DecisionEdit),
    /// Leaves a window between the decision and the change.
    Window(Duration),
    /// Edits the store after the change, or after the refusal, and before the user is read.
    Store(Edit<Store>),
    Response(Edit<Response>),
    /// Edits the response once it is in its envelope.
    Envelope(Edit<Response>),
    /// Edits the store when the response is complete.
    StoreAfterwards(Edit<Store>),
    /// Edits the bytes of the response and how they travel.
    Wire(Edit<Wire>),
}

impl Effect {
    /// No departure at all.
    pub(crate) fn none() -> Self {
        Self { departures: Vec::new() }
    }

    /// Changes a setting when the server starts. Conditions don't apply to it.
    pub(crate) fn settings(change: impl Fn(&mut Settings) + Send + Sync + 'static) -> Self {
        Self::at(Point::Settings(Arc::new(change)))
    }

    /// Turns a request away before anything is read of it. Conditions don't apply to it.
    pub(crate) fn gate(gate: impl Fn(&Memory) -> Verdict + Send + Sync + 'static) -> Self {
        Self::at(Point::Gate(Arc::new(gate)))
    }

    /// Edits a request after its credentials were checked and before anything else is read.
    /// Its conditions see the request as it was sent.
    pub(crate) fn request(edit: impl Fn(&mut Request) + Send + Sync + 'static) -> Self {
        Self::at(Point::Request(Arc::new(edit)))
    }

    /// Overrules a check. Its conditions see what the check said as the call's refusal.
    pub(crate) fn after(
        step: Step,
        overrule: impl Fn(&mut Call, &mut Verdict) + Send + Sync + 'static,
    ) -> Self {
        Self::at(Point::After(step, Arc::new(overrule)))
    }

    /// Holds a removal back before anything is decided.
    pub(crate) fn delay(wait: impl Fn(&Call) -> Duration + Send + Sync + 'static) -> Self {
        Self::at(Point::Delay(Arc::new(wait)))
    }

    /// Overrules the decision about a removal. Its conditions see the decision as the call's
    /// refusal.
    pub(crate) fn decision(
        overrule: impl Fn(&Call, &Store, &mut Decision) + Send + Sync + 'static,
    ) -> Self {
        Self::at(Point::Decision(Arc::new(overrule)))
    }

    /// Leaves a window between the decision and the change.
    pub(crate) fn window(time: Duration) -> Self {
        Self::at(Point::Window(time))
    }

    /// Edits the store after the change, or after the refusal, and before the user is read.
    pub(crate) fn store(edit: impl Fn(&Call, &mut Store) + Send + Sync + 'static) -> Self {
        Self::at(Point::Store(Arc::new(edit)))
    }

    pub(crate) fn response(edit: impl Fn(&Call, &mut Response) + Send + Sync + 'static) -> Self {
        Self::at(Point::Response(Arc::new(edit)))
    }

    /// Edits the response once it is in its envelope.
    pub(crate) fn envelope(edit: impl Fn(&Call, &mut Response) + Send + Sync + 'static) -> Self {
        Self::at(Point::Envelope(Arc::new(edit)))
    }

    /// Edits the store when the response is complete.
    pub(crate) fn store_afterwards(
        edit: impl Fn(&Call, &mut Store) + Send + Sync + 'static,
    ) -> Self {
        Self::at(Point::StoreAfterwards(Arc::new(edit)))
    }

    /// Edits the bytes of the response and how they travel.
    pub(crate) fn wire(edit: impl Fn(&Call, &mut Wire) + Send + Sync + 'static) -> Self {
        Self::at(Point::Wire(Arc::new(edit)))
    }

    /// Adds the departures of another effect.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.departures.extend(other.departures);
        self
    }

    /// Restricts all departures so far to calls for which a condition holds. It is looked at
    /// after the conditions that they have already.
    pub(crate) fn when(mut self, condition: Condition) -> Self {
        for departure in &mut self.departures {
            departure.conditions.push(condition.clone());
        }
        self
    }

    /// Restricts all departures so far as `when` does, by a predicate without a name.
    pub(crate) fn only_if(self, holds: impl Fn(&Call) -> bool + Send + Sync + 'static) -> Self {
        self.when(Condition::new("special", "a special case is met", holds))
    }

    /// Restricts all departures as `when` does, with a condition that is looked at first.
    pub(crate) fn restricted_to(mut self, condition: &Condition) -> Self {
        for departure in &mut self.departures {
            departure.conditions.insert(0, condition.clone());
        }
        self
    }

    /// Whether there is no departure.
    #[cfg(test)]
    pub(crate) fn is_none(&self) -> bool {
        self.departures.is_empty()
    }

    pub(super) fn into_departures(self) -> Vec<Departure> {
        self.departures
    }

    fn at(point: Point) -> Self {
        Self { departures: vec![Departure { conditions: Vec::new(), point }] }
    }
}

impl Departure {
    pub(super) fn applies_to(&self, call: &Call) -> bool {
        self.conditions.iter().all(|condition| condition.holds(call))
    }
}

impl Point {
    fn name(&self) -> &'static str {
        match self {
            Self::Settings(_) => "settings",
            Self::Gate(_) => "gate",
            Self::Request(_) => "request",
            Self::After(..) => "after",
            Self::Delay(_) => "delay",
            Self::Decision(_) => "decision",
            Self::Window(_) => "window",
            Self::Store(_) => "store",
            Self::Response(_) => "response",
            Self::Envelope(_) => "envelope",
            Self::StoreAfterwards(_) => "store afterwards",
            Self::Wire(_) => "wire",
        }
    }
}

impl fmt::Debug for Point {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
