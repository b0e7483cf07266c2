//! The points at which a fault or a variant departs from the conforming server.

use std::time::Duration;

use super::{
    call::Call,
    manner::Manner,
    memory::Memory,
    refusal::Refusal,
    reply::Reply,
    request::Request,
    step::Step,
    store::{Removal, Store},
    wire::Wire,
};

/// What a step came to.
pub(crate) type Verdict = Result<(), Refusal>;

/// What was decided about a removal.
pub(crate) type Decision = Result<Removal, Refusal>;

/// One departure from the conforming server, in the order in which a request meets them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hook {
    /// Settles something when the server starts.
    Manner(fn(&mut Manner)),
    /// Turns a request away before anything is read of it, its credentials included.
    Gate(fn(&Memory) -> Verdict),
    /// Rewrites a request after its credentials were judged and before anything else is read.
    Request(fn(&mut Request)),
    /// Overrules a step.
    After(Step, fn(&mut Call, &mut Verdict)),
    /// Holds a removal back before anything is decided.
    Before(fn(&Call) -> Duration),
    /// Overrules the decision about a removal.
    Decision(fn(&Call, &Store, &mut Decision)),
    /// Leaves a window between the decision and the change.
    Window(fn(&Call) -> Duration),
    /// Changes the store after the change, or after the refusal, and before the user is read.
    Effect(fn(&Call, &mut Store)),
    /// Says something else.
    Reply(fn(&Call, &mut Reply)),
    /// Wraps it otherwise.
    Envelope(fn(&Call, &mut Reply)),
    /// Changes the store after all is said.
    Aftermath(fn(&Call, &mut Store)),
    /// Sends it otherwise.
    Wire(fn(&Call, &mut Wire)),
}
